import { createHmac } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it, test } from "vitest"
import { evolveAccount } from "@maillm/schema/accountEvents"
import type { AccountEvent } from "@maillm/schema/accountEvents"
import { accountOf } from "@maillm/schema/accountOf"
import { UserId } from "@maillm/schema/Ids"
import type { UserRow } from "@maillm/schema/ReadModel"
import { base32 } from "@maillm/schema/base32"
import { bearer, fold, startHttpStack, userRow } from "./httpStack.ts"
import type { StartedHttp } from "./httpStack.ts"
import { domain, owner, secret, userCommands } from "./testStack.ts"

const day = 86_400_000
const now = Date.now()
const former = `ada.${"a".repeat(26)}`
const current = `ada.${"b".repeat(26)}`
const by = owner.email

let stack: StartedHttp
let row: UserRow
/** Folds what the user's actor would have decided. */
const decided = async (...events: ReadonlyArray<AccountEvent>) => {
  row = events.reduce((before, event) => evolveAccount(accountOf(before), event, now), row)
  await fold(stack, { users: [row] })
}
beforeAll(async () => {
  stack = await startHttpStack()
  row = userRow({ privateLocalPart: former, createdAtMillis: now - day })
  await decided({
    _tag: "AddressRotated",
    localPart: current,
    former,
    formerEndsAtMillis: now + day,
    by,
    atMillis: now,
  })
  const asked = { expiresAtMillis: now + day, by, atMillis: now }
  await decided(
    { _tag: "SenderAsked", address: "no@example.org", confirmId: "cno", ...asked },
    { _tag: "SenderDeclined", address: "no@example.org", confirmId: "cno", atMillis: now },
    { _tag: "SenderAsked", address: "work@example.org", confirmId: "cwork", ...asked },
    {
      _tag: "SenderAsked",
      address: "late@example.org",
      confirmId: "clate",
      ...asked,
      expiresAtMillis: now - 1,
    },
  )
})
afterAll(() => stack.stop())

const post = async (path: string, body: unknown) => {
  const response = await fetch(`${stack.url}/api/${path}`, {
    method: "POST",
    headers: { ...bearer, "content-type": "application/json" },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const told = async () => {
  const known = await stack.runtime.runPromise(userCommands(owner.userId))
  return known.map(({ command }) => command)
}
const token = (confirmId: string, userId: string = owner.userId, key = secret) =>
  `${confirmId}.${base32(createHmac("sha256", key).update(`sender-token\0${userId}\0${confirmId}`).digest()).slice(0, 26)}`

test("the account's addresses, with what each is now", async () => {
  const answer = await fetch(`${stack.url}/api/addresses`, { headers: bearer })
  expect(await answer.json()).toMatchObject({
    address: `${current}@${domain}`,
    addresses: [
      { address: `${current}@${domain}`, state: "current" },
      { address: `${former}@${domain}`, state: "ending" },
    ],
    senders: [
      { address: owner.email, state: "confirmed", primary: true },
      { address: "no@example.org", state: "declined" },
      { address: "work@example.org", state: "pending", primary: false },
      { address: "late@example.org", state: "expired" },
    ],
    shown: true,
  })
})

describe("what is refused is not told to the actor", () => {
  it.each<[string, string, unknown, number]>([
    ["a grace of more than 90 days", "addresses/rotate", { graceDays: 91 }, 400],
    ["a grace of less than none", "addresses/rotate", { graceDays: -1 }, 400],
    ["a grace of half a day", "addresses/rotate", { graceDays: 0.5 }, 400],
    ["to revoke the address that is given out", "addresses/revoke", { address: `${current}@${domain}` }, 409],
    ["to revoke another's", "addresses/revoke", { address: `ben.${"c".repeat(26)}@${domain}` }, 404],
    ["to ask what is no address", "senders", { address: "Ada <ada@example.org>" }, 400],
    ["to ask an address of maillm's own", "senders", { address: `x@${domain}` }, 409],
    ["to ask one that is confirmed", "senders", { address: owner.email.toUpperCase() }, 409],
    ["to ask one that has said no", "senders", { address: "no@example.org" }, 409],
    ["to remove the only confirmed one", "senders/remove", { address: owner.email }, 409],
    ["to remove one that is not there", "senders/remove", { address: "x@example.org" }, 404],
    ["a primary one that is not confirmed", "senders/primary", { address: "work@example.org" }, 409],
    ["a primary one that is not there", "senders/primary", { address: "x@example.org" }, 404],
    ["a token of another installation", "senders/confirm", { token: token("cwork", owner.userId, "x") }, 404],
    ["a token of another user", "senders/confirm", { token: token("cwork", "u2") }, 404],
    ["a token that confirms nothing now", "senders/confirm", { token: token("cgone") }, 404],
    ["a token that is late", "senders/confirm", { token: token("clate") }, 409],
    ["a token of who said no", "senders/confirm", { token: token("cno") }, 404],
    ["no token at all", "senders/confirm", { token: "" }, 404],
  ])("%s", async (_, path, body, status) => {
    const answer = await post(path, body)
    expect(answer).toMatchObject({
      status,
      body: { message: expect.any(String), remedy: expect.any(String) },
    })
    expect(await told()).toEqual([])
  })
})

test("a change is told to the actor, with who asks, and answered when it shows", async () => {
  const rotated = post("addresses/rotate", {})
  await expect.poll(told).toHaveLength(1)
  const [command] = await told()
  if (command?._tag !== "RotateAddress") throw new Error("not told")
  expect(command).toMatchObject({
    graceMillis: 7 * day,
    by,
    localPart: expect.stringMatching(/^ada\.[a-z2-7]{26}$/),
  })
  expect(command.localPart).not.toBe(current)
  await decided({
    _tag: "AddressRotated",
    localPart: command.localPart,
    former: current,
    formerEndsAtMillis: now + 7 * day,
    by,
    atMillis: now,
  })
  expect(await rotated).toMatchObject({
    status: 202,
    body: { address: `${command.localPart}@${domain}`, shown: true },
  })
  const confirmed = post("senders/confirm", { token: token("cwork") })
  await expect.poll(told).toHaveLength(2)
  expect((await told())[1]).toEqual({ _tag: "ConfirmSender", confirmId: "cwork", by })
  await decided({
    _tag: "SenderConfirmed",
    address: "work@example.org",
    confirmId: "cwork",
    via: "console",
    by,
    atMillis: now,
  })
  expect((await confirmed).status).toBe(202)
})

test("one that does not show within three seconds is answered so", async () => {
  expect(await post("senders/primary", { address: "work@example.org" })).toMatchObject({
    status: 202,
    body: { shown: false },
  })
})

test("nobody else's addresses are to be had", async () => {
  await fold(stack, {
    users: [userRow({ id: UserId.make("u2"), privateLocalPart: `ben.${"c".repeat(26)}` })],
  })
  const answer = await fetch(`${stack.url}/api/addresses`, { headers: bearer })
  expect(await answer.text()).not.toContain("ben.")
  expect((await fetch(`${stack.url}/api/addresses`)).status).toBe(401)
})
