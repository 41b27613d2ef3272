import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { StreamReport } from "@maillm/schema/api/SystemApi"
import { Nats, NatsUnavailable } from "@maillm/actors/nats/Nats"

/** Streams and consumers asked about at most; an installation has about 15 streams. */
const streamLimit = 100
const consumerLimit = 200

type Manager = Nats["Service"]["jsm"]

/** How full each stream is and how far each consumer; asked of the server at most every 2 s. */
export class StreamReports extends Context.Service<
  StreamReports,
  { readonly all: Effect.Effect<ReadonlyArray<StreamReport>, NatsUnavailable> }
>()("@maillm/gateway/http/StreamReports") {
  static readonly layer = Layer.effect(
    StreamReports,
    Effect.gen(function* () {
      const { jsm, connected } = yield* Nats
      const read = Effect.tryPromise({
        try: () => (connected() ? readAll(jsm) : Promise.reject(new Error("not connected to NATS"))),
        catch: (cause) =>
          new NatsUnavailable({
            reason: `streams cannot be listed: ${cause instanceof Error ? cause.message : String(cause)}`,
          }),
      }).pipe(
        Effect.timeoutOrElse({
          duration: "5 seconds",
          orElse: () =>
            Effect.fail(new NatsUnavailable({ reason: "streams cannot be listed: no answer in 5 s" })),
        }),
      )
      return { all: yield* Effect.cachedWithTTL(read, "2 seconds") }
    }),
  )
}

const readAll = async (jsm: Manager) => {
  const reports: Array<StreamReport> = []
  for await (const info of jsm.streams.list()) {
    if (reports.length >= streamLimit) break
    const { state } = info
    reports.push({
      name: info.config.name,
      messages: state.messages,
      bytes: state.bytes,
      firstSequence: state.first_seq,
      lastSequence: state.last_seq,
      lastAt: state.last_ts,
      consumers: state.consumer_count === 0 ? [] : await readConsumers(jsm, info.config.name),
    })
  }
  return reports.toSorted((a, b) => a.name.localeCompare(b.name))
}

const readConsumers = async (jsm: Manager, stream: string) => {
  const found: Array<StreamReport["consumers"][number]> = []
  for await (const consumer of jsm.consumers.list(stream)) {
    if (found.length >= consumerLimit) break
    found.push({
      name: consumer.name,
      pending: consumer.num_pending,
      unacknowledged: consumer.num_ack_pending,
      redelivered: consumer.num_redelivered,
    })
  }
  return found
}
