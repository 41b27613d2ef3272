import * as Schema from "effect/Schema"
import { EpochMillis, MessageId } from "@maillm/schema/Ids"
import type { NoteUnreachable, RetryAddress, UserEvent } from "@maillm/schema/UserActor"
import { nothing } from "../world/Facts.ts"
import type { WorldDecision } from "../world/Facts.ts"

/** An address that was found unreachable. */
export const UnreachableState = Schema.Struct({
  /** In lower case. */
  address: Schema.String,
  status: Schema.String,
  reason: Schema.String,
  /** The mail that came back. */
  messageId: MessageId,
  atMillis: EpochMillis,
  /** When the user said that it can be written to again; null while no mail goes there. */
  retriedAtMillis: Schema.NullOr(EpochMillis),
})
export type UnreachableState = typeof UnreachableState.Type

/** Addresses remembered, the newest. An account has a handful. */
export const unreachableLimit = 50

interface WithUnreachable {
  readonly unreachable: ReadonlyArray<UnreachableState>
}
type Decision = WorldDecision<UserEvent>
type Event<Tag extends UserEvent["_tag"]> = Extract<UserEvent, { readonly _tag: Tag }>

const plain = (address: string) => address.trim().toLowerCase()

/** Once: until it is retried, and then only by a mail that was written after that. A report sent again changes nothing. */
export const noteUnreachable = (
  { unreachable }: WithUnreachable,
  command: NoteUnreachable,
  now: number,
): Decision => {
  const { messageId, reason, sentAtMillis, sessionId, status } = command
  const address = plain(command.address)
  const known = unreachable.find((entry) => entry.address === address)
  if (known !== undefined && (known.retriedAtMillis === null || sentAtMillis <= known.retriedAtMillis))
    return nothing
  return {
    events: [{ _tag: "AddressUnreachable", address, status, reason, messageId, sessionId, atMillis: now }],
    effects: [{ _tag: "BlockAddress", address, blocked: { status, reason, sinceMillis: now } }],
  }
}

export const retryAddress = (
  { unreachable }: WithUnreachable,
  { address: given, by }: RetryAddress,
  now: number,
): Decision => {
  const address = plain(given)
  const known = unreachable.find((entry) => entry.address === address)
  if (known === undefined || known.retriedAtMillis !== null) return nothing
  return {
    events: [{ _tag: "AddressRetried", address, by, atMillis: now }],
    effects: [{ _tag: "BlockAddress", address, blocked: null }],
  }
}

export const evolveUnreachable = (
  before: ReadonlyArray<UnreachableState>,
  event: Event<"AddressUnreachable"> | Event<"AddressRetried">,
): ReadonlyArray<UnreachableState> => {
  if (event._tag === "AddressRetried")
    return before.map((entry) =>
      entry.address === event.address ? { ...entry, retriedAtMillis: event.atMillis } : entry,
    )
  const { address, atMillis, messageId, reason, status } = event
  const others = before.filter((entry) => entry.address !== address)
  return [...others, { address, status, reason, messageId, atMillis, retriedAtMillis: null }].slice(
    -unreachableLimit,
  )
}
