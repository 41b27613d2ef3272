import { AckPolicy, DeliverPolicy } from "@nats-io/jetstream"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { deadBodyLimit } from "@maillm/schema/api/DeadApi"
import type { DeadLetter, DeadLetterDetail, DeadRetried, DeadUsage } from "@maillm/schema/api/DeadApi"
import { streams } from "@maillm/schema/Streams"
import { MailboxFull } from "../client/ActorClient.ts"
import { readDeadMessage } from "./deadMessage.ts"
import type { ReadLetter } from "./deadMessage.ts"
import { PublishRefused } from "./AckInbox.ts"
import { GroupPublisher, jetStreamCodes } from "./GroupPublisher.ts"
import { Nats, NatsUnavailable } from "./Nats.ts"
import { retryOf } from "./retryOf.ts"

/** A letter that cannot be put back; `reason` says why and what to do instead. */
export class RetryRefused extends Schema.TaggedError<RetryRefused>()("RetryRefused", {
  reason: Schema.String,
}) {
  override get message() {
    return this.reason
  }
}

export interface DeadPage {
  readonly limit: number
  /** Letters below this sequence; null for the newest. */
  readonly before: number | null
  /** Commands of one actor, `<kind>.<id>`; null for all letters. */
  readonly actor: string | null
}

/**
 * What could not be handled. A letter is put back by storing it again under an id that follows from where it stood,
 * and is removed only after that is stored: between the two it is in both places, and a repeat changes nothing.
 */
export class DeadLetters extends Context.Service<
  DeadLetters,
  {
    /** Newest first. */
    readonly list: (page: DeadPage) => Effect.Effect<ReadonlyArray<DeadLetter>, NatsUnavailable>
    readonly usage: Effect.Effect<DeadUsage, NatsUnavailable>
    /** Null when there is no such letter, or not any more. */
    readonly get: (sequence: number) => Effect.Effect<DeadLetterDetail | null, NatsUnavailable>
    readonly retry: (
      sequence: number,
    ) => Effect.Effect<DeadRetried | null, RetryRefused | MailboxFull | NatsUnavailable>
    /** False when there was no such letter. */
    readonly drop: (sequence: number) => Effect.Effect<boolean, NatsUnavailable>
  }
>()("@maillm/actors/nats/DeadLetters") {
  static readonly layer = Layer.effect(
    DeadLetters,
    Effect.gen(function* () {
      const nats = yield* Nats
      const publisher = new GroupPublisher(nats.connection, { atomic: false })
      const ask = <A>(what: string, run: () => Promise<A>) =>
        Effect.tryPromise({
          try: run,
          catch: (cause) => new NatsUnavailable({ reason: `${what}: ${wordsOf(cause)}` }),
        }).pipe(
          Effect.timeoutOrElse({
            duration: "12 seconds",
            orElse: () => Effect.fail(new NatsUnavailable({ reason: `${what}: no answer in 12 s` })),
          }),
        )
      const read = (sequence: number) => ask("dead letter", () => readOne(nats, sequence))
      const drop = (sequence: number) => ask("drop", () => remove(nats, sequence))
      return {
        list: (page) => ask("dead letters", () => readPage(nats, page)),
        usage: ask("dead letters", () => usageOf(nats)),
        get: (sequence) => Effect.map(read(sequence), (found) => (found === null ? null : detailOf(found))),
        retry: Effect.fnUntraced(function* (sequence) {
          const found = yield* read(sequence)
          if (found === null) return null
          const { letter } = found
          if (letter.refusal !== null) return yield* new RetryRefused({ reason: letter.refusal })
          const plan = yield* ask("retry", () => retryOf(nats, found))
          if ("refusal" in plan) return yield* new RetryRefused({ reason: plan.refusal })
          const { subject, commandId } = plan
          const about = { sequence, subject, commandId }
          if (plan.handled) {
            yield* drop(sequence)
            return { ...about, outcome: "handled" as const }
          }
          const stored = yield* Effect.tryPromise({
            try: () => publisher.publish(subject, plan.data, [["Nats-Msg-Id", plan.messageId]]),
            catch: (cause) => notStored(letter, cause),
          })
          yield* drop(sequence)
          return { ...about, outcome: stored.duplicate ? ("repeated" as const) : ("stored" as const) }
        }),
        drop,
      }
    }),
  )
}

const wordsOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))

const notStored = ({ kind, id, stream }: DeadLetter, cause: unknown) =>
  cause instanceof PublishRefused && cause.code === jetStreamCodes.mailboxFull
    ? new MailboxFull({ actor: `${kind} ${id}` })
    : new NatsUnavailable({ reason: `not put back into ${stream}: ${wordsOf(cause)}; it may be tried again` })

const readOne = async (
  { jsm }: Pick<Nats["Service"], "jsm">,
  sequence: number,
): Promise<ReadLetter | null> => {
  const message = await jsm.streams.getMessage("DEAD", { seq: sequence })
  return message === null ? null : readDeadMessage(message)
}

const detailOf = ({ letter, body }: ReadLetter): DeadLetterDetail => {
  const text = Buffer.from(body ?? []).toString("utf8")
  return { ...letter, body: text.slice(0, deadBodyLimit), bodyCut: text.length > deadBodyLimit }
}

const remove = async ({ jsm }: Nats["Service"], sequence: number) => {
  if ((await jsm.streams.getMessage("DEAD", { seq: sequence })) === null) return false
  // What it holds is erased from the disk as well: it may be a mail.
  await jsm.streams.deleteMessage("DEAD", sequence, true).catch(async (error: unknown) => {
    if ((await jsm.streams.getMessage("DEAD", { seq: sequence })) !== null) throw error
  })
  return true
}

const usageOf = async ({ jsm }: Nats["Service"]): Promise<DeadUsage> => {
  const { state } = await jsm.streams.info("DEAD")
  return {
    letters: state.messages,
    bytes: state.bytes,
    limitBytes: streams.DEAD.maxBytes,
    keepMillis: streams.DEAD.maxAgeMillis,
    oldestAtMillis: state.messages === 0 ? null : Date.parse(state.first_ts),
  }
}

/** Newest first: stretches of the stream that double in length are read forwards until the page is full. */
const readPage = async (nats: Nats["Service"], page: DeadPage): Promise<ReadonlyArray<DeadLetter>> => {
  const { state } = await nats.jsm.streams.info("DEAD")
  if (state.messages === 0) return []
  let end = Math.min(page.before ?? Number.POSITIVE_INFINITY, state.last_seq + 1)
  const found: Array<DeadLetter> = []
  for (let length = 2 * page.limit; end > state.first_seq && found.length < page.limit; length *= 2) {
    const start = Math.max(state.first_seq, end - length)
    found.push(...(await readStretch(nats, start, end, page.actor)).toReversed())
    end = start
  }
  return found.slice(0, page.limit)
}

/** Letters with `start <= sequence < end`, oldest first, from their headers where those tell. */
const readStretch = async (
  { js, jsm }: Nats["Service"],
  start: number,
  end: number,
  actor: string | null,
): Promise<ReadonlyArray<DeadLetter>> => {
  const { name, num_pending } = await jsm.consumers.add("DEAD", {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: start,
    headers_only: true,
    mem_storage: true,
    inactive_threshold: 10_000_000_000,
    filter_subject: actor === null ? "dead.>" : `dead.CMD.${actor}`,
  })
  const found: Array<DeadLetter> = []
  try {
    const consumer = await js.consumers.get("DEAD", name)
    for (let left = num_pending; left > 0;) {
      const messages = await consumer.fetch({ max_messages: Math.min(left, 500), expires: 2_000 })
      let came = 0
      for await (const message of messages) {
        came++
        if (message.seq >= end) return found
        const { subject, seq, time, headers } = message
        const read =
          readDeadMessage({ subject, seq, time, header: headers, data: null }) ??
          (await readOne({ jsm }, seq))
        if (read !== null) found.push(read.letter)
      }
      if (came === 0) break
      left -= came
    }
    return found
  } finally {
    await jsm.consumers.delete("DEAD", name).catch(() => false)
  }
}
