import { randomBytes } from "node:crypto"

/** A private address' local part that nobody can guess: `<name>.` and 130 random bits as 26 characters of base32. */
export const newLocalPart = (name: string): string =>
  `${name}.${Array.from(randomBytes(26), (byte) => "abcdefghijklmnopqrstuvwxyz234567".charAt(byte & 31)).join("")}`
