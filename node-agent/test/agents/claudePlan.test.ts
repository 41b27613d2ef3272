import { access, readdir } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import { callTool } from "../../src/model/testing/FakeReply.ts"
import type { FakeProgram, FakeTurn } from "../../src/model/testing/FakeReply.ts"
import { promptScript } from "../../src/model/testing/promptScript.ts"
import { AgentBench, claudePath } from "../testing/AgentBench.ts"

// On a busy machine each start of the program takes many times as long.
vi.setConfig({ testTimeout: 90_000 })

const plan = "# Plan\n\n1. Write the file\n2. Be done\n"

describe.skipIf(claudePath === undefined)("Claude Code plans (needs MAILLM_TEST_CLAUDE)", () => {
  let bench: AgentBench
  beforeAll(async () => {
    bench = await AgentBench.start(claudePath ?? "")
    await bench.startNode()
  })
  beforeEach(() => bench.api.setProgram(promptScript()))
  afterAll(() => bench?.stop())

  const workspace = (name: string) => join(bench.node.dataDir, "workspaces/user1", name)
  const isThere = (name: string) =>
    access(workspace(name)).then(
      () => true,
      () => false,
    )
  const answer = (id: string, approvalId: string, decision: "allow" | "deny", note = "") =>
    bench.node.resolve({ sessionId: id, turnId: id, approvalId, decision, note })
  const approvals = (turnId: string) =>
    bench.node.commands.flatMap(({ command }) =>
      command._tag === "AskApproval" && command.turnId === turnId ? [command.ask.tool] : [],
    )

  /** Enters plan mode, writes the plan where it is told to, improves it, asks for a yes, then does as told. */
  const planner =
    (then: (turn: FakeTurn) => ReturnType<FakeProgram>): FakeProgram =>
    (turn) => {
      const path = /(\S+?\/plans\/[\w-]+\.md)/.exec(JSON.stringify(turn.messages))?.[1] ?? "/nowhere"
      if (turn.answersSince === 0) return callTool("EnterPlanMode", {})
      if (turn.answersSince === 1)
        return callTool("Write", { file_path: path, content: "# Plan\n\n1. Write" })
      if (turn.answersSince === 2)
        return callTool("Edit", { file_path: path, old_string: "# Plan\n\n1. Write", new_string: plan })
      return turn.answersSince === 3 ? callTool("ExitPlanMode", {}) : then(turn)
    }
  const writes = (name: string) => callTool("Write", { file_path: workspace(name), content: "hello" })

  test("a plan is shown to the person alone, and a yes goes on in manual mode with what they add", async () => {
    await bench.run("p1", "p0", "SAY: Ready.")
    // Somebody likes it otherwise; a plan begins in that mode, and would end in it.
    bench.node.input("p1", { _tag: "Keys", data: "\u001b[Z" })
    await bench.untilScreen("p1", /accept edits on/)
    bench.api.setProgram(
      planner((turn) =>
        turn.answersSince === 4
          ? writes("planned")
          : turn.answersSince === 5
            ? callTool("Bash", { command: "touch ../../beside", description: "x" })
            : { kind: "text", text: "Built." },
      ),
    )
    await bench.order("p1", "p1", "Make a plan")
    const ask = await bench.asked("p1")
    expect(ask).toMatchObject({
      kind: "prompt",
      tool: "ExitPlanMode",
      command: `ExitPlanMode\n\n${plan.trim()}`,
    })
    await bench.untilState("p1", "waiting")
    expect(await isThere("planned")).toBe(false)
    await answer("p1", ask.approvalId, "allow", "mind the gap")
    // What is asked about without a plan is asked about after one.
    const beside = await bench.asked("p1", [ask.approvalId])
    expect(beside).toMatchObject({ tool: "Bash" })
    expect(await isThere("planned")).toBe(true)
    await answer("p1", beside.approvalId, "deny")
    expect(await bench.node.ended("p1")).toMatchObject({ outcome: { _tag: "Answered" }, answer: "Built." })
    const approved = bench.api.turns
      .flatMap(({ toolResults }) => toolResults)
      .find(({ text }) => /approved/.test(text))
    expect(approved?.text).toContain("mind the gap")
    await bench.untilTold(ask.approvalId, "consumed")
    expect(approvals("p1")).toEqual(["ExitPlanMode", "Bash"])
    await bench.untilScreen("p1", /manual mode on/)
  })

  test("a no is told to the agent with what the person says, and nothing is done", async () => {
    bench.api.setProgram(
      planner((turn) => ({ kind: "text", text: `Heard: ${turn.toolResults.at(-1)?.text}` })),
    )
    await bench.order("p2", "p2", "Make a plan")
    const ask = await bench.asked("p2")
    await answer("p2", ask.approvalId, "deny", "first the tests")
    expect((await bench.node.ended("p2")).answer).toMatch(/refused.*first the tests/)
    // It goes on planning in the next turn; its edits are held by its own mode, and are asked about.
    bench.api.setProgram((turn) =>
      turn.answersSince === 0 ? writes("unplanned") : { kind: "text", text: "No." },
    )
    await bench.order("p2", "p3", "Do it all the same")
    const edit = await bench.asked("p3")
    expect(edit).toMatchObject({ kind: "prompt", tool: "Write" })
    await bench.node.resolve({ sessionId: "p2", turnId: "p3", approvalId: edit.approvalId, decision: "deny" })
    expect((await bench.node.ended("p3")).answer).toBe("No.")
    expect(await isThere("unplanned")).toBe(false)
  })

  test("only its plan is written unasked, nothing else beside its settings", async () => {
    const folder = join(bench.node.dataDir, "node/agents/user1/claude")
    const paths = ["plans/../settings.json", "plans/sub/x.md", "plans/x.json", "CLAUDE.md", "plans-x.md"]
    for (const [index, path] of paths.entries()) {
      const id = `w${index}`
      bench.api.setProgram((turn) =>
        turn.answersSince === 0
          ? callTool("Write", { file_path: `${folder}/${path}`, content: "{}" })
          : { kind: "text", text: "Tried." },
      )
      await bench.order("w", id, `Write ${path}`)
      const ask = await bench.asked(id)
      await bench.node.resolve({ sessionId: "w", turnId: id, approvalId: ask.approvalId, decision: "deny" })
      await bench.node.ended(id)
    }
    expect(await readdir(folder)).not.toContain("settings.json")
  })

  test("a question that nobody wants to answer: the agent is told, and goes on", async () => {
    const option = (label: string) => ({ label, description: label })
    const question = {
      question: "Which?",
      header: "W",
      options: [option("a"), option("b")],
      multiSelect: false,
    }
    bench.api.setProgram((turn) =>
      turn.answersSince === 0
        ? callTool("AskUserQuestion", { questions: [question] })
        : { kind: "text", text: `Heard: ${turn.toolResults.at(-1)?.text}` },
    )
    await bench.order("q1", "q1", "Ask me")
    const ask = await bench.asked("q1")
    expect(ask.command).toContain("Which?")
    await answer("q1", ask.approvalId, "deny", "decide yourself")
    expect((await bench.node.ended("q1")).answer).toMatch(/refused.*decide yourself/)
  })
})
