import { createHash, randomInt } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { sessionReplyAddress } from "./sessionReplyAddress.ts"
import { mailIdentity } from "../src/smtp/acceptMail.ts"
import { ServerSockets } from "./inSegments.ts"
import { RawSmtp } from "./rawSmtp.ts"
import { domain, secret, smtpPort, smtpStack, userCommands } from "./testStack.ts"

/** `MAILLM_FUZZ_SEED=N npm test -- gateway/test/smtpFuzz` runs what a failure named again. */
const seed = Number(process.env["MAILLM_FUZZ_SEED"] ?? randomInt(2 ** 31))
const mails = 1_000
const sessions = 100

const sockets = new ServerSockets()
let nats: TestNats
let runtime: ReturnType<typeof smtpStack>
let port: number

beforeAll(async () => {
  nats = await startTestNats()
  runtime = smtpStack(nats.url)
  port = await runtime.runPromise(smtpPort)
})
afterAll(async () => {
  sockets.stop()
  await runtime?.dispose()
  await nats?.stop()
})

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
const randomOf = (start: number) => {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
type Random = ReturnType<typeof randomOf>
const below = (random: Random, limit: number) => Math.floor(random() * limit)
const some = <A>(random: Random, most: number, make: () => A) =>
  Array.from({ length: below(random, most + 1) }, make)
const pick = (random: Random, all: ReadonlyArray<string>) => all[below(random, all.length)] ?? ""
const cut = (random: Random, text: string): ReadonlyArray<string> => {
  const points = some(random, 6, () => below(random, text.length + 1)).toSorted((a, b) => a - b)
  return [0, ...points].flatMap((from, i) => {
    const part = text.slice(from, points[i] ?? text.length)
    return part === "" ? [] : [part]
  })
}

const evil = "MAIL FROM:<evil@x.y>\r\nRCPT TO:<eve@z>\r\nDATA\r\n"
const pieces = [
  ".",
  "..",
  "\r\n",
  "\r\n",
  "\r\n.",
  "\r\n..",
  "\n",
  "\r",
  "\0",
  "a",
  "bc",
  " ",
  "\xff",
  "\r\n\r\n",
].concat(["\n.\n", "\r\n.\n", "\n.\r\n", "\r.\r\n", "\r\n.\r", "\r\n\0.\r\n", "QUIT\r\n", evil])

/**
 * What RFC 5321 §4.5.2 makes of the bytes after DATA, said once more and in another way than the server does: where
 * they end, and without the dots that were put before others. (A single dot before other text, which no client may
 * send, stays as it is.)
 */
const read = (sent: string) => {
  const end = `\r\n${sent}`.indexOf("\r\n.\r\n")
  const body = sent.slice(0, end)
  return `\r\n${body}`.replaceAll("\r\n..", "\r\n.").slice(2)
}
const isWellFormed = (body: string) => !/\r(?!\n)|(?<!\r)\n/.test(body)

test(`${mails} mails made to be misread, in random segments: one answer each, and exactly the bytes`, async () => {
  const random = randomOf(seed)
  let client = await RawSmtp.open(port)
  const counts = { accepted: 0, refused: 0 }
  for (let i = 0; i < mails; i++) {
    const to = sessionReplyAddress(secret, domain, `fuzz${i % 40}`, "s1")
    const made = some(random, 12, () => pick(random, pieces)).join("")
    const whole = `${made}\r\n.\r\n`
    const sent = whole.slice(0, `\r\n${whole}`.indexOf("\r\n.\r\n") + 3)
    const parts = cut(random, sent)
    const about = `seed ${seed}, mail ${i}: ${JSON.stringify(parts)}`
    expect(await client.start([to]), about).toMatch(/^354/)
    await sockets.send(client, parts)
    const reply = await client.reply()
    const body = read(sent)
    if (isWellFormed(body)) {
      const sha256 = createHash("sha256").update(body, "latin1").digest("hex")
      expect(reply, about).toMatch(new RegExp(`^250 2\\.0\\.0 Stored as ${mailIdentity(sha256, to).mailId}`))
      counts.accepted++
    } else {
      expect(reply, about).toMatch(/^550 5\.5\.2/)
      counts.refused++
    }
    expect(await client.command("NOOP"), about).toBe("250 OK")
    if (i % 50 !== 49) continue
    client.close()
    client = await RawSmtp.open(port)
  }
  client.close()
  // The generator makes both kinds.
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(mails / 10)
  expect(await runtime.runPromise(userCommands("eve"))).toEqual([])
})

const verbs = [
  "EHLO",
  "HELO",
  "MAIL FROM:",
  "RCPT TO:",
  "DATA",
  "RSET",
  "NOOP",
  "AUTH",
  "AUTH PLAIN",
  "AUTH LOGIN",
].concat([
  "STARTTLS",
  "VRFY",
  "EXPN",
  "HELP",
  "XCLIENT",
  "PROXY",
  "BDAT",
  "TURN",
  "",
  " ",
  "\t",
  "__proto__",
  "constructor",
])
const operands = [
  "<a@b.c>",
  "<>",
  "<@x:a@b>",
  `<eve@${domain}>`,
  "SIZE=",
  "SIZE=1",
  "SIZE=99999999999999999999",
  "BODY=8BITMIME",
]
  .concat([
    "SMTPUTF8",
    "RET=FULL",
    "NOTIFY=NEVER",
    "ENVID=+0D+0A",
    "\0",
    "\r",
    "\xff",
    "ü",
    "=",
    "+41",
    "x".repeat(300),
  ])
  .concat([
    "<a@[127.0.0.1]>",
    "<a@[IPv6:::1]>",
    `<"a b"@${domain}>`,
    "toString=1",
    "__proto__=1",
    "*",
    "=",
    "AGEAYg==",
  ])

test(`${sessions} connections of random commands: whole replies, no mail, and the server lives`, async () => {
  const random = randomOf(seed + 1)
  const before = (await runtime.runPromise(userCommands("*"))).length
  for (let i = 0; i < sessions; i++) {
    const client = await RawSmtp.open(port)
    for (let line = 0; line < 40; line++) {
      const words = [pick(random, verbs), ...some(random, 3, () => pick(random, operands))]
      const text = words.join(pick(random, [" ", " ", "", "\t"]))
      const about = `seed ${seed}, connection ${i}, line ${line}: ${JSON.stringify(text)}`
      const parts = cut(random, `${text}\r\n`)
      await sockets.send(client, parts)
      const reply = await client.reply()
      expect(reply, about).toMatch(/^(closed|\d{3}[ -][^\0-\x09\x0b-\x0c\x0e-\x1f]*|334)$/s)
      expect(reply, about).not.toMatch(/^(354|451)/)
      if (text.includes("\r")) expect(reply, about).toMatch(/^(521|421|closed)/)
      if (/^(closed|521|421|221)/.test(reply)) break
    }
    client.close()
  }
  expect(await runtime.runPromise(userCommands("*"))).toHaveLength(before)
  const last = await RawSmtp.open(port)
  expect(await last.command("NOOP")).toBe("250 OK")
  last.close()
})
