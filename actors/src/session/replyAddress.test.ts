import { expect, test } from "vitest"
import { replyLocalPart } from "./replyAddress.ts"

test("is the documented construction, as the gateway checks it: a value computed by other means", () => {
  // printf 'reply-address\0session\0u1\0s1\0fzz' | openssl dgst -sha256 -hmac "$secret" -binary | head -c10 | base32 | tr A-Z a-z
  const secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"
  expect(replyLocalPart(secret, { kind: "session", userId: "u1", id: "s1", day: "fzz" })).toBe(
    "r.u1.s1.fzz.cxml4mwhh2rauon3",
  )
})
