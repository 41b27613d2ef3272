import { afterAll, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import { lastDay } from "@maillm/schema/Address"
import { directoryEntry } from "@maillm/schema/DirectoryEntry"
import { Nats } from "@maillm/actors/nats/Nats"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { legacyAddress, replyAddress } from "../src/identity/replyAddress.ts"
import { RawSmtp } from "./rawSmtp.ts"
import { bindAddress, domain, secret, smtpPort, smtpStack, userCommands } from "./testStack.ts"

const dayMillis = 86_400_000
const localPart = `ada.${"a".repeat(26)}`
const unknown = "550 5.1.1 No such recipient here"

let nats: TestNats
/** Two gateways of one installation. */
let gateways: ReadonlyArray<ReturnType<typeof smtpStack>>
let ports: ReadonlyArray<number>

beforeAll(async () => {
  nats = await startTestNats()
  gateways = [smtpStack(nats.url), smtpStack(nats.url)]
  ports = await Promise.all(gateways.map((gateway) => gateway.runPromise(smtpPort)))
})
afterAll(async () => {
  await Promise.all(gateways?.map((gateway) => gateway.dispose()) ?? [])
  await nats?.stop()
})

const first = () => {
  const [gateway] = gateways
  if (gateway === undefined) throw new Error("no gateway")
  return gateway
}
const entry = (value: string) =>
  first().runPromise(
    Effect.flatMap(Nats, (connected) =>
      Effect.promise(() => connected.bucket("DIRECTORY").put(localPart, value)),
    ),
  )
const answer = async (port: number, address: string) => {
  const client = await RawSmtp.open(port, true)
  try {
    await client.command("MAIL FROM:<ada@example.org>")
    return await client.command(`RCPT TO:<${address}>`)
  } finally {
    client.close()
  }
}
/** Until a gateway gives that answer; the bucket is watched, so it takes as long as the news. */
const untilAnswer = async (port: number, address: string, wanted: RegExp) => {
  const deadline = Date.now() + 5_000
  for (;;) {
    const given = await answer(port, address)
    if (wanted.test(given)) return given
    if (Date.now() > deadline) throw new Error(`still ${given}`)
  }
}

describe("a private address", () => {
  const address = `${localPart}@${domain}`

  test("takes mail until its end, on every gateway, and is then refused in the words of an unknown one", async () => {
    await first().runPromise(bindAddress(localPart, "u1"))
    for (const port of ports) expect(await answer(port, address)).toMatch(/^250/)
    await entry(directoryEntry("u1", Date.now() + dayMillis))
    for (const port of ports) expect(await answer(port, address)).toMatch(/^250/)
    await entry(directoryEntry("u1", Date.now()))
    for (const port of ports) {
      expect(await untilAnswer(port, address, /^550/)).toBe(unknown)
      expect(await answer(port, `ada.${"z".repeat(26)}@${domain}`)).toBe(unknown)
      expect(await answer(port, `nobody@${domain}`)).toBe(unknown)
    }
  })
})

describe("a reply address", () => {
  const reply = (kind: "approval" | "confirmation" | "session", id: string, at = Date.now()) =>
    replyAddress(secret, domain, { kind, userId: "u2", id, day: lastDay(at, dayMillis) })
  const port = () => ports[0] ?? 0

  test("says what it is for; one of version 0.1.0 is taken as well", async () => {
    const addresses = [
      reply("session", "s1"),
      reply("approval", "tag"),
      reply("confirmation", "c1"),
      legacyAddress(secret, domain, "u2", "s2"),
    ]
    const client = await RawSmtp.open(port(), true)
    try {
      expect(await client.mail(addresses, "From: ada@example.org\r\n\r\nyes")).toMatch(/^250/)
    } finally {
      client.close()
    }
    const commands = await first().runPromise(userCommands("u2"))
    expect(
      commands.flatMap(({ command }) => (command._tag === "ReceiveMail" ? [command.recipient] : [])),
    ).toEqual(
      expect.arrayContaining([
        { _tag: "Session", sessionId: "s1" },
        { _tag: "Approval", tag: "tag" },
        { _tag: "Confirmation", confirmId: "c1" },
        { _tag: "Session", sessionId: "s2" },
      ]),
    )
  })

  test("that is over says so and what to do; a forged one that would be over does not", async () => {
    const past = Date.now() - 10 * dayMillis
    expect(await answer(port(), reply("session", "s1", past))).toBe(
      "550 5.2.1 This reply address has expired: reply to a newer mail, or write to your private address",
    )
    const forged = replyAddress("another secret", domain, {
      kind: "session",
      userId: "u2",
      id: "s1",
      day: lastDay(past, dayMillis),
    })
    expect(await answer(port(), forged)).toBe(unknown)
  })
})
