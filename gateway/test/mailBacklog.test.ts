import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import { jobSubject } from "@maillm/schema/Subjects"
import { Nats } from "@maillm/actors/nats/Nats"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { RawSmtp } from "./rawSmtp.ts"
import { bindAddress, domain, smtpPort, smtpStack, userCommands } from "./testStack.ts"

const localPart = (name: string) => `${name}.${"a".repeat(26)}`
const address = (name: string) => `${localPart(name)}@${domain}`
const content = (text: string) => `From: ada@example.org\r\n\r\n${text}`

let nats: TestNats
let runtime: ReturnType<typeof smtpStack>
beforeAll(async () => {
  nats = await startTestNats()
  runtime = smtpStack(nats.url, { waitingMailLimit: 3 })
  for (const name of ["ada", "eve"]) await runtime.runPromise(bindAddress(localPart(name), name))
})
afterAll(async () => {
  await runtime?.dispose()
  await nats?.stop()
})

const jobs = (count: number, bytes = 10) =>
  runtime.runPromise(
    Effect.flatMap(Nats, ({ js }) =>
      Effect.promise(async () => {
        for (let i = 0; i < count; i++)
          await js.publish(jobSubject("parse-mail", "ada"), new Uint8Array(bytes))
      }),
    ),
  )
const readAll = () =>
  runtime.runPromise(Effect.flatMap(Nats, ({ jsm }) => Effect.promise(() => jsm.streams.purge("JOBS"))))
const soon = { timeout: 10_000, interval: 100 }

/** What the server says of a recipient. */
const recipient = async (client: RawSmtp, name: string) => {
  await client.command("MAIL FROM:<ada@example.org>")
  const reply = await client.command(`RCPT TO:<${address(name)}>`)
  await client.command("RSET")
  return reply
}

test("while nobody reads mail, one user's further mails are refused for now, others' are not", async () => {
  const client = await RawSmtp.open(await runtime.runPromise(smtpPort))
  expect(await client.mail([address("ada")], content("first"))).toMatch(/^250/)
  await jobs(3)
  await expect
    .poll(() => recipient(client, "ada"), soon)
    .toMatch(/^451 4\.3\.0 .*3 mails to this address wait to be read/)
  expect(await client.mail([address("eve")], content("another"))).toMatch(/^250/)
  expect((await runtime.runPromise(userCommands("ada"))).length).toBe(1)
  await readAll()
  await expect.poll(() => recipient(client, "ada"), soon).toMatch(/^250/)
  expect(await client.mail([address("ada")], content("second"))).toMatch(/^250/)
  client.close()
})

test("half a JOBS of jobs is enough for all: actors must find room in it", async () => {
  const client = await RawSmtp.open(await runtime.runPromise(smtpPort))
  await jobs(2, 1024 ** 2)
  expect(await recipient(client, "eve")).toMatch(/^250/)
  await jobs(31, 1024 ** 2)
  await expect
    .poll(() => recipient(client, "eve"), soon)
    .toMatch(/^451 4\.3\.0 .*too many mails wait to be read/)
  await readAll()
  await expect.poll(() => recipient(client, "eve"), soon).toMatch(/^250/)
  client.close()
})
