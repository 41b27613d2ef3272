import { JetStreamApiError } from "@nats-io/jetstream"
import type { StoredMsg } from "@nats-io/jetstream"
import type { KvWatchEntry } from "@nats-io/kv"
import { headers as newHeaders } from "@nats-io/transport-node"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import type { Scope } from "effect/Scope"
import { jetStreamCodes } from "../nats/GroupPublisher.ts"
import { mendEpochs } from "../nats/mendEpochs.ts"
import type { Nats } from "../nats/Nats.ts"
import { LeaseConflict, LeaseStoreFailed } from "./LeaseStore.ts"
import type { LeaseEntry, LeaseStore } from "./LeaseStore.ts"

const stream = "KV_OWN"
const prefix = "$KV.OWN."
/** The bucket also counts attempts, which are no business of leases. */
const filters = ["host.*", "p.*"]
/** An answer that is not there by then will not come. */
const answerMillis = 5_000
const mendAgainMillis = 250
const readsAtOnce = 64
/** More than all hosts together write in the time that a watch may be late. */
const unseenWrites = 10_000

const removed = (operation: string | undefined) => operation === "DEL" || operation === "PURGE"

const words = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** The highest that was seen, read or written. */
interface Revisions {
  highest: number
}

/**
 * Leases in the OWN bucket. Reads are answered by the leader of its stream, so they show every write acked before. A
 * bucket that was deleted, or begins again, is mended while hosts run; what it held is gone, which they find out by
 * their beats.
 */
export const jetStreamLeaseStore = Effect.fnUntraced(function* (
  nats: Nats["Service"],
): Effect.fn.Return<LeaseStore, never, Scope> {
  const mendAsked = yield* Queue.sliding<void>(1)
  const revisions: Revisions = { highest: 0 }
  yield* Queue.take(mendAsked).pipe(
    Effect.andThen(
      Effect.suspend(() =>
        mendEpochs(nats.js, nats.jsm, Math.max(revisions.highest, nats.guard.highestSeen(stream))),
      ),
    ),
    Effect.catch((error) => Effect.logDebug(error.message)),
    Effect.andThen(Effect.sleep(mendAgainMillis)),
    Effect.forever,
    Effect.forkScoped,
  )
  const mend = Queue.offer(mendAsked, undefined)
  return { ...writesOf(nats, revisions, mend), ...readsOf(nats, revisions) }
})

const writesOf = (nats: Nats["Service"], revisions: Revisions, mend: Effect.Effect<unknown>) => {
  const write = (key: string, value: string, revision: number, operation?: string) =>
    Effect.suspend(() => {
      const before = revisions.highest
      return publish(nats, key, value, revision, operation).pipe(
        Effect.flatMap((stored) => {
          if (stored > before) {
            revisions.highest = Math.max(revisions.highest, stored)
            return Effect.succeed(stored)
          }
          // Until it is lifted no revision will do, for others may have written more than we have seen.
          revisions.highest = before + unseenWrites
          return new LeaseStoreFailed({ reason: `OWN begins again: revision ${stored} after ${before}` })
        }),
        Effect.tapErrorTag("LeaseStoreFailed", () => mend),
      )
    })
  return {
    create: (key: string, value: string) =>
      write(key, value, 0).pipe(
        Effect.catchTag("LeaseConflict", (conflict) =>
          read(nats, key).pipe(
            Effect.flatMap((message) =>
              message !== null && removed(message.header.get("KV-Operation"))
                ? write(key, value, message.seq)
                : Effect.fail(conflict),
            ),
          ),
        ),
      ),
    update: write,
    remove: (key: string, revision: number) => write(key, "", revision, "PURGE").pipe(Effect.asVoid),
  }
}

const publish = (
  nats: Nats["Service"],
  key: string,
  value: string,
  revision: number,
  operation: string | undefined,
) =>
  answered(nats, async () => {
    const headers = newHeaders()
    headers.set("Nats-Expected-Last-Subject-Sequence", String(revision))
    if (operation !== undefined) {
      headers.set("KV-Operation", operation)
      headers.set("Nats-Rollup", "sub")
    }
    const ack = await nats.js.publish(`${prefix}${key}`, value, { headers, timeout: answerMillis })
    return ack.seq
  }).pipe(Effect.mapError((failure) => (failure.conflict ? new LeaseConflict({ key }) : failure.failed)))

const read = (nats: Nats["Service"], key: string) =>
  answered(nats, () => nats.jsm.streams.getMessage(stream, { last_by_subj: `${prefix}${key}` })).pipe(
    Effect.mapError(({ failed }) => failed),
  )

const readsOf = (nats: Nats["Service"], revisions: Revisions) => ({
  entries: Effect.gen(function* () {
    const { state } = yield* answered(nats, () =>
      nats.jsm.streams.info(stream, { subjects_filter: `${prefix}>` }),
    ).pipe(Effect.mapError(({ failed }) => failed))
    const keys = Object.keys(state.subjects ?? {})
      .map((subject) => subject.slice(prefix.length))
      .filter((key) => key.startsWith("host.") || key.startsWith("p."))
    const found = yield* Effect.forEach(keys, (key) => read(nats, key), { concurrency: readsAtOnce })
    const entries = found.flatMap((message) => (message === null ? [] : [entryOf(message)]))
    for (const { revision } of entries) revisions.highest = Math.max(revisions.highest, revision)
    return entries
  }),

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
      revisions.highest = Math.max(revisions.highest, result.value.revision)
      return watchedEntry(result.value)
    })
    return { next }
  }),
})

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
