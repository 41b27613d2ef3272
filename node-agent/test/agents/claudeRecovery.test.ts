import { readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { runShell } from "../../src/model/testing/promptScript.ts"
import type { FakeProgram } from "../../src/model/testing/FakeReply.ts"
import { endIfThere } from "../testing/endIfThere.ts"
import { forwarders } from "../testing/forwarders.ts"
import { AgentBench, claudePath } from "../testing/AgentBench.ts"

/**
 * A model that makes the call until it is answered, also when it was interrupted in between, and then says what came
 * of it: as a real one would.
 */
const stubborn =
  (command: string): FakeProgram =>
  (turn) => {
    const said = turn.toolResults.at(-1)?.text
    const interrupted = said === undefined || /interrupted|rejected|doesn't want|no result/i.test(said)
    if (turn.answersSince === 0 || interrupted) return runShell(turn, command)
    return { kind: "text", text: `Result: ${said}` }
  }

/** What the model says once its command, which prints nothing, has run. */
const ran = expect.stringMatching(/^Result: \(Bash completed with no output\)$/)

describe.skipIf(claudePath === undefined)("nothing that waits is lost (needs MAILLM_TEST_CLAUDE)", () => {
  let bench: AgentBench
  beforeAll(async () => {
    bench = await AgentBench.start(claudePath ?? "")
  })
  beforeEach(() => bench.node.forkAgent())
  afterAll(() => bench?.stop())

  /** How often the command has run. */
  const runs = async (name: string) =>
    (await readFile(join(bench.node.dataDir, "workspaces/user1", name), "utf8").catch(() => "")).length
  const allow = (sessionId: string, turnId: string, approvalId: string) =>
    bench.node.resolve({ sessionId, turnId, approvalId, decision: "allow" })
  const asks = (turnId: string) =>
    bench.node.commands.flatMap(({ command }) =>
      command._tag === "AskApproval" && command.turnId === turnId ? [command.ask.approvalId] : [],
    )

  test("the node agent is killed while a person is asked: the same question, and the tool runs once", async () => {
    bench.api.setProgram(stubborn("printf x >>../../once1"))
    await bench.order("r1", "k1", "Do it please")
    const ask = await bench.asked("k1")
    await bench.untilDialog("r1")
    await bench.node.killAgent()
    await bench.node.forkAgent()
    await allow("r1", "k1", ask.approvalId)
    expect(await bench.node.ended("k1")).toMatchObject({ outcome: { _tag: "Answered" }, answer: ran })
    expect(await runs("../../once1")).toBe(1)
    expect(new Set(asks("k1"))).toEqual(new Set([ask.approvalId]))
    await bench.untilTold(ask.approvalId, "consumed")
  }, 60_000)

  test("answered while the node agent is away: carried out when it is back", async () => {
    bench.api.setProgram(stubborn("printf x >>../../once2"))
    await bench.order("r2", "k2", "Do it please")
    const ask = await bench.asked("k2")
    await bench.untilDialog("r2")
    await bench.node.killAgent()
    await allow("r2", "k2", ask.approvalId)
    await bench.node.forkAgent()
    expect(await bench.node.ended("k2")).toMatchObject({ outcome: { _tag: "Answered" }, answer: ran })
    expect(await runs("../../once2")).toBe(1)
  }, 60_000)

  test("the node agent is killed while a tool runs: the turn goes on and is told once", async () => {
    bench.api.setProgram((turn) =>
      turn.answersSince === 0
        ? runShell(turn, "printf x >>once6; sleep 2; printf y >>once6")
        : { kind: "text", text: "It is done." },
    )
    await bench.order("r6", "k6", "Take your time")
    await bench.untilScreen("r6", /Running|sleep 2/)
    await bench.node.killAgent()
    await bench.node.forkAgent()
    expect(await bench.node.ended("k6")).toMatchObject({
      outcome: { _tag: "Answered" },
      answer: "It is done.",
    })
    expect(await readFile(join(bench.node.dataDir, "workspaces/user1/once6"), "utf8")).toBe("xy")
    const ends = (await bench.node.storedCommands("r6")).filter(({ command }) => command._tag === "TurnEnded")
    expect(ends).toHaveLength(1)
  }, 60_000)

  test("a session that had a shell gets a terminal for its agent, and the other way round", async () => {
    bench.api.setProgram(() => ({ kind: "text", text: "I am an agent." }))
    expect((await bench.node.run("r7", "k7", "echo shell")).outputText).toBe("shell")
    expect((await bench.run("r7", "k8", "Who are you")).answer).toBe("I am an agent.")
    expect((await bench.node.run("r7", "k9", "echo shell again")).outputText).toBe("shell again")
  }, 60_000)

  test("the forwarder is killed: its dialog is closed once there is an answer, and the call made again", async () => {
    bench.api.setProgram(stubborn("printf x >>../../once3"))
    await bench.order("r3", "k3", "Do it please")
    const ask = await bench.asked("k3")
    await bench.untilDialog("r3")
    for (const pid of await forwarders(bench.node.dataDir)) endIfThere(pid)
    await allow("r3", "k3", ask.approvalId)
    expect(await bench.node.ended("k3")).toMatchObject({ outcome: { _tag: "Answered" }, answer: ran })
    expect(await runs("../../once3")).toBe(1)
    await bench.untilTold(ask.approvalId, "consumed")
    expect(new Set(asks("k3"))).toEqual(new Set([ask.approvalId]))
  }, 60_000)

  test.each(["cut", "facts"])(
    "killed with a conversation that has no message yet, begins anew: %s",
    async (how) => {
      const id = `p${how}`
      bench.api.setProgram(stubborn(`printf x >>../../once-${how}`))
      await bench.order(id, `k${how}`, "Do it please")
      const ask = await bench.asked(`k${how}`)
      await bench.untilDialog(id)
      await bench.node.tmux("kill-session", "-t", `=m_${id}:`)
      await cutConversations(bench.node.dataDir, how)
      await bench.api.waitForTurn(
        ({ lastUserText }) => lastUserText.endsWith("The request was: Do it please"),
        40_000,
      )
      await bench.untilDialog(id)
      await allow(id, `k${how}`, ask.approvalId)
      expect(await bench.node.ended(`k${how}`)).toMatchObject({
        outcome: { _tag: "Answered" },
        answer: ran,
      })
    },
    60_000,
  )

  test("the terminal is killed: the agent goes on with its conversation and asks the same question", async () => {
    bench.api.setProgram(stubborn("printf x >>../../once4"))
    await bench.order("r4", "k4", "Do it please")
    const ask = await bench.asked("k4")
    await bench.untilDialog("r4")
    await bench.node.tmux("kill-session", "-t", "=m_r4:")
    await bench.api.waitForTurn(
      ({ lastUserText }) => lastUserText.includes("interrupted by a restart"),
      40_000,
    )
    await bench.untilDialog("r4")
    await allow("r4", "k4", ask.approvalId)
    expect(await bench.node.ended("k4")).toMatchObject({ outcome: { _tag: "Answered" }, answer: ran })
    expect(await runs("../../once4")).toBe(1)
    expect(new Set(asks("k4"))).toEqual(new Set([ask.approvalId]))
  }, 60_000)

  test("node agent and terminal are killed together, and the answer comes meanwhile", async () => {
    bench.api.setProgram(stubborn("printf x >>../../once5"))
    await bench.order("r5", "k5", "Do it please")
    const ask = await bench.asked("k5")
    await bench.untilDialog("r5")
    await bench.node.killAgent()
    await bench.node.tmux("kill-server")
    await allow("r5", "k5", ask.approvalId)
    await bench.node.forkAgent()
    expect(await bench.node.ended("k5")).toMatchObject({ outcome: { _tag: "Answered" }, answer: ran })
    expect(await runs("../../once5")).toBe(1)
    expect(new Set(asks("k5"))).toEqual(new Set([ask.approvalId]))
  }, 60_000)

  test("allowed in time, and the node is back only after that time: carried out", async () => {
    bench.api.setProgram(stubborn("printf x >>../../once16"))
    await bench.order("r16", "k16", "Do it please", { approvalMillis: 4_000 })
    const ask = await bench.asked("k16")
    await bench.untilDialog("r16")
    await bench.node.killAgent()
    await allow("r16", "k16", ask.approvalId)
    await bench.node.until("the time is over", 10_000, () => Date.now() > ask.expiresAtMillis || undefined)
    await bench.node.forkAgent()
    expect(await bench.node.ended("k16")).toMatchObject({ outcome: { _tag: "Answered" }, answer: ran })
    expect(await runs("../../once16")).toBe(1)
  })

  test("killed before it has kept its conversation: it is told the request again", async () => {
    bench.api.setProgram(stubborn("printf x >>../../once17"))
    await bench.order("r17", "k17", "Do it please")
    const ask = await bench.asked("k17")
    await bench.untilDialog("r17")
    await bench.node.tmux("kill-session", "-t", "=m_r17:")
    await forgetConversations(bench.node.dataDir)
    await bench.api.waitForTurn(
      ({ lastUserText }) =>
        lastUserText.includes("interrupted by a restart") &&
        lastUserText.endsWith("The request was: Do it please"),
      40_000,
    )
    await bench.untilDialog("r17")
    await allow("r17", "k17", ask.approvalId)
    expect(await bench.node.ended("k17")).toMatchObject({ outcome: { _tag: "Answered" }, answer: ran })
    expect(await runs("../../once17")).toBe(1)
  }, 60_000)
})

/** As if it had been killed while it kept the first of it: a cut line, or lines of which none is a message. */
const cutConversations = async (dataDir: string, how: string) => {
  const folder = join(dataDir, "node/agents/user1/claude/projects")
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith(".jsonl")) continue
    const lines = (await readFile(join(folder, name), "utf8")).split("\n")
    const kept = lines.filter((line) => !/"type":"(user|assistant|attachment)"/.test(line)).join("\n")
    await writeFile(join(folder, name), how === "cut" ? kept.slice(0, 60) : kept)
  }
}

/** As if the machine had gone before any of it was written. */
const forgetConversations = async (dataDir: string) => {
  const folder = join(dataDir, "node/agents/user1/claude/projects")
  // Another session of the user may be writing there.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
}
