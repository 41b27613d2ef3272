import * as Effect from "effect/Effect"
import { describe, expect, it, test } from "vitest"
import { lastDay, legacyEndsMillis } from "@maillm/schema/Address"
import { SessionId } from "@maillm/schema/Ids"
import { legacyAddress, replyAddress } from "../identity/replyAddress.ts"
import { deliveries, resolveRecipient } from "./recipients.ts"
import type { Target } from "./recipients.ts"

const domain = "maillm.test"
const secret = "a secret of this test"
const now = Date.UTC(2026, 10, 26)
const ada = `ada.${"a".repeat(26)}`
const ended = `ada.${"e".repeat(26)}`
const day = lastDay(now, 86_400_000)

/** What is answered, and what was looked up for it. */
const resolve = (address: string, at = now) => {
  const lookups: Array<string> = []
  const directory = {
    find: (localPart: string) =>
      Effect.sync(() => {
        lookups.push(localPart)
        return localPart === ada ? "u1" : null
      }),
  }
  const found = Effect.runSync(resolveRecipient({ domain, secret, directory }, address, at))
  return { found, lookups: lookups.length }
}
const reply = (kind: "approval" | "confirmation" | "session", id: string, until = day) =>
  replyAddress(secret, domain, { kind, userId: "u1", id, day: until })

test("unknown, ended and forged addresses are one answer, by one lookup each", () => {
  const forged = (kind: "approval" | "confirmation" | "session") =>
    replyAddress("another secret", domain, { kind, userId: "u1", id: "s1", day })
  for (const address of [
    `nobody@${domain}`,
    `${"x".repeat(200)}@${domain}`,
    `ada.${"c".repeat(26)}@${domain}`,
    `${ended}@${domain}`,
    forged("session"),
    forged("approval"),
    forged("confirmation"),
    replyAddress("another secret", domain, { kind: "session", userId: "u1", id: "s1", day: "000" }),
    legacyAddress("another secret", domain, "u1", "s1"),
    `b.m1.${day}.${"a".repeat(16)}@${domain}`,
  ])
    expect({ address, ...resolve(address) }).toEqual({ address, found: "unknown", lookups: 1 })
})

test("what is of another domain is not looked for", () => {
  expect(resolve(`${ada}@elsewhere.test`)).toEqual({ found: "unknown", lookups: 0 })
})

describe("ours", () => {
  it.each<[string, string, Target["recipient"]]>([
    ["private", `${ada.toUpperCase()}@${domain}`, { _tag: "Private" }],
    ["of a session", reply("session", "s1"), { _tag: "Session", sessionId: SessionId.make("s1") }],
    ["of a question", reply("approval", "tag"), { _tag: "Approval", tag: "tag" }],
    ["of a confirmation", reply("confirmation", "c1"), { _tag: "Confirmation", confirmId: "c1" }],
    [
      "of a session, without an end",
      legacyAddress(secret, domain, "u1", "s1"),
      { _tag: "Session", sessionId: SessionId.make("s1") },
    ],
  ])("%s", (_, address, recipient) => {
    expect(resolve(address).found).toEqual({ userId: "u1", recipient, address })
  })
})

test("one that was ours is said to be over", () => {
  for (const kind of ["session", "approval", "confirmation"] as const)
    expect(resolve(reply(kind, "s1"), now + 3 * 86_400_000).found).toBe("expired")
  expect(resolve(legacyAddress(secret, domain, "u1", "s1"), legacyEndsMillis).found).toBe("expired")
})

test("who answers to a reply address and the private one means the reply; two reply addresses are two mails", () => {
  const target = (userId: string, recipient: Target["recipient"]): Target => ({
    userId,
    recipient,
    address: "x",
  })
  const session = target("u1", { _tag: "Session", sessionId: SessionId.make("s1") })
  const approval = target("u1", { _tag: "Approval", tag: "t1" })
  const own = target("u1", { _tag: "Private" })
  const others = target("u2", { _tag: "Private" })
  expect(deliveries([own, approval, own, others])).toEqual([approval, others])
  expect(deliveries([session, approval, session])).toEqual([session, approval])
  expect(deliveries([own])).toEqual([own])
})
