import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { readEntry, writeEntry } from "@maillm/actors/nats/bucketEntry"
import type { Nats } from "@maillm/actors/nats/Nats"
import { EpochMillis, RequestId, SessionId, UserId } from "@maillm/schema/Ids"
import { BlobRef } from "@maillm/schema/Message"
import { buckets } from "@maillm/schema/Streams"

/** The marks could not be read or written. */
export class MarksUnavailable extends Schema.TaggedError<MarksUnavailable>()("MarksUnavailable", {
  reason: Schema.String,
}) {
  override get message() {
    return `bucket ${buckets.MARKS.name}: ${this.reason}`
  }
}

/** What a report about a mail has to be told with. */
export const SentAbout = Schema.Struct({
  userId: UserId,
  sessionId: SessionId,
  requestId: RequestId,
  to: Schema.String,
  sentAtMillis: EpochMillis,
  /** The mail is of the account: its user is told, not a session. */
  account: Schema.optionalKey(Schema.Literal(true)),
})
export type SentAbout = typeof SentAbout.Type

/** What is kept of a mail that is out, under `sent.<messageId>` in MARKS. */
export const SentMark = Schema.Struct({
  via: Schema.Literals(["outbox", "relay", "mx"]),
  raw: BlobRef,
  detail: Schema.String,
  /** Absent in marks of version 0.1.0, whose mails left without an address for reports. */
  about: Schema.optionalKey(SentAbout),
  /** A report that it failed was taken and is kept: a second one says nothing new. */
  bounced: Schema.optionalKey(Schema.Boolean),
})
export type SentMark = typeof SentMark.Type

/** Stands there before. */
const Claim = Schema.Struct({
  /** Who is sending the mail now, or null when that attempt has failed. */
  claim: Schema.NullOr(Schema.String),
  /** Deliveries from the queue that were no attempts: where it goes had enough, or nothing may go there. */
  waits: Schema.optionalKey(Schema.Int),
  /** `sinceMillis` of the block that its session was told it waits for. */
  heldFor: Schema.optionalKey(EpochMillis),
})
/** How a mail has waited without being tried. */
export type Waits = Pick<typeof Claim.Type, "heldFor" | "waits">

const Entry = Schema.fromJsonString(Schema.Union([SentMark, Claim]))
const decode = Schema.decodeUnknownExit(Entry)
const encode = Schema.encodeSync(Entry)

/** The right to send a mail, while it is renewed. */
export interface SendClaim {
  readonly messageId: string
  readonly id: string
  readonly waits: Waits
  revision: number
}

/** A mail that is out must be marked, or it goes out twice: tried this often, a second apart. */
const writeRetries = 3_600

/**
 * Marks of the mails that are out, and claims of those that are being sent. Without claims a mail whose sender is cut
 * off from NATS for longer than the queue waits would be sent by another one while the first waits for its relay.
 * A claim that is not renewed for `claimMillis`, by the clock of who looks at it, is of a sender that was killed.
 */
export class SentMarks {
  readonly #nats: Nats["Service"]
  readonly #claimMillis: number

  constructor(nats: Nats["Service"], claimMillis: number) {
    this.#nats = nats
    this.#claimMillis = claimMillis
  }

