import { createHash } from "node:crypto"

/** Crockford's base32 without I, L, O and U; digits and letters apart. */
const digits = "0123456789"
const letters = "ABCDEFGHJKMNPQRSTVWXYZ"
const alphabet = digits + letters

/**
 * Five characters by which a person names an approval; they follow from its id. The first is a digit and the second a
 * letter, so that a code is told from a word and from a number (schema/Intent.ts).
 */
export const approvalCode = (approvalId: string): string => {
  const bytes = createHash("sha256").update(`approval-code\0${approvalId}`).digest()
  const pick = (from: string, at: number) => from.charAt((bytes[at] ?? 0) % from.length)
  return pick(digits, 0) + pick(letters, 1) + pick(alphabet, 2) + pick(alphabet, 3) + pick(alphabet, 4)
}
