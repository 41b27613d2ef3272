import { createHmac, timingSafeEqual } from "node:crypto"
import { parseSenderToken, senderSignatureLength, senderTokenMessage } from "@maillm/schema/SenderToken"
import { base32 } from "@maillm/schema/base32"

/** What a token stands for when its signature is ours and for this user; null when it is not. */
export const verifySenderToken = (secret: string, userId: string, token: string): string | null => {
  const parsed = parseSenderToken(token)
  if (parsed === null) return null
  const { confirmId, signature } = parsed
  const mac = createHmac("sha256", secret).update(senderTokenMessage(userId, confirmId), "utf8").digest()
  const expected = Buffer.from(base32(mac).slice(0, senderSignatureLength))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected) ? confirmId : null
}
