import { createHash, randomBytes } from "node:crypto"

/** 256 random bits as base64url: 43 characters. Kept nowhere but with its holder. */
export const newOpaqueToken = () => randomBytes(32).toString("base64url")

/** What is stored of an opaque token: its SHA-256 as lower-case hex. A look-up by it needs no comparison. */
export const hashOfToken = (token: string) => createHash("sha256").update(token, "utf8").digest("hex")

/** True for text that can be such a token; anything else is not worth a look-up. */
export const isOpaqueToken = (text: string) => /^[A-Za-z0-9_-]{43}$/.test(text)
