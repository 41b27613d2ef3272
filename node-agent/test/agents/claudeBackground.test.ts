import { access, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import { callTool } from "../../src/model/testing/FakeReply.ts"
import type { FakeProgram, FakeTurn } from "../../src/model/testing/FakeReply.ts"
import { promptScript, runShell } from "../../src/model/testing/promptScript.ts"
import { AgentBench, claudePath } from "../testing/AgentBench.ts"
import { eventually } from "./eventually.ts"

// On a busy machine each start of the program takes many times as long.
vi.setConfig({ testTimeout: 90_000 })

/** Ten minutes, shortened. */
const bounds = { backgroundMillis: 4_000 }

describe.skipIf(claudePath === undefined)("Claude Code in the background (needs MAILLM_TEST_CLAUDE)", () => {
  let bench: AgentBench
  beforeAll(async () => {
    bench = await AgentBench.start(claudePath ?? "", "claude", bounds)
    await bench.startNode()
  })
  beforeEach(() => bench.api.setProgram(promptScript()))
  afterAll(() => bench?.stop())

  const workspace = (name: string) => join(bench.node.dataDir, "workspaces/user1", name)
  const release = (name: string) => writeFile(workspace(name), "")
  const isThere = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    )
  /** The program has told the model that something in the background has ended; beside the person's words. */
  const hasNews = ({ messages }: FakeTurn) =>
    JSON.stringify(messages.slice(-2)).includes("<task-notification>")
  /** Starts what ends once file `name` is there; `onNews` is what the model does when that has ended. */
  const starter = (
    name: string,
    onNews: FakeProgram = () => ({ kind: "text", text: "It has ended." }),
  ): FakeProgram => {
    const command = `until [ -e ${name} ]; do sleep 0.1; done; echo late-output`
    const script = promptScript()
    return (turn) => {
      if (!turn.lastUserText.startsWith("Start")) return script(turn)
      if (turn.answersSince === 0)
        return callTool("Bash", { command, run_in_background: true, description: "Waits" })
      return turn.answersSince === 1 ? { kind: "text", text: "Started." } : onNews(turn)
    }
  }
  const newsOf = (sessionId: string) => {
    const first = bench.api.turns.find(({ lastUserText }) => lastUserText.includes(`session ${sessionId}`))
    return bench.api.turns.filter((turn) => turn.sessionHeader === first?.sessionHeader && hasNews(turn))
  }
  const state = async (sessionId: string) => (await bench.node.shot(sessionId)).agent?.state

  test("what ends in time belongs to the turn, whose answer is the one after that", async () => {
    bench.api.setProgram(starter("go1"))
    await bench.order("b1", "t1", "Start it in session b1")
    await eventually(async () => expect(await state("b1")).toBe("busy"))
    await bench.untilScreen("b1", /Started\./)
    await release("go1")
    expect(await bench.node.ended("t1")).toMatchObject({
      outcome: { _tag: "Answered" },
      answer: "Started.\n\nIt has ended.",
    })
    expect(newsOf("b1")).toHaveLength(1)
  })

  test("what outlives its turn: the answer stands, and later turns get theirs, before, during and after its end", async () => {
    bench.api.setProgram(starter("go2"))
    const long = "A long answer. ".repeat(12).trim()
    const first = await bench.run("b2", "t2", "Start it in session b2")
    expect(first).toMatchObject({ outcome: { _tag: "Answered" }, answer: "Started." })
    // It is at its prompt and something of it still runs.
    await eventually(async () =>
      expect((await bench.node.shot("b2")).agent).toMatchObject({ state: "busy", conflict: "" }),
    )
    expect((await bench.run("b2", "t3", "SAY: Meanwhile.")).answer).toBe("Meanwhile.")
    await bench.order("b2", "t4", `SLOW: ${long}`)
    await bench.untilScreen("b2", /A long answer/)
    await release("go2")
    const during = await bench.node.ended("t4")
    // Whichever end comes first, the answer is there.
    expect(during.answer).toContain(long)
    expect((await bench.run("b2", "t5", "SAY: Afterwards.")).answer).toBe("Afterwards.")
    expect(newsOf("b2")).toHaveLength(1)
    await eventually(async () =>
      expect((await bench.node.shot("b2")).agent).toMatchObject({ state: "idle", conflict: "" }),
    )
    const prompts = bench.api.turns.map(({ lastUserText }) => lastUserText)
    expect(prompts.filter((text) => text === "SAY: Afterwards.")).toHaveLength(1)
  })

  test("it ends between turns: what the agent then wants to do unasked is refused, and the next turn is done", async () => {
    bench.api.setProgram(
      starter("go3", (turn) =>
        turn.toolResults.length === 0
          ? runShell(turn, "sudo -n touch unasked")
          : { kind: "text", text: `Told: ${turn.toolResults.at(-1)?.text}` },
      ),
    )
    expect((await bench.run("b3", "t6", "Start it in session b3")).answer).toBe("Started.")
    await release("go3")
    await bench.untilScreen("b3", /Told: /)
    await bench.untilScreen("b3", /no request of maillm is under way/)
    expect(await isThere(workspace("unasked"))).toBe(false)
    await eventually(async () => expect(await state("b3")).toBe("idle"))
    expect((await bench.run("b3", "t7", "SAY: Next.")).answer).toBe("Next.")
    expect(bench.node.commands.filter(({ command }) => command._tag === "AskApproval")).toEqual([])
  })

  test("a person at the terminal between turns is still asked there", async () => {
    await bench.run("b4", "t8", "SAY: Ready.")
    bench.node.input("b4", { _tag: "Keys", data: "RUN: sudo -n true; touch byhand" })
    await bench.untilScreen("b4", /RUN: sudo/)
    bench.node.input("b4", { _tag: "Keys", data: "\r" })
    await bench.answerDialog("b4", "\r")
    await eventually(async () => expect(await isThere(workspace("byhand"))).toBe(true))
  })

  test.each(["by order", "in the terminal"])(
    "interrupted %s while something runs in the background: the turn ends, and neither that nor the terminal",
    async (how) => {
      const id = `i${how.length}`
      bench.api.setProgram((turn) =>
        turn.answersSince === 0
          ? starter("go5")(turn)
          : turn.lastUserText.startsWith("Start")
            ? { kind: "hang" }
            : promptScript()(turn),
      )
      await bench.order(id, `${id}a`, `Start it in session ${id}`)
      await bench.api.waitForTurn(
        ({ answersSince, lastUserText }) => answersSince === 1 && lastUserText.includes(`session ${id}`),
        25_000,
      )
      await bench.untilState(id, "busy")
      const pid = () => bench.node.tmux("display-message", "-p", "-t", `=m_${id}:`, "#{pane_pid}")
      const before = await pid()
      if (how === "by order") await bench.node.order({ sessionId: id, turnId: `${id}a`, interrupt: true })
      else bench.node.input(id, { _tag: "Keys", data: "\u001b" })
      expect((await bench.node.ended(`${id}a`)).outcome).toMatchObject({
        _tag: "Failed",
        reason: expect.stringMatching(how === "by order" ? /as asked/ : /in the terminal/),
      })
      expect(await pid()).toBe(before)
      await bench.untilScreen(id, /1 shell/)
    },
  )
})
