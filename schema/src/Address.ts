/**
 * Addresses that mail for maillm is sent to. Local parts are compared in lower case.
 *
 * - private: `<name>.<token>`; `token` is 26 characters of base32 (130 random bits).
 * - session: `re.<userId>.<sessionId>.<signature>`; the signature is base32 of the first 80 bits of
 *   HMAC-SHA256(secret, "session-address\0userId\0sessionId"), made and checked by the gateway and the actors.
 * - bounce: `b.<messageId>.<day>.<signature>`, the MAIL FROM of a mail of ours: takes reports about it and nothing else,
 *   until that day (gateway/identity/bounceAddress.ts).
 */
export type ParsedLocalPart =
  | { readonly _tag: "Private"; readonly localPart: string }
  | {
      readonly _tag: "Session"
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

/** Ids of mails that fit into a local part of 64 characters and survive servers that fold its case. */
export const bounceIdPattern = /^[a-z0-9_-]{1,36}$/

const sessionPattern = /^re\.([a-z0-9_-]{1,20})\.([a-z0-9_-]{1,20})\.([a-z2-7]{16})$/
const bouncePattern = /^b\.([a-z0-9_-]{1,36})\.([0-9a-z]{1,5})\.([a-z2-7]{16})$/
const privatePattern = /^[a-z0-9-]{1,24}\.[a-z2-7]{26}$/

/** Splits a local part into what it claims to be. Proves nothing: tokens and signatures are checked elsewhere. */
export const parseLocalPart = (localPart: string): ParsedLocalPart => {
  const lower = localPart.toLowerCase()
  const session = sessionPattern.exec(lower)
  if (session?.[1] !== undefined && session[2] !== undefined && session[3] !== undefined) {
    return { _tag: "Session", userId: session[1], sessionId: session[2], signature: session[3] }
  }
  const bounce = bouncePattern.exec(lower)
  if (bounce?.[1] !== undefined && bounce[2] !== undefined && bounce[3] !== undefined) {
    return { _tag: "Bounce", messageId: bounce[1], day: bounce[2], signature: bounce[3] }
  }
  return privatePattern.test(lower) ? { _tag: "Private", localPart: lower } : { _tag: "Unknown" }
}

export const sessionLocalPart = (userId: string, sessionId: string, signature: string) =>
  `re.${userId}.${sessionId}.${signature}`
