import { execFile } from "node:child_process"
import { access } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { failWith, say } from "../../src/model/testing/FakeReply.ts"
import { promptScript } from "../../src/model/testing/promptScript.ts"
import type { DriverName, TurnResult } from "@maillm/schema/Turn"
import { endIfThere } from "../testing/endIfThere.ts"
import { AgentBench } from "../testing/AgentBench.ts"

/* What every coding agent has to do, whatever its own ways are. */

export interface AgentUnderTest {
  readonly driver: DriverName
  readonly path: string
  readonly version: string
  /** The session of a case that could have one of its own: another each, or one for all where each takes long to begin. */
  readonly session: (own: string) => string
  /** As it calls what runs a command. */
  readonly shellTool: string
  /** For a turn that may be a session's first. */
  readonly turnMillis: number
}

/** A node with the agent, for the tests of a `describe`; a case that changes what its model says need not change it back. */
export const startBench = (agent: AgentUnderTest): (() => AgentBench) => {
  let bench: AgentBench | undefined
  beforeAll(async () => {
    bench = await AgentBench.start(agent.path, agent.driver)
    const info = await bench.startNode()
    expect(info.drivers).toContain(agent.driver)
    expect(info.agents).toContainEqual({
      driver: agent.driver,
      version: agent.version,
      problem: "",
      limitedUntilMillis: null,
    })
  })
  afterEach(() => bench?.api.setProgram(promptScript()))
  afterAll(() => bench?.stop())
  return () => {
    if (bench === undefined) throw new Error("the node is not started")
    return bench
  }
}

/** Whether there is such a file in the workspace. */
export const there = (bench: AgentBench, name: string): Promise<boolean> =>
  access(join(bench.node.dataDir, "workspaces/user1", name)).then(
    () => true,
    () => false,
  )

const run = async (
  { turnMillis }: AgentUnderTest,
  bench: AgentBench,
  sessionId: string,
  turnId: string,
  text: string,
): Promise<TurnResult> => {
  await bench.order(sessionId, turnId, text)
  return bench.node.ended(turnId, turnMillis)
}

const asAsked = { _tag: "Failed", reason: expect.stringMatching(/as asked/) }

/** Turns that end by themselves, by force, and by a fault of the provider. */
export const turnCases = (
  agent: AgentUnderTest,
  bench: () => AgentBench,
  faults: ReadonlyArray<readonly [status: number, kind: string]>,
): void => {
  test("a plain turn with its answer, and a second one in the same conversation", async () => {
    const session = agent.session("s1")
    const hello = await run(agent, bench(), session, "t1", "SAY: Hello there.")
    expect(hello).toMatchObject({ outcome: { _tag: "Answered" }, answer: "Hello there." })
    expect(hello.usage?.outputTokens).toBeGreaterThan(0)
    const second = await bench().run(session, "t2", "SAY: Again.")
    expect(second).toMatchObject({ outcome: { _tag: "Answered" }, answer: "Again." })
    const turn = await bench().api.waitForTurn(({ lastUserText }) => lastUserText.includes("Again"), 1_000)
    expect(JSON.stringify(turn.messages)).toContain("Hello there.")
    expect(turn.systemText).toContain(`.maillm/outbox/${session} before you end your turn`)
  })

  test("a request that a prompt would misread goes through a file", async () => {
    const result = await bench().run(agent.session("s2"), "f1", "!touch bang\nSAY: The file was read.")
    expect(result).toMatchObject({ outcome: { _tag: "Answered" } })
    expect(bench().api.turns.at(-1)?.lastUserText).toMatch(/^Read the file .*r-f1\.md to its end/)
    expect(await there(bench(), "bang")).toBe(false)
  })

  test("after its pane was killed in the middle it goes on with the same conversation", async () => {
    const session = agent.session("s3")
    await bench().run(session, "k1", "SAY: Remember the number 4711.")
    await bench().order(session, "k2", "Killed.\nHANG")
    await bench().api.waitForTurn(({ lastUserText }) => lastUserText.includes("Killed.\nHANG"), 10_000)
    bench().api.setProgram(({ lastUserText }) =>
      lastUserText.includes("You were interrupted") ? say("Gone on.") : { kind: "hang" },
    )
    await bench().node.tmux("kill-session", "-t", `=m_${session}`)
    expect(await bench().node.ended("k2", agent.turnMillis)).toMatchObject({ answer: "Gone on." })
    expect(JSON.stringify(bench().api.turns.at(-1)?.messages)).toContain("4711")
  })

  test("an interrupt ends the turn, and the next one is taken", async () => {
    const session = agent.session("s4")
    await bench().order(session, "i1", "Stopped.\nHANG")
    await bench().api.waitForTurn(({ lastUserText }) => lastUserText.includes("Stopped.\nHANG"), 10_000)
    await bench().node.order({ sessionId: session, turnId: "i1", interrupt: true })
    expect((await bench().node.ended("i1")).outcome).toMatchObject(asAsked)
    // Some give the model what was interrupted once more, together with what came next.
    bench().api.setProgram(() => say("Here."))
    expect(await bench().run(session, "i2", "Go on.")).toMatchObject({ answer: "Here." })
  })

  test.each(faults)("HTTP %i is told as %s", async (status, kind) => {
    bench().api.setProgram(() => failWith(status, { retryAfterSeconds: 1 }))
    const result = await bench().run(agent.session("s5"), `e${status}`, `Fail with ${status}.`)
    expect(result.outcome).toMatchObject({ _tag: "AgentFailed", fault: { kind, workBegun: false } })
  })
}

