import fc from "fast-check"
import { describe, expect, it, test } from "vitest"
import { lastDay, legacyEndsMillis, parseLocalPart } from "@maillm/schema/Address"
import type { SignedKind, SignedLocalPart } from "@maillm/schema/Address"
import { legacyAddress, replyAddress, standingOf } from "./replyAddress.ts"

const secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"
const domain = "maillm.localhost"
const now = Date.UTC(2026, 10, 26, 12)
const dayMillis = 86_400_000

const parsed = (address: string) => {
  const found = parseLocalPart(address.slice(0, address.lastIndexOf("@")))
  if (found._tag !== "Signed" && found._tag !== "Legacy") throw new Error(`${address} is ${found._tag}`)
  return found
}
const characters = "abcdefghijklmnopqrstuvwxyz0123456789_-.".split("")
const localPartOf = (address: Parameters<typeof replyAddress>[2]) =>
  replyAddress(secret, domain, address).slice(0, -domain.length - 1)
const session = (day: string) => ({ kind: "session", userId: "u1", id: "s1", day }) as const

test("is the documented construction: values computed by other means (openssl and base32)", () => {
  // printf 'reply-address\0session\0u1\0s1\0fzz' | openssl dgst -sha256 -hmac "$secret" -binary | head -c10 | base32 | tr A-Z a-z
  expect(replyAddress(secret, domain, session("fzz"))).toBe(`r.u1.s1.fzz.cxml4mwhh2rauon3@${domain}`)
  // printf 'session-address\0u1\0s1' | …
  expect(legacyAddress(secret, domain, "u1", "s1")).toBe(`re.u1.s1.nb4qniagse74rxiu@${domain}`)
})

describe("the last day", () => {
  const day = lastDay(now, 90 * dayMillis)
  const address = parsed(replyAddress(secret, domain, session(day)))
  const end = Math.floor((now + 91 * dayMillis) / dayMillis) * dayMillis
  it.each([
    ["when it is made", now, "ours"],
    ["90 days later", now + 90 * dayMillis, "ours"],
    ["in the last moment of the day after", end + dayMillis - 1, "ours"],
    ["from then on", end + dayMillis, "expired"],
  ] as const)("%s", (_, at, standing) => expect(standingOf(secret, address, at)).toBe(standing))

  test("another day than the one that was signed is forged, and never said to be over", () => {
    for (const other of ["000", "zzz", lastDay(now, 91 * dayMillis)])
      expect(standingOf(secret, { ...address, day: other } as SignedLocalPart, now)).toBe("forged")
  })
})

test("addresses without an end are taken until 1 April 2027, and then are over", () => {
  const address = parsed(legacyAddress(secret, domain, "u1", "s1"))
  expect(new Date(legacyEndsMillis).toISOString()).toBe("2027-04-01T00:00:00.000Z")
  expect(standingOf(secret, address, legacyEndsMillis - 1)).toBe("ours")
  expect(standingOf(secret, address, legacyEndsMillis)).toBe("expired")
  expect(standingOf(secret, { ...address, signature: "a".repeat(16) }, legacyEndsMillis)).toBe("forged")
})

describe("whatever the ids", () => {
  const id = fc.stringMatching(/^[a-z0-9_-]{1,20}$/)
  const kind = fc.constantFrom<SignedKind>("session", "approval", "confirmation")
  const address = fc.record({ kind, userId: id, id })
  // As long as three digits last: until September 2097.
  const moment = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2087, 0) })
  const life = fc.integer({ min: 0, max: 3_650 * dayMillis })

  test("it fits, survives the folding of case, and is ours until its day and not longer", () => {
    fc.assert(
      fc.property(address, moment, life, (given, at, lifeMillis) => {
        const made = replyAddress(secret, domain, { ...given, day: lastDay(at, lifeMillis) })
        const localPart = made.slice(0, made.indexOf("@"))
        expect(localPart.length).toBeLessThanOrEqual(64)
        const found = parsed(made.toUpperCase())
        expect(found).toMatchObject({ _tag: "Signed", ...given })
        expect(standingOf(secret, found, at + lifeMillis)).toBe("ours")
        expect(standingOf(secret, found, at + lifeMillis + 2 * dayMillis)).toBe("expired")
      }),
    )
  })

  test("a character changed anywhere makes it forged, or nothing of ours", () => {
    fc.assert(
      fc.property(address, fc.nat(63), fc.constantFrom(...characters), (given, at, character) => {
        const made = localPartOf({ ...given, day: lastDay(now, dayMillis) })
        const position = at % made.length
        fc.pre(made[position] !== character)
        const changed = made.slice(0, position) + character + made.slice(position + 1)
        const found = parseLocalPart(changed)
        if (found._tag === "Signed" || found._tag === "Legacy")
          expect(standingOf(secret, found, now)).toBe("forged")
        else expect(found._tag).toBe("Unknown")
      }),
    )
  })

  test("one kind is never taken for another, nor one user's for another's", () => {
    fc.assert(
      fc.property(address, address, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other))
        const day = lastDay(now, dayMillis)
        const signature = localPartOf({ ...one, day }).slice(-16)
        expect(standingOf(secret, { _tag: "Signed", ...other, day, signature }, now)).toBe("forged")
      }),
    )
  })

  test("anything at all is split without a failure", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(parseLocalPart(text)._tag).toMatch(/^(Private|Signed|Legacy|Bounce|Unknown)$/)
      }),
    )
  })
})