  /** The mark of a mail that is out, or null. */
  find(messageId: string): Effect.Effect<SentMark | null, MarksUnavailable> {
    return Effect.map(this.#read(messageId), ({ entry }) => (entry !== null && "via" in entry ? entry : null))
  }

  /** Of a mail that is not out. */
  waits(messageId: string): Effect.Effect<Waits, MarksUnavailable> {
    return Effect.map(this.#read(messageId), ({ entry }) => waitsOf(entry))
  }

  /** It has waited once more, for the end of this block where one is named; left out when another sender is at it. */
  noteWait(messageId: string, heldFor?: number): Effect.Effect<void, MarksUnavailable> {
    return Effect.flatMap(this.#read(messageId), ({ entry, revision }) => {
      if (entry !== null && ("via" in entry || entry.claim !== null)) return Effect.void
      const waits = oneMore(waitsOf(entry))
      const noted = heldFor === undefined ? waits : { ...waits, heldFor }
      return Effect.asVoid(this.#write(messageId, { claim: null, ...noted }, revision))
    })
  }

  /** Waits while another sender is at the mail; then its mark, or the claim to send it. */
  claim(messageId: string): Effect.Effect<SentMark | SendClaim, MarksUnavailable> {
    return Effect.gen({ self: this }, function* () {
      let seen = { revision: -1, atMillis: 0 }
      for (;;) {
        const { entry, revision } = yield* this.#read(messageId)
        if (entry !== null && "via" in entry) return entry
        const now = performance.now()
        if (revision !== seen.revision) seen = { revision, atMillis: now }
        if (entry === null || entry.claim === null || now - seen.atMillis >= this.#claimMillis) {
          const id = crypto.randomUUID()
          const waits = waitsOf(entry)
          const written = yield* this.#write(messageId, { claim: id, ...waits }, revision)
          if (written !== null) return { messageId, id, waits, revision: written }
        } else yield* Effect.sleep(this.#claimMillis / 15)
      }
    })
  }

  /** Renews the claim for as long as it runs. What cannot be renewed is left to whoever has it then. */
  keep(claim: SendClaim): Effect.Effect<never> {
    return Effect.suspend(() =>
      this.#write(claim.messageId, { claim: claim.id, ...claim.waits }, claim.revision),
    ).pipe(
      Effect.map((revision) => {
        claim.revision = revision ?? claim.revision
      }),
      Effect.ignore,
      Effect.delay(this.#claimMillis / 3),
      Effect.forever,
    )
  }

  /** The mail is known not to be out: the next attempt need not wait. `waited`: this one was none. */
  release({ messageId, revision, waits }: SendClaim, waited: boolean): Effect.Effect<void> {
    const entry = { claim: null, ...(waited ? oneMore(waits) : waits) }
    return Effect.ignore(this.#write(messageId, entry, revision))
  }

  /** The mail is out: it is marked, whoever claims it. */
  mark(messageId: string, sent: SentMark): Effect.Effect<void, MarksUnavailable> {
    return this.#ask(() => writeEntry(this.#nats, "MARKS", keyOf(messageId), encode(sent))).pipe(
      Effect.retry(Schedule.spaced(1_000).pipe(Schedule.upTo({ times: writeRetries }))),
      Effect.asVoid,
    )
  }

  /** A report that it failed was taken. Tried once: if it fails, the report comes again. */
  noteBounced(messageId: string, sent: SentMark): Effect.Effect<void, MarksUnavailable> {
    const entry = encode({ ...sent, bounced: true })
    return Effect.asVoid(this.#ask(() => writeEntry(this.#nats, "MARKS", keyOf(messageId), entry)))
  }

  /** By the bucket's leader: a replica that answers may be behind, and have a mail sent twice. */
  #read(messageId: string) {
    return this.#ask(() => readEntry(this.#nats, "MARKS", keyOf(messageId))).pipe(
      Effect.map(({ revision, text }) => {
        const entry = decode(text)
        return { entry: Exit.isSuccess(entry) ? entry.value : null, revision }
      }),
    )
  }

  /** The new revision, or null when somebody else has written since. */
  #write(messageId: string, entry: typeof Entry.Type, revision: number) {
    return this.#ask(() => writeEntry(this.#nats, "MARKS", keyOf(messageId), encode(entry), revision))
  }

  #ask<A>(run: () => Promise<A>) {
    return Effect.tryPromise({
      try: run,
      catch: (cause) =>
        new MarksUnavailable({ reason: cause instanceof Error ? cause.message : String(cause) }),
    })
  }
}

const waitsOf = (entry: typeof Entry.Type | null): Waits => {
  if (entry === null || "via" in entry) return {}
  const { claim: _, ...waits } = entry
  return waits
}
const oneMore = (waits: Waits): Waits => ({ ...waits, waits: (waits.waits ?? 0) + 1 })

const keyOf = (messageId: string) => `sent.${messageId}`