/** What is asked about, by whom it may be answered, and what silence is. */
export const approvalCases = (agent: AgentUnderTest, bench: () => AgentBench): void => {
  test("a harmless tool runs unasked", async () => {
    const before = questions(bench())
    const result = await run(agent, bench(), agent.session("a1"), "h1", "RUN: echo harmless")
    expect(result.answer).toContain("harmless")
    expect(questions(bench())).toBe(before)
  })

  test("a dangerous tool waits for the order that allows it, runs once, and the approval is used up", async () => {
    const sessionId = agent.session("a2")
    await bench().order(sessionId, "d1", "RUN: touch ../../danger1; ls -d ../../danger1")
    const ask = await bench().asked("d1")
    expect(ask).toMatchObject({ kind: "tool", tool: agent.shellTool, requestId: "r-d1", turnId: "d1" })
    expect(ask.command).toContain("touch ../../danger1")
    await bench().untilState(sessionId, "waiting")
    expect(await there(bench(), "../../danger1")).toBe(false)
    expect(await bench().node.shot(sessionId)).toMatchObject({
      agent: { driver: agent.driver, state: "waiting", conflict: "" },
    })
    const { approvalId } = ask
    await bench().node.resolve({ sessionId, turnId: "d1", approvalId, decision: "allow" })
    expect((await bench().node.ended("d1")).answer).toContain("../../danger1")
    await bench().untilTold(approvalId, "consumed")
    expect(bench().told(approvalId)).toEqual(["asked", "consumed"])
  })

  test("a denial reaches the agent with what the person said, and the turn goes on", async () => {
    const sessionId = agent.session("a4")
    await bench().order(sessionId, "n1", "RUN: rm -rf ../../precious\nSAY: I did something else.")
    const { approvalId } = await bench().asked("n1")
    const note = "use the other folder"
    await bench().node.resolve({ sessionId, turnId: "n1", approvalId, decision: "deny", note })
    expect(await bench().node.ended("n1")).toMatchObject({ answer: "I did something else." })
    expect(bench().api.turns.at(-1)?.toolResults.at(-1)?.text).toContain(note)
    expect(bench().told(approvalId)).toEqual(["asked"])
  })

  test("what nobody answers in time is denied by this node's own clock", async () => {
    const text = "RUN: touch ../../late\nSAY: Left undone."
    await bench().order(agent.session("a5"), "x1", text, { approvalMillis: 1_500 })
    await bench().asked("x1")
    expect(await bench().node.ended("x1")).toMatchObject({ answer: "Left undone." })
    expect(bench().api.turns.at(-1)?.toolResults.at(-1)?.text).toContain("in time")
    expect(await there(bench(), "../../late")).toBe(false)
  })

  test("a forwarder that is killed does not let the tool run", async () => {
    await bench().order(agent.session("a7"), "z1", "RUN: touch ../../unasked\nSAY: It was refused.")
    await bench().asked("z1")
    const pattern = `^/bin/sh ${bench().node.dataDir}.*/hook PreToolUse`
    const { stdout } = await promisify(execFile)("pgrep", ["-f", pattern])
    for (const pid of stdout.trim().split("\n")) endIfThere(Number(pid))
    expect(await bench().node.ended("z1")).toMatchObject({ answer: "It was refused." })
    expect(await there(bench(), "../../unasked")).toBe(false)
  })

  test("an interrupt while it is asked about leaves the tool undone", async () => {
    const sessionId = agent.session("a6")
    await bench().order(sessionId, "y1", "RUN: touch ../../never")
    const { approvalId } = await bench().asked("y1")
    await bench().node.order({ sessionId, turnId: "y1", interrupt: true })
    expect((await bench().node.ended("y1")).outcome).toMatchObject(asAsked)
    await bench().untilTold(approvalId, "cancelled")
    expect(await there(bench(), "../../never")).toBe(false)
  })
}

const questions = (bench: AgentBench) =>
  bench.node.commands.filter(({ command }) => command._tag === "AskApproval").length

/** A file written by the agent's own tool is asked about, and is there only after the yes. */
export const asksToWrite = async (
  agent: AgentUnderTest,
  bench: AgentBench,
  expected: { readonly tool: string; readonly command: string },
): Promise<void> => {
  const sessionId = agent.session("a3")
  // Nobody waits as long for a question as an agent may take to begin.
  await run(agent, bench, sessionId, "w0", "SAY: Ready.")
  await bench.order(sessionId, "w1", "WRITE: ../../patched.txt words")
  const { approvalId, command, tool } = await bench.asked("w1")
  expect({ tool, command }).toEqual({
    tool: expected.tool,
    command: expect.stringContaining(expected.command),
  })
  expect(await there(bench, "../../patched.txt")).toBe(false)
  await bench.node.resolve({ sessionId, turnId: "w1", approvalId, decision: "allow" })
  await bench.node.ended("w1", agent.turnMillis)
  expect(await there(bench, "../../patched.txt")).toBe(true)
}
