import { createHmac } from "node:crypto"
import { signedLocalPart, signedMessage } from "@maillm/schema/Address"
import type { SignedLocalPart } from "@maillm/schema/Address"

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

/** The signed local part of a reply address that takes mail until the end of `day`; as schema/Address says. */
export const replyLocalPart = (
  secret: string,
  address: Omit<SignedLocalPart, "_tag" | "signature">,
): string => {
  const { day, id, kind, userId } = address
  const mac = createHmac("sha256", secret)
    .update(signedMessage(kind, userId, id, day), "utf8")
    .digest()
  return signedLocalPart({ ...address, signature: base32(mac.subarray(0, 10)) })
}
