import { createHmac, timingSafeEqual } from "node:crypto"
import type { ParsedLocalPart } from "@maillm/schema/Address"
import { bounceIdPattern } from "@maillm/schema/Address"
import { base32 } from "@maillm/schema/base32"

const dayMillis = 86_400_000
/** Servers give up after five days as a rule (RFC 5321 §4.5.4.1), and their reports have to find their way too. */
const bounceDays = 14

const signatureOf = (secret: string, messageId: string, day: string) =>
  base32(
    createHmac("sha256", secret)
      .update(`bounce-address\0${messageId}\0${day}`, "utf8")
      .digest()
      .subarray(0, 10),
  )

/**
 * The local part that reports about a mail come back to: `b.<messageId>.<day>.<signature>`, the day since 1970 on which it
 * ends in base 36, the signature as of session addresses. The same at every attempt, for it follows from the time at
 * which the mail was written. Null for an id that does not survive where case is lost.
 */
export const bounceLocalPart = (
  secret: string,
  messageId: string,
  createdAtMillis: number,
): string | null => {
  if (!bounceIdPattern.test(messageId)) return null
  const day = (Math.floor(createdAtMillis / dayMillis) + bounceDays).toString(36)
  return `b.${messageId}.${day}.${signatureOf(secret, messageId, day)}`
}

/** True when the address is one that we gave out, and not too long ago. */
export const verifyBounce = (
  secret: string,
  { day, messageId, signature }: Extract<ParsedLocalPart, { readonly _tag: "Bounce" }>,
  nowMillis: number,
): boolean => {
  const expected = Buffer.from(signatureOf(secret, messageId, day))
  const given = Buffer.from(signature)
  const ours = given.length === expected.length && timingSafeEqual(given, expected)
  return ours && Math.floor(nowMillis / dayMillis) <= Number.parseInt(day, 36)
}
