import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { failWith } from "../../src/model/testing/FakeReply.ts"
import { promptScript } from "../../src/model/testing/promptScript.ts"
import { claudePath } from "../testing/AgentBench.ts"
import { testModelKey } from "../testing/runAgent.ts"
import { startWrappedClaude } from "./startWrappedClaude.ts"

const settings = '"$CLAUDE_CONFIG_DIR/.claude.json"'

describe.skipIf(claudePath === undefined)("Claude Code wants a log-in (needs MAILLM_TEST_CLAUDE)", () => {
  const { bench, program } = startWrappedClaude()

  const asked = (words: string) => bench().api.turns.some(({ lastUserText }) => lastUserText.includes(words))
  const goesOn = async (sessionId: string, turnId: string) => {
    await program().write("")
    expect((await bench().run(sessionId, turnId, "SAY: It works.")).answer).toBe("It works.")
  }

  test("the provider refuses the key: the fault says what to set, and with a right one the session goes on", async () => {
    const script = promptScript()
    bench().api.setProgram((turn) =>
      bench().api.requests.at(-1)?.headers["x-api-key"] === testModelKey ? script(turn) : failWith(401),
    )
    const { agents } = bench().node
    if (agents === null) throw new Error("no agents")
    await bench().node.stopAgent()
    bench().node.agents = { ...agents, key: "sk-ant-refused" }
    await bench().startNode()
    const { outcome } = await bench().run("l1", "a1", "SAY: Remember the red door.")
    expect(outcome).toMatchObject({
      _tag: "AgentFailed",
      fault: {
        kind: "authentication",
        workBegun: false,
        message: expect.stringMatching(/^HTTP 401.*set MAILLM_ANTHROPIC_API_KEY/),
      },
    })
    expect(JSON.stringify(outcome)).not.toContain("sk-ant")
    await bench().node.stopAgent()
    bench().node.agents = agents
    await bench().startNode()
    await goesOn("l1", "a2")
    expect(JSON.stringify(bench().api.turns.at(-1)?.messages)).toContain("red door")
  })

  test("it was started without a token: a fault, and the next turn gets one that has it", async () => {
    await program().write("unset ANTHROPIC_AUTH_TOKEN")
    const { outcome } = await bench().run("l2", "b1", "SAY: Never sent.")
    expect(outcome).toMatchObject({
      _tag: "AgentFailed",
      fault: {
        kind: "authentication",
        message: expect.stringMatching(/Not logged in.*Send the request again: .* started anew/),
      },
    })
    expect(asked("Never sent")).toBe(false)
    await goesOn("l2", "b2")
  })

  test("its log-in dialog is open: nothing is typed into it, and the next turn gets a new terminal", async () => {
    await program().write("unset DISABLE_LOGIN_COMMAND")
    await bench().run("l3", "c1", "SAY: Ready.")
    bench().node.input("l3", { _tag: "Keys", data: "/login" })
    await bench().untilScreen("l3", /❯\s\/login/)
    bench().node.input("l3", { _tag: "Keys", data: "\r" })
    await bench().untilScreen("l3", /Select login method/)
    const result = await bench().run("l3", "c2", "SAY: Typed nowhere.")
    expect(result.outcome).toMatchObject({
      _tag: "AgentFailed",
      fault: {
        kind: "authentication",
        message: expect.stringMatching(/asks to log in.*Send the request again/),
        workBegun: false,
      },
    })
    expect(result.startedAtMillis).toBe(result.endedAtMillis)
    expect(asked("Typed nowhere")).toBe(false)
    await goesOn("l3", "c3")
    expect(JSON.stringify(bench().api.turns.at(-1)?.messages)).not.toContain("Typed nowhere")
  })

  test("/login and /logout at the terminal do nothing: they would end or spoil every session of the user", async () => {
    await bench().run("l4", "d1", "SAY: Ready.")
    for (const command of ["/logout", "/login"]) {
      bench().node.input("l4", { _tag: "Keys", data: command })
      await bench().untilScreen("l4", new RegExp(`❯\\s${command}`))
      bench().node.input("l4", { _tag: "Keys", data: "\r" })
      await bench().untilScreen("l4", new RegExp(`Unknown command: ${command}`))
    }
  })

  test("its settings are those of a first start: they are mended before it starts", async () => {
    const path = join(bench().node.dataDir, "node/agents/user1/claude/.claude.json")
    await writeFile(
      path,
      (await readFile(path, "utf8")).replace(/("hasCompletedOnboarding": *)true/, "$1false"),
    )
    await goesOn("l5", "e1")
    expect(await readFile(path, "utf8")).toMatch(/"hasCompletedOnboarding": *true/)
  })

  test("it asks how to look, as at a first start: said at once, and the next turn is done", async () => {
    await program().write(
      `[ "$1" = --version ] || sed -i 's/"hasCompletedOnboarding": *true/"x":1/' ${settings}`,
    )
    const { outcome } = await bench().run("l6", "f1", "SAY: Typed nowhere either.")
    expect(outcome).toMatchObject({
      _tag: "AgentFailed",
      fault: {
        kind: "agent-broken",
        message: expect.stringMatching(/settings were lost.*send the request again/),
        workBegun: false,
      },
    })
    expect(asked("nowhere either")).toBe(false)
    await goesOn("l6", "f2")
  })
})
