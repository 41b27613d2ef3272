import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import { BlockEntry } from "@maillm/schema/Record"
import type { AddressBlock } from "@maillm/schema/Record"
import { streams } from "@maillm/schema/Streams"
import { addressBlockKey } from "@maillm/actors/nats/addressBlocks"
import { readEntry } from "@maillm/actors/nats/bucketEntry"
import { Nats } from "@maillm/actors/nats/Nats"
import { MarksUnavailable } from "./SentMarks.ts"

const decodeBlock = Schema.decodeUnknownExit(Schema.fromJsonString(BlockEntry))

/** Mails on the queue, and their share of what it holds, up to which one is kept waiting for a blocked address. */
const heldMails = 5_000
const heldBytes = streams.OUTBOX.maxBytes / 4

/** Why nothing may go to an address: its server said that it is none, and its user has not said otherwise since. */
export const blockOf = (address: string): Effect.Effect<AddressBlock | null, MarksUnavailable, Nats> =>
  Effect.flatMap(Nats, (nats) =>
    Effect.tryPromise({
      try: () => readEntry(nats, "MARKS", addressBlockKey(address)),
      catch: (error) => new MarksUnavailable({ reason: String(error) }),
    }),
  ).pipe(
    Effect.map(({ text }) => {
      const entry = decodeBlock(text)
      return Exit.isSuccess(entry) ? entry.value.blocked : null
    }),
  )

/** Whether one more mail may wait on the queue: a full one stops every actor that has something to send. */
export const canHoldMail: Effect.Effect<boolean, MarksUnavailable, Nats> = Effect.flatMap(Nats, ({ jsm }) =>
  Effect.tryPromise({
    try: () => jsm.streams.info(streams.OUTBOX.name),
    catch: (error) => new MarksUnavailable({ reason: `stream OUTBOX: ${String(error)}` }),
  }),
).pipe(Effect.map(({ state }) => state.messages <= heldMails && state.bytes <= heldBytes))

/** In the words that its session and its user read. */
export const blockWords = (address: string, { reason, sinceMillis, status }: AddressBlock): string =>
  `${address} cannot be reached since ${minuteOf(sinceMillis)} (${status}: ${reason.slice(0, 500)})`

export const minuteOf = (millis: number): string =>
  `${new Date(millis).toISOString().slice(0, 16).replace("T", " ")} UTC`
