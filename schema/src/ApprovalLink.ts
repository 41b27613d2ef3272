/**
 * The path of the page that shows an approval and takes its answer without signing in: `/approve/<token>`, token =
 * `<userId>.<sessionId>.<approvalId>.<signature>`. The signature is base32 of the first 130 bits of
 * HMAC-SHA256(secret, "approval-link\0userId\0sessionId\0approvalId"), made by the actors, checked by the gateway.
 */
export interface ApprovalToken {
  readonly userId: string
  readonly sessionId: string
  readonly approvalId: string
  readonly signature: string
}

const pattern = /^([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{1,64})\.([a-z2-7]{26})$/

/** Splits a token into what it claims to be; null for what cannot be one. Proves nothing: check the signature. */
export const parseApprovalToken = (token: string): ApprovalToken | null => {
  const [, userId, sessionId, approvalId, signature] = pattern.exec(token) ?? []
  return userId === undefined ||
    sessionId === undefined ||
    approvalId === undefined ||
    signature === undefined
    ? null
    : { userId, sessionId, approvalId, signature }
}

export const formatApprovalToken = ({ userId, sessionId, approvalId, signature }: ApprovalToken) =>
  `${userId}.${sessionId}.${approvalId}.${signature}`

/** What the signature is over. */
export const approvalLinkMessage = (userId: string, sessionId: string, approvalId: string) =>
  `approval-link\0${userId}\0${sessionId}\0${approvalId}`

/** Characters of base32 that 130 bits take. */
export const approvalSignatureLength = 26

export const approvePath = "/approve"
