import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failWith } from "@maillm/node-agent/model/testing/FakeReply"
import { promptScript } from "@maillm/node-agent/model/testing/promptScript"
import { AgentInstallation } from "../src/testing/AgentInstallation.ts"

const claude = process.env["MAILLM_TEST_CLAUDE"] !== undefined
const both = claude && process.env["MAILLM_TEST_CODEX"] !== undefined

describe.skipIf(!both)("an agent whose provider is down (needs claude, codex and tmux)", () => {
  let at: AgentInstallation
  beforeAll(async () => {
    at = await AgentInstallation.open({ MAILLM_FAILOVER: "codex" })
    const script = promptScript()
    at.api.setProgram((turn) => (turn.api === "messages" ? failWith(529) : script(turn)))
  }, 90_000)
  afterAll(() => at.dispose())

  it("is succeeded by the next of the fail-over list, and the answer says who did it", async () => {
    const answer = await at.answerTo(await at.mail("SAY: done by another"), 150_000)
    // What the first was told comes along as a file, which this model is sent to and does not read.
    expect(answer.text).toContain(`.maillm/requests/${answer.requestId}.md`)
    expect(answer.text).toContain("Agent: Codex")
    const { request, timeline } = await at.request(answer.requestId ?? "")
    expect(request).toMatchObject({ state: "done", driver: "codex" })
    expect(timeline.map(({ type }) => type)).toContain("DriverChosen")
  }, 180_000)
})

describe.skipIf(!claude)("an agent at a limit (needs claude and tmux)", () => {
  let at: AgentInstallation
  beforeAll(async () => {
    at = await AgentInstallation.open({ MAILLM_SPENDING_CAP_USD: "0.01" })
  }, 90_000)
  afterAll(() => at.dispose())

  it("is waited for until the provider's reset; its thread is told how to give it up, and stop does", async () => {
    const script = promptScript()
    at.api.setProgram(() => failWith(429, { retryAfterSeconds: 3_600 }))
    await at.mail("SAY: later")
    const notice = await at.mailOut("it waits", ({ text }) => text.startsWith("Waiting until"), 60_000)
    expect(notice.text).toContain('reply "stop"')
    const row = await at.requestIn(["queued"], ({ text }) => text === "SAY: later")
    expect(row.stateReason).toContain("Waiting until")
    await at.reply(notice, "stop")
    await at.requestIn(["cancelled"], ({ id }) => id === row.id)
    at.api.setProgram(script)
  }, 120_000)

  it("of the month's spending stops before the next turn, and says so", async () => {
    // The provider's limit is the node's knowledge, which the first session's stop does not change: another one waits too.
    const { maillm } = at
    await maillm.end("SIGTERM")
    await maillm.start()
    const first = await at.answerTo(await at.mail("SAY: this costs more than a cent"), 90_000)
    expect(first.text).toMatch(/Cost: \$0\.0[1-9]/)
    const second = await at.answerTo(await at.mail("SAY: not any more"), 60_000)
    expect(second.text).toContain("Not run: the spending cap is reached.")
    expect(second.text).toContain("the cap is $0.01")
    expect(at.api.turns.some(({ lastUserText }) => lastUserText.includes("not any more"))).toBe(false)
  }, 180_000)
})
