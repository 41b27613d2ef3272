/**
 * Addresses that mail for maillm is sent to. Local parts are compared in lower case and have 64 octets at most
 * (RFC 5321 §4.5.3.1.1).
 *
 * - private: `<name>.<token>`; `token` is 26 characters of base32 (130 random bits).
 * - session: `r.<userId>.<sessionId>.<day>.<signature>`, the reply address of a session.
 * - approval: `a.<userId>.<tag>.<day>.<signature>`, the reply address of one question (actors/session/approvalKey.ts).
 * - confirmation: `c.<userId>.<confirmId>.<day>.<signature>`, of a mail that asks whether an address is a user's.
 * - legacy session: `re.<userId>.<sessionId>.<signature>`, without an end, of version 0.1.0; see `legacyEndsMillis`.
 * - bounce: `b.<messageId>.<day>.<signature>`, the MAIL FROM of a mail of ours: takes reports about it and nothing else,
 *   until that day (gateway/identity/bounceAddress.ts).
 *
 * `day` is the last one (UTC, days since 1970 in base 36) on which mail is taken. The signature is base32 of the first 80
 * bits of HMAC-SHA256 with the installation's secret over what `signedMessage` gives; made by the actors, checked by the
 * gateway.
 */
export type ParsedLocalPart =
  | { readonly _tag: "Private"; readonly localPart: string }
  | SignedLocalPart
  | {
      readonly _tag: "Legacy"
      readonly userId: string
      readonly sessionId: string
      readonly signature: string
    }
  | {
      readonly _tag: "Bounce"
      readonly messageId: string
      readonly day: string
      readonly signature: string
    }
  | { readonly _tag: "Unknown" }

export type SignedKind = "session" | "approval" | "confirmation"

/** A reply address with an end; `id` is the session's, the tag of an approval, or that of a confirmation. */
export interface SignedLocalPart {
  readonly _tag: "Signed"
  readonly kind: SignedKind
  readonly userId: string
  readonly id: string
  readonly day: string
  readonly signature: string
}

const letters: Readonly<Record<SignedKind, string>> = { session: "r", approval: "a", confirmation: "c" }
const dayMillis = 86_400_000

/** Addresses without an end are refused from then on: 1 April 2027, some four months after those with one came. */
export const legacyEndsMillis = Date.UTC(2027, 3, 1)

/** Days that a reply address takes mail after its mail was written, unless `MAILLM_REPLY_DAYS` says otherwise. */
export const replyDaysDefault = 90
/** From 1 to 3650. */
export const replyDaysPattern = /^([1-9]\d{0,2}|[12]\d{3}|3[0-5]\d{2}|36[0-4]\d|3650)$/
export const replyDaysMay = "it must be a number of days from 1 to 3650"

/** The last day, as it stands in an address, that is at least `lifeMillis` after a moment. */
export const lastDay = (nowMillis: number, lifeMillis: number): string =>
  Math.ceil((nowMillis + lifeMillis) / dayMillis).toString(36)

/** Whether the day is over. */
export const isPast = (day: string, nowMillis: number): boolean =>
  Math.floor(nowMillis / dayMillis) > Number.parseInt(day, 36)

/** What the signature of a reply address is over. */
export const signedMessage = (kind: SignedKind, userId: string, id: string, day: string): string =>
  `reply-address\0${kind}\0${userId}\0${id}\0${day}`

/** What the signature of a session's address without an end was over. */
export const legacyMessage = (userId: string, sessionId: string): string =>
  `session-address\0${userId}\0${sessionId}`

export const signedLocalPart = ({
  day,
  id,
  kind,
  signature,
  userId,
}: Omit<SignedLocalPart, "_tag">): string => `${letters[kind]}.${userId}.${id}.${day}.${signature}`

/** Ids of mails that fit into a local part of 64 characters and survive servers that fold its case. */
export const bounceIdPattern = /^[a-z0-9_-]{1,36}$/

const signedPattern = /^([rac])\.([a-z0-9_-]{1,20})\.([a-z0-9_-]{1,20})\.([0-9a-z]{3})\.([a-z2-7]{16})$/
const legacyPattern = /^re\.([a-z0-9_-]{1,20})\.([a-z0-9_-]{1,20})\.([a-z2-7]{16})$/
const bouncePattern = /^b\.([a-z0-9_-]{1,36})\.([0-9a-z]{1,5})\.([a-z2-7]{16})$/
const privatePattern = /^[a-z0-9-]{1,24}\.[a-z2-7]{26}$/

const signedKinds: ReadonlyArray<SignedKind> = ["session", "approval", "confirmation"]

/** Splits a local part into what it claims to be. Proves nothing: tokens and signatures are checked elsewhere. */
export const parseLocalPart = (localPart: string): ParsedLocalPart => {
  const lower = localPart.toLowerCase()
  const [, letter, userId, id, day, signature] = signedPattern.exec(lower) ?? []
  const kind = signedKinds.find((known) => letters[known] === letter)
  if (
    kind !== undefined &&
    userId !== undefined &&
    id !== undefined &&
    day !== undefined &&
    signature !== undefined
  )
    return { _tag: "Signed", kind, userId, id, day, signature }
  const legacy = legacyPattern.exec(lower)
  if (legacy?.[1] !== undefined && legacy[2] !== undefined && legacy[3] !== undefined)
    return { _tag: "Legacy", userId: legacy[1], sessionId: legacy[2], signature: legacy[3] }
  const bounce = bouncePattern.exec(lower)
  if (bounce?.[1] !== undefined && bounce[2] !== undefined && bounce[3] !== undefined) {
    return { _tag: "Bounce", messageId: bounce[1], day: bounce[2], signature: bounce[3] }
  }
  return privatePattern.test(lower) ? { _tag: "Private", localPart: lower } : { _tag: "Unknown" }
}
