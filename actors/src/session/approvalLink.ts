import { createHmac } from "node:crypto"
import {
  approvalLinkMessage,
  approvalSignatureLength,
  formatApprovalToken,
} from "@maillm/schema/ApprovalLink"
import { base32 } from "@maillm/schema/base32"

/** The token of an approval's page, `<console>/approve/<token>`; format and signature as schema/ApprovalLink says. */
export const approvalToken = (
  secret: string,
  userId: string,
  sessionId: string,
  approvalId: string,
): string => {
  const mac = createHmac("sha256", secret)
    .update(approvalLinkMessage(userId, sessionId, approvalId), "utf8")
    .digest()
  const signature = base32(mac).slice(0, approvalSignatureLength)
  return formatApprovalToken({ userId, sessionId, approvalId, signature })
}
