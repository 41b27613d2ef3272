import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import { mailboxLimit } from "@maillm/schema/Streams"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { RawSmtp } from "./rawSmtp.ts"
import { bindAddress, domain, smtpPort, smtpStack, userCommands } from "./testStack.ts"

const localPart = (name: string) => `${name}.${"a".repeat(26)}`
const address = (name: string) => `${localPart(name)}@${domain}`
const content = (text: string) => `From: ada@example.org\r\nMessage-ID: <${text}@x>\r\n\r\n${text}`

let nats: TestNats
let runtime: ReturnType<typeof smtpStack>
let port: number

beforeAll(async () => {
  nats = await startTestNats()
  runtime = smtpStack(nats.url)
  port = await runtime.runPromise(smtpPort)
  for (const name of ["ada", "full"]) await runtime.runPromise(bindAddress(localPart(name), name))
})
afterAll(async () => {
  await runtime?.dispose()
  await nats?.stop()
})

test("a full mailbox is 451, and another's is not", async () => {
  await runtime.runPromise(
    Effect.gen(function* () {
      const { userCommandsBefore } = yield* Effect.map(userCommands("full"), (all) => ({
        userCommandsBefore: all.length,
      }))
      expect(userCommandsBefore).toBe(0)
    }),
  )
  const client = await RawSmtp.open(port)
  for (let i = 0; i < mailboxLimit; i++) {
    expect(await client.mail([address("full")], content(`full ${i}`))).toMatch(/^250/)
  }
  expect(await client.mail([address("full")], content("one too many"))).toMatch(
    /^451 4\.3\.0 .*mailbox.*full/,
  )
  expect(await client.mail([address("ada")], content("not full"))).toMatch(/^250/)
  expect((await runtime.runPromise(userCommands("full"))).length).toBe(mailboxLimit)
  client.close()
})

test("NATS away: 451 and nothing promised; back again: the same mail is taken", async () => {
  const own = await startTestNats({ storeDir: mkdtempSync(join(tmpdir(), "maillm-smtp-")) })
  const stack = smtpStack(own.url)
  let second: TestNats | undefined
  try {
    const at = await stack.runPromise(smtpPort)
    await stack.runPromise(bindAddress(localPart("ada"), "ada"))
    const client = await RawSmtp.open(at)
    expect(await client.mail([address("ada")], content("before"))).toMatch(/^250/)
    await own.stop("SIGKILL")
    expect(await client.mail([address("ada")], content("during"))).toMatch(/^451 4\.3\.0/)
    expect(await client.mail([address("nobody")], content("during"))).toMatch(/^451 4\.3\.0/)
    second = await startTestNats({ storeDir: own.storeDir, port: own.port })
    await expect
      .poll(() => client.mail([address("ada")], content("during")), { timeout: 20_000, interval: 200 })
      .toMatch(/^250/)
    const mails = await stack.runPromise(userCommands("ada"))
    expect(mails.length).toBe(2)
    client.close()
  } finally {
    await stack.dispose()
    await second?.stop()
    rmSync(own.storeDir, { recursive: true, force: true, maxRetries: 10 })
  }
})

test("a port in use is one clear line with the remedy", async () => {
  const second = smtpStack(nats.url, {}, { smtpPort: port })
  await expect(second.runPromise(smtpPort)).rejects.toThrow(
    `port ${port} on 127.0.0.1 is in use. Stop what uses it, or set MAILLM_SMTP_PORT to another (0 for any).`,
  )
  await second.dispose()
})
