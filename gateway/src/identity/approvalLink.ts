import { createHmac, timingSafeEqual } from "node:crypto"
import { approvalLinkMessage, approvalSignatureLength, parseApprovalToken } from "@maillm/schema/ApprovalLink"
import type { ApprovalToken } from "@maillm/schema/ApprovalLink"
import { base32 } from "@maillm/schema/base32"

/**
 * What a token of `/approve/<token>` stands for when its signature is ours; null when it is not. Takes the same time
 * for every wrong signature.
 */
export const verifyApprovalToken = (secret: string, token: string): ApprovalToken | null => {
  const parsed = parseApprovalToken(token)
  if (parsed === null) return null
  const { userId, sessionId, approvalId, signature } = parsed
  const mac = createHmac("sha256", secret)
    .update(approvalLinkMessage(userId, sessionId, approvalId), "utf8")
    .digest()
  const expected = Buffer.from(base32(mac).slice(0, approvalSignatureLength))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected) ? parsed : null
}
