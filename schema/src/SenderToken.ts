/**
 * The token of the console's page that confirms a sender address, `/addresses/confirm/<token>`: `<confirmId>.<signature>`.
 * The signature is base32 of the first 130 bits of HMAC-SHA256(secret, "sender-token\0userId\0confirmId"), made by the
 * actors, checked by the gateway for the user who is signed in.
 */
export interface SenderToken {
  readonly confirmId: string
  readonly signature: string
}

const pattern = /^([A-Za-z0-9_-]{1,64})\.([a-z2-7]{26})$/

/** Splits a token into what it claims to be; null for what cannot be one. Proves nothing: check the signature. */
export const parseSenderToken = (token: string): SenderToken | null => {
  const [, confirmId, signature] = pattern.exec(token) ?? []
  return confirmId === undefined || signature === undefined ? null : { confirmId, signature }
}

export const formatSenderToken = ({ confirmId, signature }: SenderToken): string =>
  `${confirmId}.${signature}`

/** What the signature is over. */
export const senderTokenMessage = (userId: string, confirmId: string): string =>
  `sender-token\0${userId}\0${confirmId}`

/** Characters of base32 that 130 bits take. */
export const senderSignatureLength = 26

export const senderConfirmPath = "/addresses/confirm"
