import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { nodeFolder } from "@maillm/node-agent/files/NodeFolder"
import { eventually } from "../src/testing/eventually.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"
import { processesOf } from "../src/testing/processesOf.ts"
import type { ProcessFound } from "../src/testing/processesOf.ts"
import { sendMail } from "../src/testing/sendMail.ts"

describe("stopping and starting again (needs tmux)", () => {
  const maillm = new LocalProcess()
  let number = 0
  beforeAll(async () => {
    console.log(`first start: ${(await maillm.start()).toFixed(0)} ms`)
  })
  afterAll(() => maillm.dispose())

  const ask = async (text: string, to = maillm.owner.address) => {
    const messageId = `<restart-${(number += 1)}@sender.test>`
    await sendMail({ port: maillm.ports.smtp, from: maillm.owner.email, to, subject: text, text, messageId })
    return messageId
  }
  const reply = (messageId: string) =>
    eventually(`the reply to ${messageId}`, async () => {
      const replies = (await maillm.messages("direction=out")).filter(
        ({ inReplyTo }) => inReplyTo === messageId,
      )
      expect(replies.length).toBeLessThan(2)
      return replies.find(({ state }) => state === "kept") ?? null
    })
  const running = () =>
    eventually("the turn runs", async () =>
      (await maillm.requests()).some(({ state }) => state === "running") ? true : null,
    )

  it("SIGTERM ends everything that it started, but the panes; the turn goes on and is answered after the next start", async () => {
    const first = await reply(await ask("echo $$ > shell.pid; kept=variable; echo ready"))
    const asked = await ask("sleep 3; echo done; date +%s%N > ended", first.from)
    await running()
    const before = processesOf(maillm.dataDir)
    expect(before.map(({ name }) => name)).toEqual(expect.arrayContaining(["nats-server", "bash"]))
    expect(await maillm.end("SIGTERM")).toBe(0)
    const endedAt = Date.now()
    const left = processesOf(maillm.dataDir)
    expect(left.map(({ name }) => name)).toContain("bash")
    expect(left.filter(notOfPane)).toEqual([])

    const workspace = nodeFolder(maillm.dataDir).workspace("owner")
    const ended = await eventually("the turn ends by itself", () => readOrNull(join(workspace, "ended")))
    expect(Number(ended) / 1e6).toBeGreaterThan(endedAt)

    console.log(`second start: ${(await maillm.start()).toFixed(0)} ms`)
    expect((await reply(asked)).text).toContain("done")
    const shell = readFileSync(join(workspace, "shell.pid"), "utf8").trim()
    const same = await reply(await ask('echo "$kept in $$"', first.from))
    expect(same.text).toContain(`variable in ${shell}`)
  }, 60_000)

  it("a turn that outlives the next start is answered too, once", async () => {
    const asked = await ask("until [ -e on ]; do sleep 0.1; done; echo went on")
    await running()
    expect(await maillm.end("SIGTERM")).toBe(0)
    console.log(`third start: ${(await maillm.start()).toFixed(0)} ms`)
    await running()
    await reply(await ask("touch on"))
    expect((await reply(asked)).text).toContain("went on")
  }, 60_000)

  it("Ctrl-C in its terminal ends it as well, and nothing is left behind but panes", async () => {
    expect(await maillm.end("SIGINT")).toBe(0)
    expect(processesOf(maillm.dataDir).filter(notOfPane)).toEqual([])
  })
})

it("an own address that is set after the first start is the one that counts (needs tmux)", async () => {
  const maillm = new LocalProcess()
  try {
    await maillm.start()
    expect(await maillm.end("SIGTERM")).toBe(0)
    const email = "ada@new.example"
    writeFileSync(join(maillm.dataDir, ".env"), `MAILLM_OWNER_EMAIL=${email}\n`)
    await maillm.start()
    expect(maillm.owner.email).toBe(email)
    const { smtp: port } = maillm.ports
    await sendMail({ port, from: email, to: maillm.owner.address, subject: "moved", text: "echo moved" })
    const reply = await eventually("the reply to the new address", async () => {
      const [first] = await maillm.messages("direction=out&state=kept")
      return first ?? null
    })
    expect(reply.to).toBe(email)
  } finally {
    await maillm.dispose()
  }
}, 60_000)

/** A pane is tmux, the sink of its output, the shell and what that runs. */
const notOfPane = ({ name }: ProcessFound) => !/^(tmux|bash$|sh$|dd$|sleep$)/.test(name)

const readOrNull = (path: string) => {
  try {
    const text = readFileSync(path, "utf8").trim()
    return text === "" ? null : text
  } catch {
    return null
  }
}
