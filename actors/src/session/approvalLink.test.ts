import { expect, test } from "vitest"
import { approvalToken } from "./approvalLink.ts"

test("is the documented construction: a value computed by other means (openssl and base32)", () => {
  // printf 'approval-link\0u1\0s1\0a1' | openssl dgst -sha256 -hmac "$secret" -binary | base32 | tr A-Z a-z | head -c26
  expect(approvalToken("c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0", "u1", "s1", "a1")).toBe(
    "u1.s1.a1.6pwlmelvxqrfe3ju65lfn5tpix",
  )
})
