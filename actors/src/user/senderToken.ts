import { createHmac } from "node:crypto"
import { formatSenderToken, senderSignatureLength, senderTokenMessage } from "@maillm/schema/SenderToken"
import { base32 } from "@maillm/schema/base32"

/** The token that confirms a sender address in the console; format and signature as schema/SenderToken says. */
export const senderToken = (secret: string, userId: string, confirmId: string): string => {
  const mac = createHmac("sha256", secret).update(senderTokenMessage(userId, confirmId), "utf8").digest()
  return formatSenderToken({ confirmId, signature: base32(mac).slice(0, senderSignatureLength) })
}
