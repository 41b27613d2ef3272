import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { EpochMillis, UserId } from "@maillm/schema/Ids"
import { NatsUnavailable } from "@maillm/actors/nats/Nats"
import type { Nats } from "@maillm/actors/nats/Nats"

/** What a sign-in link or a console session is kept as, under `<prefix>.<hash of the token>`. */
export const SignInMark = Schema.Struct({
  v: Schema.Literal(1),
  userId: UserId,
  createdAtMillis: EpochMillis,
  expiresAtMillis: EpochMillis,
})
export type SignInMark = typeof SignInMark.Type

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(SignInMark))
const encode = Schema.encodeSync(Schema.fromJsonString(SignInMark))

export interface StoredMark {
  readonly mark: SignInMark
  readonly revision: number
}

const attempt = <A>(what: string, run: () => Promise<A>) =>
  Effect.tryPromise({
    try: run,
    catch: (cause) =>
      new NatsUnavailable({ reason: `${what}: ${cause instanceof Error ? cause.message : String(cause)}` }),
  }).pipe(
    Effect.timeoutOrElse({
      duration: "5 seconds",
      orElse: () => Effect.fail(new NatsUnavailable({ reason: `${what}: no answer in 5 s` })),
    }),
  )

/**
 * A removed mark leaves a marker, for other gateways to see; whoever was away for longer looks the mark up anew at
 * its next use.
 */
const markerMillis = 24 * 3_600_000

/** Expiring marks of one kind in the MARKS bucket. */
export const makeMarks = ({ bucket, jsm }: Nats["Service"], prefix: "signin" | "web") => {
  const kv = bucket("MARKS")
  const stream = "KV_MARKS"
  const keyOf = (subject: string) => subject.slice("$KV.MARKS.".length)
  const key = (hash: string) => `${prefix}.${hash}`
  return {
    put: (hash: string, mark: SignInMark) =>
      attempt("storing a sign-in", () => kv.put(key(hash), encode(mark))).pipe(Effect.asVoid),
    /** Null when there is none, or it has expired. */
    get: Effect.fnUntraced(function* (hash: string) {
      const entry = yield* attempt("looking up a sign-in", () => kv.get(key(hash)))
      if (entry === null || entry.operation !== "PUT") return null
      const mark = decode(entry.string())
      const now = yield* Clock.currentTimeMillis
      return mark._tag === "Some" && mark.value.expiresAtMillis > now
        ? ({ mark: mark.value, revision: entry.revision } satisfies StoredMark)
        : null
    }),
    /** Replaces the mark unless it changed meanwhile; false when it did. */
    update: (hash: string, mark: SignInMark, revision: number) =>
      attempt("renewing a sign-in", () =>
        kv.update(key(hash), encode(mark), revision).then(
          () => true,
          (error: unknown) => (isWrongSequence(error) ? false : Promise.reject(error)),
        ),
      ),
    /** Removes the mark, only if it is still at `revision` when one is given; false when it is not. */
    remove: (hash: string, revision?: number) =>
      attempt("ending a sign-in", () =>
        kv.purge(key(hash), revision === undefined ? {} : { previousSeq: revision }).then(
          () => true,
          (error: unknown) => (isWrongSequence(error) ? false : Promise.reject(error)),
        ),
      ),
    /** Removes what has expired, and the markers of what was removed long ago. */
    sweep: Effect.fnUntraced(function* (keepMarkersMillis: number = markerMillis) {
      const now = yield* Clock.currentTimeMillis
      yield* attempt("sweeping sign-ins", async () => {
        const subjects_filter = `$KV.MARKS.${prefix}.*`
        const { state } = await jsm.streams.info(stream, { subjects_filter })
        for (const filter of Object.keys(state.subjects ?? {})) {
          const message = await jsm.streams.getMessage(stream, { last_by_subj: filter })
          if (message === null) continue
          if (message.header.get("KV-Operation") !== "") {
            // Up to this revision: what has been put under the same key since stays.
            const old = message.time.getTime() <= now - keepMarkersMillis
            if (old) await jsm.streams.purge(stream, { filter, seq: message.seq + 1 })
            continue
          }
          const mark = decode(message.string())
          if (mark._tag === "Some" && mark.value.expiresAtMillis > now) continue
          await kv.purge(keyOf(filter), { previousSeq: message.seq }).catch(() => undefined)
        }
      })
    }),
    /** The hashes of marks that are removed from now on, wherever that happens. */
    watchRemoved: attempt("watching sign-ins", () => kv.watch({ key: `${prefix}.*`, include: "updates" })),
    hashOfKey: (found: string) => found.slice(prefix.length + 1),
  }
}
export type Marks = ReturnType<typeof makeMarks>

/** The server's `wrong last sequence` (10071): somebody else was first. */
const isWrongSequence = (error: unknown) =>
  error instanceof Error &&
  ("code" in error ? error.code === 10071 : /wrong last sequence/i.test(error.message))
