import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import type { NodeRow } from "@maillm/schema/api/SystemApi"
import { NodeInfo } from "@maillm/schema/Turn"
import { Nats, NatsUnavailable } from "@maillm/actors/nats/Nats"

/** A node that has not reported for this long counts as gone; nodes report every few seconds. */
export const nodeSilenceMillis = 15_000
const nodeLimit = 1_000

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(NodeInfo))

/** Nodes as they last reported in NODES; read at most once a second. */
export class Nodes extends Context.Service<
  Nodes,
  { readonly all: Effect.Effect<ReadonlyArray<NodeRow>, NatsUnavailable> }
>()("@maillm/gateway/http/Nodes") {
  static readonly layer = Layer.effect(
    Nodes,
    Effect.gen(function* () {
      const nats = yield* Nats
      const bucket = nats.bucket("NODES")
      const read = Effect.tryPromise({
        try: async () => {
          if (!nats.connected()) throw new Error("not connected to NATS")
          const keys: Array<string> = []
          for await (const key of await bucket.keys()) if (keys.length < nodeLimit) keys.push(key)
          const entries = await Promise.all(keys.map((key) => bucket.get(key)))
          return entries.flatMap((entry) => (entry?.operation === "PUT" ? [entry.string()] : []))
        },
        catch: (cause) =>
          new NatsUnavailable({
            reason: `nodes cannot be listed: ${cause instanceof Error ? cause.message : String(cause)}`,
          }),
      }).pipe(
        Effect.timeoutOrElse({
          duration: "5 seconds",
          orElse: () =>
            Effect.fail(new NatsUnavailable({ reason: "nodes cannot be listed: no answer in 5 s" })),
        }),
      )
      const cached = yield* Effect.cachedWithTTL(read, "1 second")
      return {
        all: Effect.gen(function* () {
          const now = yield* Clock.currentTimeMillis
          return (yield* cached)
            .flatMap((text) => {
              const info = decode(text)
              return info._tag === "None"
                ? []
                : [{ ...info.value, alive: now - info.value.beatAtMillis < nodeSilenceMillis }]
            })
            .toSorted((a, b) => a.nodeId.localeCompare(b.nodeId))
        }),
      }
    }),
  )
}
