import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import { promptScript } from "../../src/model/testing/promptScript.ts"
import { AgentBench, claudePath } from "../testing/AgentBench.ts"
import { WrappedClaude } from "../testing/WrappedClaude.ts"
import { eventually } from "./eventually.ts"

// On a busy machine each start of the program takes many times as long.
vi.setConfig({ testTimeout: 90_000 })

/** Ten minutes and an hour, shortened. */
const bounds = { alarmMillis: 1_000, hangMillis: 6_000, takenMillis: 1_500 }

describe.skipIf(claudePath === undefined)("Claude Code hangs (needs MAILLM_TEST_CLAUDE)", () => {
  let bench: AgentBench
  let program: WrappedClaude
  beforeAll(async () => {
    program = await WrappedClaude.make(claudePath ?? "")
    bench = await AgentBench.start(program.path, "claude", bounds)
    await bench.startNode()
  })
  beforeEach(() => bench.api.setProgram(promptScript()))
  afterAll(async () => {
    await bench?.stop()
    await program?.remove()
  })

  const hung = {
    _tag: "AgentFailed",
    fault: {
      kind: "agent-broken",
      message: expect.stringMatching(/no sign of life for \d+ minutes/),
      workBegun: false,
    },
  }
  const untilAlarm = (sessionId: string) =>
    eventually(async () =>
      expect((await bench.node.shot(sessionId)).agent).toMatchObject({
        conflict: expect.stringMatching(/^no sign of life/),
      }),
    )
  const goesOn = async (sessionId: string, turnId: string) => {
    expect((await bench.run(sessionId, turnId, "SAY: Here again.")).answer).toBe("Here again.")
    await eventually(async () =>
      expect((await bench.node.shot(sessionId)).agent).toMatchObject({ state: "idle", conflict: "" }),
    )
  }

  test("its model never answers: an alarm, then the end; the next turn goes on with the conversation", async () => {
    expect((await bench.run("h1", "a1", "SAY: Remember the blue door.")).answer).toContain("blue door")
    await bench.order("h1", "a2", "HANG")
    await bench.api.waitForTurn(({ lastUserText }) => lastUserText.includes("HANG"), 25_000)
    await untilAlarm("h1")
    const result = await bench.node.ended("a2")
    expect(result.outcome).toMatchObject(hung)
    // What it showed is kept, though its terminal is gone.
    expect(result.outputText).toContain("HANG")
    await bench.untilState("h1", "ended")
    await goesOn("h1", "a3")
    expect(JSON.stringify(bench.api.turns.at(-1)?.messages)).toContain("blue door")
  })

  test("it is stopped in the middle of its work: the same, and nothing of it goes on later", async () => {
    await bench.order("h2", "b1", "RUN: sleep 3; touch late")
    await bench.api.waitForTurn(({ lastUserText }) => lastUserText.includes("touch late"), 25_000)
    const [pid = 0] = await programs(bench.node.dataDir)
    process.kill(pid, "SIGSTOP")
    await untilAlarm("h2")
    expect((await bench.node.ended("b1")).outcome).toMatchObject({ ...hung, fault: { kind: "agent-broken" } })
    await eventually(() => expect(isAlive(pid)).toBe(false))
    await goesOn("h2", "b2")
  })

  test("it is stopped before it gets its prompt: that is not taken later", async () => {
    expect((await bench.run("h3", "c1", "SAY: Ready.")).answer).toBe("Ready.")
    // By its own word too, which it would not change any more once it is stopped.
    await eventually(async () => expect((await sessions(bench.node.dataDir))[0]?.status).toBe("idle"))
    const [pid = 0] = await programs(bench.node.dataDir)
    process.kill(pid, "SIGSTOP")
    await bench.order("h3", "c2", "SAY: Too late.")
    expect((await bench.node.ended("c2", 40_000)).outcome).toMatchObject({
      _tag: "Failed",
      ran: "no",
      reason: expect.stringMatching(/not taken later/),
    })
    await eventually(() => expect(isAlive(pid)).toBe(false))
    await goesOn("h3", "c3")
    expect(bench.api.turns.some(({ lastUserText }) => lastUserText.includes("Too late"))).toBe(false)
  })

  test("who works and says so is not taken for hung, nor who waits for a person", async () => {
    bench.api.setProgram(promptScript())
    await bench.order("h4", "d1", "RUN: touch ../../waited", { approvalMillis: 60_000 })
    const ask = await bench.asked("d1")
    await bench.untilState("h4", "waiting")
    // Longer than the bound.
    await expect(bench.node.ended("d1", bounds.hangMillis + 1_000)).rejects.toThrow("was not told")
    expect((await bench.node.shot("h4")).agent).toMatchObject({ state: "waiting", conflict: "" })
    await bench.node.resolve({ sessionId: "h4", turnId: "d1", approvalId: ask.approvalId, decision: "allow" })
    expect((await bench.node.ended("d1")).outcome).toEqual({ _tag: "Answered" })
  })
})

/** Process ids of the CLIs of this node, the youngest first. */
const programs = async (dataDir: string): Promise<ReadonlyArray<number>> =>
  (await sessions(dataDir)).map(({ pid }) => pid)

/** What the CLIs of this node say of themselves, the youngest first. */
const sessions = async (dataDir: string): Promise<ReadonlyArray<Session>> => {
  const folder = join(dataDir, "node/agents/user1/claude/sessions")
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json"))
  const states = await Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8")) as Session),
  )
  return states.toSorted((a, b) => b.startedAt - a.startedAt)
}

interface Session {
  readonly pid: number
  readonly startedAt: number
  readonly status?: string
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
