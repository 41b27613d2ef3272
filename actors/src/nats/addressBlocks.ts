import { createHash } from "node:crypto"

/** Key in MARKS of what stops mail to an address (`AddressBlock`, or null); without regard to case. */
export const addressBlockKey = (address: string): string =>
  `dead.${createHash("sha256").update(address.trim().toLowerCase()).digest("hex").slice(0, 32)}`
