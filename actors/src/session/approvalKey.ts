import { createHmac } from "node:crypto"
import { base32 } from "@maillm/schema/base32"

/** Crockford's base32 without I, L, O and U; digits and letters apart. */
const digits = "0123456789"
const letters = "ABCDEFGHJKMNPQRSTVWXYZ"
const alphabet = digits + letters

const macOf = (secret: string, approvalId: string) =>
  createHmac("sha256", secret).update(`approval-answer\0${approvalId}`).digest()

/**
 * What an answer must carry: the code by which a person names an approval, and the tag in the id of the mail that asks. Both
 * follow from the installation's secret, so that whoever can guess an approval's id, as its agent can, cannot answer it.
 */
export interface ApprovalKey {
  /**
   * Five characters, of which the first is a digit and the second a letter, so that a code is told from a word and from a
   * number (schema/Intent.ts).
   */
  readonly code: string
  /** 80 bits as base32. */
  readonly tag: string
}

export const approvalKey = (secret: string, approvalId: string): ApprovalKey => {
  const bytes = macOf(secret, approvalId)
  const pick = (from: string, at: number) => from.charAt((bytes[at] ?? 0) % from.length)
  const code = pick(digits, 0) + pick(letters, 1) + pick(alphabet, 2) + pick(alphabet, 3) + pick(alphabet, 4)
  return { code, tag: base32(bytes.subarray(5, 15)) }
}
