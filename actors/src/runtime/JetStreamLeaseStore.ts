import { JetStreamApiError } from "@nats-io/jetstream"
import type { StoredMsg } from "@nats-io/jetstream"
import type { KvWatchEntry } from "@nats-io/kv"
import { headers as newHeaders } from "@nats-io/transport-node"
import * as Effect from "effect/Effect"
import { jetStreamCodes } from "../nats/GroupPublisher.ts"
import type { Nats } from "../nats/Nats.ts"
import { LeaseConflict, LeaseStoreFailed } from "./LeaseStore.ts"
import type { LeaseEntry, LeaseStore } from "./LeaseStore.ts"

const stream = "KV_OWN"
const prefix = "$KV.OWN."
/** The bucket also counts attempts, which are no business of leases. */
const filters = ["host.*", "p.*"]
/** An answer that is not there by then will not come. */
const answerMillis = 5_000

const removed = (operation: string | undefined) => operation === "DEL" || operation === "PURGE"

const words = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Leases in the OWN bucket. Reads are answered by the leader of its stream, so they show every write acked before. */
export const jetStreamLeaseStore = (nats: Nats["Service"]): LeaseStore => {
  const attempt = <A>(run: () => Promise<A>) => answered(nats, run)

  const write = (key: string, value: string, revision: number, operation?: string) =>
    attempt(async () => {
      const headers = newHeaders()
      headers.set("Nats-Expected-Last-Subject-Sequence", String(revision))
      if (operation !== undefined) {
        headers.set("KV-Operation", operation)
        headers.set("Nats-Rollup", "sub")
      }
      const ack = await nats.js.publish(`${prefix}${key}`, value, { headers, timeout: answerMillis })
      return ack.seq
    }).pipe(Effect.mapError((failure) => (failure.conflict ? new LeaseConflict({ key }) : failure.failed)))

  const read = (key: string) =>
    attempt(() => nats.jsm.streams.getMessage(stream, { last_by_subj: `${prefix}${key}` })).pipe(
      Effect.mapError(({ failed }) => failed),
    )

  return {
    entries: Effect.gen(function* () {
      const { state } = yield* attempt(() => nats.jsm.streams.info(stream, { subjects_filter: `${prefix}>` }))
      const keys = Object.keys(state.subjects ?? {})
        .map((subject) => subject.slice(prefix.length))
        .filter((key) => key.startsWith("host.") || key.startsWith("p."))
      const found = yield* Effect.forEach(keys, read, { concurrency: 64 })
      return found.flatMap((message) => (message === null ? [] : [entryOf(message)]))
    }).pipe(Effect.mapError((error) => ("failed" in error ? error.failed : error))),

    create: (key, value) =>
      write(key, value, 0).pipe(
        Effect.catchTag("LeaseConflict", (conflict) =>
          read(key).pipe(
            Effect.flatMap((message) =>
              message !== null && removed(message.header.get("KV-Operation"))
                ? write(key, value, message.seq)
                : Effect.fail(conflict),
            ),
          ),
        ),
      ),
    update: (key, value, revision) => write(key, value, revision),
    remove: (key, revision) => write(key, "", revision, "PURGE").pipe(Effect.asVoid),

    changes: Effect.gen(function* () {
      const failed = (error: unknown) => new LeaseStoreFailed({ reason: words(error) })
      const watch = yield* Effect.acquireRelease(
        Effect.tryPromise({ try: () => nats.bucket("OWN").watch({ key: filters }), catch: failed }),
        (entries) => Effect.sync(() => entries.stop()),
      )
      // A server that was started again knows nothing of the watch, and the library finds out late or never.
      yield* Effect.acquireRelease(
        Effect.sync(() => nats.onReconnect(() => watch.stop())),
        (stopListening) => Effect.sync(stopListening),
      )
      const iterator = watch[Symbol.asyncIterator]()
      const next = Effect.gen(function* () {
        const result = yield* Effect.tryPromise({ try: () => iterator.next(), catch: failed })
        if (result.done === true) return yield* new LeaseStoreFailed({ reason: "the watch on OWN ended" })
        return watchedEntry(result.value)
      })
      return { next }
    }),
  }
}

const entryOf = (message: StoredMsg): LeaseEntry => ({
  key: message.subject.slice(prefix.length),
  revision: message.seq,
  value: removed(message.header.get("KV-Operation")) ? null : message.string(),
})

const watchedEntry = (entry: KvWatchEntry): LeaseEntry => ({
  key: entry.key,
  revision: entry.revision,
  value: removed(entry.operation) ? null : entry.string(),
})

interface Failure {
  readonly failed: LeaseStoreFailed
  readonly conflict: boolean
}

/** What was asked before the connection was lost has no answer any more: fails at the reconnect, not seconds later. */
const answered = <A>(nats: Nats["Service"], run: () => Promise<A>): Effect.Effect<A, Failure> =>
  Effect.callback<A, Failure>((resume) => {
    const fail = (reason: string, conflict = false) =>
      resume(Effect.fail({ failed: new LeaseStoreFailed({ reason }), conflict }))
    const stopListening = nats.onReconnect(() => fail("the connection to NATS was lost on the way"))
    run()
      .then(
        (value) => resume(Effect.succeed(value)),
        (error: unknown) => fail(words(error), isConflict(error)),
      )
      .finally(stopListening)
    return Effect.sync(stopListening)
  })

const isConflict = (error: unknown) =>
  error instanceof JetStreamApiError &&
  (error.code === jetStreamCodes.wrongLastSequence || error.code === jetStreamCodes.wrongLastSequenceInFlight)
