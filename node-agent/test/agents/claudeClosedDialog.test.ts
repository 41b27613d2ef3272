import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { nodeFolder } from "../../src/files/NodeFolder.ts"
import type { FakeProgram } from "../../src/model/testing/FakeReply.ts"
import { runShell } from "../../src/model/testing/promptScript.ts"
import { AgentBench, claudePath } from "../testing/AgentBench.ts"
import { endIfThere } from "../testing/endIfThere.ts"
import { forwarders } from "../testing/forwarders.ts"

// On a busy machine each start of the program takes many times as long.
vi.setConfig({ testTimeout: 90_000 })

/** Makes the call until it has a result, also after an interruption. */
const stubborn =
  (command: string): FakeProgram =>
  (turn) => {
    const said = turn.toolResults.at(-1)?.text
    const again = said === undefined || /interrupted|rejected|doesn't want|no result/i.test(said)
    return turn.answersSince === 0 || again
      ? runShell(turn, command)
      : { kind: "text", text: `Result: ${said}` }
  }

const ran = expect.stringMatching(/^Result: \(Bash completed with no output\)$/)
const goneOn = { outcome: { _tag: "Answered" }, answer: ran }

/** A dialog that lost its forwarder is closed by a key, which the agent takes for a person's interrupt. */
describe.skipIf(claudePath === undefined)(
  "a dialog that maillm closes is no interrupt (needs MAILLM_TEST_CLAUDE)",
  () => {
    let bench: AgentBench
    beforeEach(async () => {
      // No time to see the dialog close: as on a machine that is too busy for it.
      bench = await AgentBench.start(claudePath ?? "", "claude", { interruptStepMillis: 0 })
      await bench.node.forkAgent()
    })
    afterEach(() => bench.stop())

    /** A dialog without its forwarder. */
    const asked = async () => {
      bench.api.setProgram(stubborn("printf x >>../../once"))
      await bench.order("d", "t", "Do it please")
      const ask = await bench.asked("t")
      await bench.untilDialog("d")
      for (const pid of await forwarders(bench.node.dataDir)) endIfThere(pid)
      return ask.approvalId
    }
    const allow = (approvalId: string) =>
      bench.node.resolve({ sessionId: "d", turnId: "t", approvalId, decision: "allow" })
    const runs = () => readFile(join(bench.node.dataDir, "workspaces/user1/../../once"), "utf8")
    /** What the journal of the node agent, which is away, says of the turn's agent. */
    const note = async (agent: object) => {
      const folder = nodeFolder(bench.node.dataDir).turns("d")
      const [name = ""] = (await readdir(folder)).filter((file) => file.endsWith(".json"))
      const turn = JSON.parse(await readFile(join(folder, name), "utf8")) as { agent: object }
      await writeFile(join(folder, name), JSON.stringify({ ...turn, agent: { ...turn.agent, ...agent } }))
    }
    const pressEscape = async () => {
      await bench.node.tmux("send-keys", "-t", "=m_d:", "Escape")
      await bench.untilScreen("d", /Interrupted/)
    }

    test("also where it is seen to close only later", async () => {
      await allow(await asked())
      expect(await bench.node.ended("t", 60_000)).toMatchObject(goneOn)
      expect(await runs()).toBe("x")
    })

    test("also where the node agent was killed before it saw it close", async () => {
      const approvalId = await asked()
      await bench.node.killAgent()
      await allow(approvalId)
      await pressEscape()
      await note({ midway: "closing" })
      await bench.node.forkAgent()
      expect(await bench.node.ended("t", 60_000)).toMatchObject(goneOn)
      expect(await runs()).toBe("x")
    })

    test("also where the node agent was killed before it had told it to go on", async () => {
      const approvalId = await asked()
      await bench.node.killAgent()
      await allow(approvalId)
      await pressEscape()
      await note({ midway: "resuming", prompt: "Go on, please.", typedAtMillis: Date.now() })
      await bench.node.forkAgent()
      expect(await bench.node.ended("t", 60_000)).toMatchObject(goneOn)
      expect(await runs()).toBe("x")
      expect(bench.api.turns.some(({ lastUserText }) => lastUserText.includes("Go on, please."))).toBe(true)
    })

    test("a person's key is one, whenever it comes", async () => {
      await asked()
      await bench.node.killAgent()
      await pressEscape()
      await bench.node.forkAgent()
      expect((await bench.node.ended("t", 60_000)).outcome).toMatchObject({
        _tag: "Failed",
        reason: expect.stringMatching(/^Interrupted in the terminal/),
      })
      await expect(runs()).rejects.toThrow("ENOENT")
    })
  },
)
