import { afterAll, beforeAll, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { ServerSockets } from "./inSegments.ts"
import { RawSmtp } from "./rawSmtp.ts"
import { bindAddress, domain, smtpPort, smtpStack, userCommands } from "./testStack.ts"

const localPart = (name: string) => `${name}.${"a".repeat(26)}`
const address = (name: string) => `${localPart(name)}@${domain}`
const content = (text: string) => `From: ada@example.org\r\nMessage-ID: <${text}@x>\r\n\r\n${text}`

const sockets = new ServerSockets()
let nats: TestNats
let runtime: ReturnType<typeof smtpStack>
let port: number

beforeAll(async () => {
  nats = await startTestNats()
  runtime = smtpStack(nats.url)
  port = await runtime.runPromise(smtpPort)
  for (const name of ["ada", "eve"]) await runtime.runPromise(bindAddress(localPart(name), name))
})
afterAll(async () => {
  sockets.stop()
  await runtime?.dispose()
  await nats?.stop()
})

const lastOfAda = async () => {
  const last = (await runtime.runPromise(userCommands("ada"))).at(-1)?.command
  if (last?._tag !== "ReceiveMail") throw new Error("no mail")
  const raw = await runtime.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.get(last.raw)))
  return Buffer.from(raw).toString("latin1")
}

/** Every way to cut the text, each byte boundary being a cut or none. */
const allSegmentations = (text: string): ReadonlyArray<ReadonlyArray<string>> => {
  const [first, ...rest] = text
  if (first === undefined) return [[]]
  if (rest.length === 0) return [[first]]
  return allSegmentations(rest.join("")).flatMap(([head = "", ...tail]) => [
    [first, head, ...tail],
    [first + head, ...tail],
  ])
}

/** Those of smtpsmug, which found CVE-2023-51764, -51765 and -51766. */
const fakeEndings = [
  "\n.\n",
  "\r.\r",
  "\r.\n",
  "\n.\r",
  "\n.\r\n",
  "\r\n.\n",
  "\r.\r\n",
  "\r\n.\r",
  "\r\n\0.\r\n",
  "\r\n.\0\r\n",
]
const hidden = `MAIL FROM:<evil@x.y>\r\nRCPT TO:<${address("eve")}>\r\nDATA\r\nSubject: smuggled\r\n\r\nsmuggled`

describe("a fake end of data smuggles nothing, in whatever segments it comes", () => {
  test.each(fakeEndings.map((ending) => [JSON.stringify(ending), ending] as const))(
    "%s",
    async (name, ending) => {
      const client = await RawSmtp.open(port)
      for (const [index, cut] of allSegmentations(ending).entries()) {
        expect(await client.start([address("ada")])).toMatch(/^354/)
        const head = content(`${name}${index}`)
        await sockets.send(client, [head, ...cut, `${hidden}\r\n.\r\n`])
        // One answer for all of it. What follows is the answer to NOOP, not to a smuggled MAIL.
        expect(await client.reply()).toMatch(ending.includes("\0") ? /^250 2\.0\.0 Stored/ : /^550 5\.5\.2/)
        expect(await client.command("NOOP")).toBe("250 OK")
      }
      if (ending.includes("\0")) expect((await lastOfAda()).endsWith(`${ending}${hidden}\r\n`)).toBe(true)
      client.close()
      expect(await runtime.runPromise(userCommands("eve"))).toEqual([])
    },
  )

  test("the true ending, in any segments, ends one mail, and the next command is one", async () => {
    const client = await RawSmtp.open(port)
    for (const [index, cut] of allSegmentations("\r\n.\r\n").entries()) {
      expect(await client.start([address("ada")])).toMatch(/^354/)
      const text = content(`whole ${index}`)
      await sockets.send(client, [text, ...cut])
      expect(await client.reply()).toMatch(/^250 2\.0\.0 Stored/)
      expect(await client.command("NOOP")).toBe("250 OK")
      expect(await lastOfAda()).toBe(`${text}\r\n`)
    }
    client.close()
  })
})

