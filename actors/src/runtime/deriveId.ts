import { createHash } from "node:crypto"
import { base32 } from "@maillm/schema/base32"

/** An id that follows from its source: `prefix` and 50 bits of SHA-256 as ten characters of base32. */
export const deriveId = (prefix: string, ...source: ReadonlyArray<string>): string =>
  prefix + base32(createHash("sha256").update(source.join("\0")).digest().subarray(0, 7)).slice(0, 10)
