import { expect, test } from "vitest"
import { verifyApprovalToken } from "./approvalLink.ts"

const secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"
/** As actors/session/approvalLink makes it; computed there by other means. */
const token = "u1.s1.a1.6pwlmelvxqrfe3ju65lfn5tpix"

test("a token that actors have made is known", () => {
  expect(verifyApprovalToken(secret, token)).toMatchObject({
    userId: "u1",
    sessionId: "s1",
    approvalId: "a1",
  })
})

test.each([
  ["another user", token.replace("u1", "u2")],
  ["another session", token.replace("s1", "s2")],
  ["another approval", token.replace("a1", "a2")],
  ["a signature that is cut", token.slice(0, -1)],
  ["a signature with a letter changed", `${token.slice(0, -1)}${token.endsWith("a") ? "b" : "a"}`],
  ["a signature in upper case", token.toUpperCase()],
  ["one part more", `${token}.x`],
  ["parts swapped", token.replace("u1.s1", "s1.u1")],
  ["a path", "../../etc/passwd"],
  ["nothing", ""],
])("not %s", (_, wrong) => {
  expect(verifyApprovalToken(secret, wrong)).toBeNull()
})

test("not one of another secret", () => {
  expect(verifyApprovalToken(`${secret}x`, token)).toBeNull()
})
