import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Scope } from "effect/Scope"
import { NodeInfo } from "@maillm/schema/Turn"
import { Nats } from "../nats/Nats.ts"

/** A node is taken for alive while its heartbeat changed within this time, by this host's own clock. */
export const nodeAliveMillis = 12_000

const decode = Schema.decodeUnknownResult(Schema.fromJsonString(NodeInfo))

/** Follows the NODES bucket. The list is in the order of node ids. */
export const watchLiveNodes: Effect.Effect<() => ReadonlyArray<NodeInfo>, never, Nats | Scope> = Effect.gen(
  function* () {
    const bucket = (yield* Nats).bucket("NODES")
    const seen = new Map<string, { info: NodeInfo; at: number }>()

    const follow = Effect.gen(function* () {
      const entries = yield* Effect.acquireRelease(
        Effect.tryPromise(() => bucket.watch()),
        (watch) => Effect.sync(() => watch.stop()),
      )
      yield* Effect.tryPromise(async () => {
        for await (const entry of entries) {
          if (entry.operation !== "PUT") {
            seen.delete(entry.key)
            continue
          }
          const info = decode(entry.string())
          // What was written long before we began to watch says nothing about now. What comes while we watch is
          // of now, whatever the server's clock says.
          const age = entry.isUpdate ? 0 : Date.now() - entry.created.getTime()
          if (Result.isSuccess(info) && age < nodeAliveMillis)
            seen.set(entry.key, { info: info.success, at: performance.now() })
        }
      })
    }).pipe(Effect.scoped)

    yield* follow.pipe(
      Effect.catch((error) => Effect.logWarning(`node list waits: ${String(error)}`)),
      Effect.andThen(Effect.sleep("1 second")),
      Effect.forever,
      Effect.forkScoped,
    )
    return () =>
      [...seen.values()]
        .filter(({ at }) => performance.now() - at < nodeAliveMillis)
        .map(({ info }) => info)
        .toSorted((a, b) => a.nodeId.localeCompare(b.nodeId))
  },
)
