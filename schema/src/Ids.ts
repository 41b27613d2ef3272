import * as Schema from "effect/Schema"

/**
 * Identifiers are NATS subject tokens: one to 64 characters out of `A-Z a-z 0-9 _ -`. No dots, wildcards or
 * blanks, so an id can never change the shape of a subject, a KV key or a path.
 */
const token = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{1,64}$/))

export const UserId = token.pipe(Schema.brand("UserId"))
export type UserId = typeof UserId.Type

export const SessionId = token.pipe(Schema.brand("SessionId"))
export type SessionId = typeof SessionId.Type

export const RequestId = token.pipe(Schema.brand("RequestId"))
export type RequestId = typeof RequestId.Type

export const TurnId = token.pipe(Schema.brand("TurnId"))
export type TurnId = typeof TurnId.Type

export const MessageId = token.pipe(Schema.brand("MessageId"))
/** Our own id of a message in or out; not the RFC 5322 Message-ID. */
export type MessageId = typeof MessageId.Type

export const NodeId = token.pipe(Schema.brand("NodeId"))
export type NodeId = typeof NodeId.Type

/** What an actor is: `user`, `session`, or any other that a host is given a definition of. Part of subjects. */
export const ActorKind = token
export type ActorKind = typeof ActorKind.Type

/** Any id of the kinds above, where only its shape matters. */
export const Token = token

/** Milliseconds since 1970-01-01T00:00Z, an integer. */
export const EpochMillis = Schema.Int
export type EpochMillis = typeof EpochMillis.Type

/** Text of at most `max` UTF-16 code units. */
export const text = (max: number) => Schema.String.check(Schema.isMaxLength(max))
