/**
 * Addresses that mail for maillm is sent to. Local parts are compared in lower case.
 *
 * - private: `<name>.<token>`; `token` is 26 characters of base32 (130 random bits).
 * - session: `re.<userId>.<sessionId>.<signature>`; the signature is base32 of the first 80 bits of
 *   HMAC-SHA256(secret, "session-address\0userId\0sessionId"), made and checked by the gateway and the actors.
 */
export type ParsedLocalPart =
  | { readonly _tag: "Private"; readonly localPart: string }
  | {
      readonly _tag: "Session"
      readonly userId: string
      readonly sessionId: string
      readonly signature: string
    }
  | { readonly _tag: "Unknown" }

const sessionPattern = /^re\.([a-z0-9_-]{1,20})\.([a-z0-9_-]{1,20})\.([a-z2-7]{16})$/
const privatePattern = /^[a-z0-9-]{1,24}\.[a-z2-7]{26}$/

/** Splits a local part into what it claims to be. Proves nothing: tokens and signatures are checked elsewhere. */
export const parseLocalPart = (localPart: string): ParsedLocalPart => {
  const lower = localPart.toLowerCase()
  const session = sessionPattern.exec(lower)
  if (session?.[1] !== undefined && session[2] !== undefined && session[3] !== undefined) {
    return { _tag: "Session", userId: session[1], sessionId: session[2], signature: session[3] }
  }
  return privatePattern.test(lower) ? { _tag: "Private", localPart: lower } : { _tag: "Unknown" }
}

export const sessionLocalPart = (userId: string, sessionId: string, signature: string) =>
  `re.${userId}.${sessionId}.${signature}`