describe("dots", () => {
  test.each([
    ["..\r\nx\r\n", ".\r\nx\r\n"],
    ["..\r\n..\r\n", ".\r\n.\r\n"],
    ["...\r\n", "..\r\n"],
    ["a\r\n..\r\nb\r\n", "a\r\n.\r\nb\r\n"],
    ["a\r\n..b\r\n.c\r\n", "a\r\n.b\r\n"],
  ])("%j is stored as such, however it is cut", async (sent, stored) => {
    // What RFC 5321 §4.5.2 does not foresee, a single dot before other text, may lose its dot or keep it.
    const either = [stored, `${stored}.c\r\n`, `${stored}c\r\n`]
    const client = await RawSmtp.open(port)
    for (let at = 0; at <= sent.length; at++) {
      expect(await client.start([address("ada")])).toMatch(/^354/)
      await sockets.send(
        client,
        [sent.slice(0, at), sent.slice(at), ".\r\n"].filter((part) => part !== ""),
      )
      expect(await client.reply()).toMatch(/^250 2\.0\.0 Stored/)
      expect(await client.command("NOOP")).toBe("250 OK")
      expect(either).toContain(await lastOfAda())
    }
    client.close()
  })

  test("an empty mail is a mail", async () => {
    const client = await RawSmtp.open(port)
    for (const cut of allSegmentations(".\r\n")) {
      expect(await client.start([address("ada")])).toMatch(/^354/)
      await sockets.send(client, cut)
      expect(await client.reply()).toMatch(/^250 2\.0\.0 Stored/)
      expect(await client.command("NOOP")).toBe("250 OK")
    }
    expect(await lastOfAda()).toBe("")
    client.close()
  })
})

test("a bare CR or LF in a header", async () => {
  const client = await RawSmtp.open(port)
  for (const header of ["Subject: a\nBcc: b", "Subject: a\rBcc: b"]) {
    expect(await client.mail([address("ada")], `${header}\r\n\r\ntext`)).toMatch(/^550 5\.5\.2/)
  }
  client.close()
})

describe("a command that ends otherwise than in CR LF is refused, and nothing after it is heard", () => {
  test.each(["\n", "\r", "\r\r\n", "\n\r\n"].map((end) => [JSON.stringify(end), end] as const))(
    "%s",
    async (_, end) => {
      const commands = [
        ["NOOP"],
        [`MAIL FROM:<ada@example.org>`],
        ["MAIL FROM:<ada@example.org>", `RCPT TO:<${address("eve")}>`],
        ["MAIL FROM:<ada@example.org>", `RCPT TO:<${address("eve")}>`, "DATA"],
      ]
      for (const lines of commands) {
        const client = await RawSmtp.open(port)
        for (const line of lines.slice(0, -1)) expect(await client.command(line)).toMatch(/^250/)
        client.send(`${lines.at(-1)}${end}NOOP\r\n${content("smuggled")}\r\n.\r\n`)
        expect(await client.reply()).toBe(
          "521 5.5.2 Lines must end in CR LF; this command has a bare CR or LF",
        )
        expect(await client.reply()).toBe("closed")
        client.close()
      }
      expect(await runtime.runPromise(userCommands("eve"))).toEqual([])
    },
  )

  test("behind a mail, in one segment with it: the mail is taken, what follows is not", async () => {
    const client = await RawSmtp.open(port)
    expect(await client.start([address("ada")])).toMatch(/^354/)
    client.send(`${content("before")}\r\n.\r\n${hidden.replace("\r\n", "\n")}\r\n.\r\n`)
    expect(await client.reply()).toMatch(/^250 2\.0\.0 Stored/)
    expect(await client.reply()).toMatch(/^521 5\.5\.2/)
    expect(await client.reply()).toBe("closed")
    expect(await runtime.runPromise(userCommands("eve"))).toEqual([])
  })
})
