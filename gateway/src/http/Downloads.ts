import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Semaphore from "effect/Semaphore"

/** Blobs are read whole (up to 64 MiB): so many at a time, the others wait. */
const concurrentDownloads = 4

/** The turnstile of downloads, shared by all that serve blobs. */
export class Downloads extends Context.Service<
  Downloads,
  { readonly one: <A, E, R>(read: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R> }
>()("@maillm/gateway/http/Downloads") {
  static readonly layer = Layer.sync(Downloads, () => {
    const semaphore = Semaphore.makeUnsafe(concurrentDownloads)
    return { one: (read) => semaphore.withPermits(1)(read) }
  })
}
