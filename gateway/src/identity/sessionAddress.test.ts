import { expect, test } from "vitest"
import { parseLocalPart } from "@maillm/schema/Address"
import { sessionAddress, sessionSignature, verifySessionSignature } from "./sessionAddress.ts"

const secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"

test("is the documented construction: a value computed by other means (openssl and base32)", () => {
  // printf 'session-address\0u1\0s1' | openssl dgst -sha256 -hmac "$secret" -binary | head -c10 | base32 | tr A-Z a-z
  expect(sessionSignature(secret, "u1", "s1")).toBe("nb4qniagse74rxiu")
})

test("parses back and verifies", () => {
  const address = sessionAddress(secret, "maillm.localhost", "u1", "s1")
  const parsed = parseLocalPart(address.slice(0, address.indexOf("@")))
  if (parsed._tag !== "Session") throw new Error(`parsed as ${parsed._tag}`)
  expect(verifySessionSignature(secret, parsed.userId, parsed.sessionId, parsed.signature)).toBe(true)
})

test("refuses another user, another session, another secret, a cut signature", () => {
  const signature = sessionSignature(secret, "u1", "s1")
  expect(verifySessionSignature(secret, "u2", "s1", signature)).toBe(false)
  expect(verifySessionSignature(secret, "u1", "s2", signature)).toBe(false)
  expect(verifySessionSignature(`${secret}x`, "u1", "s1", signature)).toBe(false)
  expect(verifySessionSignature(secret, "u1", "s1", signature.slice(1))).toBe(false)
  expect(verifySessionSignature(secret, "u1", "s1", "")).toBe(false)
})
