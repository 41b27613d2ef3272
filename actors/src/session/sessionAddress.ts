import { createHmac } from "node:crypto"
import { sessionLocalPart } from "@maillm/schema/Address"

const alphabet = "abcdefghijklmnopqrstuvwxyz234567"

/** RFC 4648 base32 in lower case without padding. */
export const base32 = (bytes: Uint8Array): string => {
  let text = ""
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet.charAt((buffer >>> bits) & 31)
    }
    buffer &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + alphabet.charAt((buffer << (5 - bits)) & 31)
}

/** The signed local part of a session's reply address; format and signature as schema/Address says. */
export const sessionAddressLocalPart = (secret: string, userId: string, sessionId: string): string => {
  const mac = createHmac("sha256", secret).update(`session-address\0${userId}\0${sessionId}`).digest()
  return sessionLocalPart(userId, sessionId, base32(mac.subarray(0, 10)))
}
