import * as Context from "effect/Context"
import * as Layer from "effect/Layer"

/** How many sockets are connected to this gateway, for health and metrics. */
export class SocketCount extends Context.Service<
  SocketCount,
  { readonly now: () => number; readonly add: (difference: 1 | -1) => void }
>()("@maillm/gateway/live/SocketCount") {
  static readonly layer = Layer.sync(SocketCount, () => {
    let count = 0
    return { now: () => count, add: (difference) => (count += difference) }
  })
}
