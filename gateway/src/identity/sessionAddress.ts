import { createHmac, timingSafeEqual } from "node:crypto"
import { sessionLocalPart } from "@maillm/schema/Address"

const alphabet = "abcdefghijklmnopqrstuvwxyz234567"

/** RFC 4648 base32 in lower case, without padding. */
export const base32 = (bytes: Uint8Array) => {
  let bits = ""
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0")
  let text = ""
  for (let i = 0; i < bits.length; i += 5) {
    text += alphabet.charAt(Number.parseInt(bits.slice(i, i + 5).padEnd(5, "0"), 2))
  }
  return text
}

/**
 * Signature of a session's reply address: base32 of the first 80 bits of HMAC-SHA256 over
 * `session-address NUL userId NUL sessionId`, keyed with the UTF-8 bytes of `Settings.secret`. 16 characters.
 */
export const sessionSignature = (secret: string, userId: string, sessionId: string) =>
  base32(
    createHmac("sha256", secret)
      .update(`session-address\0${userId}\0${sessionId}`, "utf8")
      .digest()
      .subarray(0, 10),
  )

/** The signed reply address of a session. Ids must be lower case: local parts are compared in lower case. */
export const sessionAddress = (secret: string, domain: string, userId: string, sessionId: string) =>
  `${sessionLocalPart(userId, sessionId, sessionSignature(secret, userId, sessionId))}@${domain}`

/** True when the signature is ours. Takes the same time for every wrong one of the right length. */
export const verifySessionSignature = (
  secret: string,
  userId: string,
  sessionId: string,
  signature: string,
) => {
  const expected = Buffer.from(sessionSignature(secret, userId, sessionId))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
