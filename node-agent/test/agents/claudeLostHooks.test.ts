import { chmod, readFile, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import { callTool, failWith } from "../../src/model/testing/FakeReply.ts"
import type { FakeProgram } from "../../src/model/testing/FakeReply.ts"
import { promptScript } from "../../src/model/testing/promptScript.ts"
import { hookFiles } from "../../src/hook/hookScript.ts"
import { AgentBench, claudePath } from "../testing/AgentBench.ts"

// On a busy machine each start of the program takes many times as long.
vi.setConfig({ testTimeout: 90_000 })

/** Ten minutes, shortened. */
const bounds = { backgroundMillis: 5_000 }

describe.skipIf(claudePath === undefined)(
  "the end of a turn that no hook tells (needs MAILLM_TEST_CLAUDE)",
  () => {
    let bench: AgentBench
    beforeAll(async () => {
      bench = await AgentBench.start(claudePath ?? "", "claude", bounds)
      await bench.startNode()
      // Its folder for hooks is there from the first turn on.
      await bench.run("o", "o", "SAY: Ready.")
      await rename(hook(hookFiles.script), hook("real"))
    })
    beforeEach(async () => {
      bench.api.setProgram(promptScript())
      await losing("none")
    })
    afterEach(() => rename(hook("away.sock"), hook(hookFiles.socket)).catch(() => undefined))
    afterAll(() => bench?.stop())

    const hook = (name: string) => join(bench.node.dataDir, "node/integration/user1", name)
    /** The forwarder is killed whenever it is to tell one of these; which, is written down. */
    const losing = async (events: string) => {
      const script = `#!/bin/sh
case $1 in ${events}) echo "$1" >>"\${0%/*}/lost"; kill -9 $$;; esac
exec "\${0%/*}/real" "$@"
`
      await writeFile(hook("new"), script)
      await chmod(hook("new"), 0o755)
      await rename(hook("new"), hook(hookFiles.script))
      await writeFile(hook("lost"), "")
    }
    const lost = async () => (await readFile(hook("lost"), "utf8")).trim().split("\n")
    const goesOn = async (sessionId: string) => {
      await losing("none")
      expect((await bench.run(sessionId, `${sessionId}-next`, "SAY: Next.")).answer).toBe("Next.")
    }

    test("the forwarder of Stop is killed: the answer is that of the transcript", async () => {
      await losing("Stop")
      expect(await bench.run("s1", "s1", "RUN: echo first\nSAY: The second.")).toMatchObject({
        outcome: { _tag: "Answered" },
        answer: "The second.",
      })
      expect(await lost()).toEqual(["Stop"])
      // Not the answer of the turn before, which said the same words.
      await losing("Stop")
      expect((await bench.run("s1", "s2", "SAY: A third.")).answer).toBe("A third.")
      await goesOn("s1")
    })

    test("all that it would tell is lost but the prompt: the same", async () => {
      await losing("Stop|PostToolUse|SubagentStop|Notification")
      expect((await bench.run("s3", "s3", "RUN: echo one\nRUN: echo two\nSAY: Both.")).answer).toBe("Both.")
      expect(await lost()).toEqual(["PostToolUse", "PostToolUse", "Stop"])
      await goesOn("s3")
    })

    test("the forwarder of the prompt is killed: what it asks for is done once, and asked about", async () => {
      await losing("UserPromptSubmit")
      await bench.order("u1", "u1", "RUN: printf x >>../../once\nSAY: Done once.")
      const { approvalId } = await bench.asked("u1")
      await bench.node.resolve({ sessionId: "u1", turnId: "u1", approvalId, decision: "allow" })
      expect(await bench.node.ended("u1", 80_000)).toMatchObject({
        outcome: { _tag: "Answered" },
        answer: "Done once.",
      })
      expect(await readFile(join(bench.node.dataDir, "workspaces/user1/../../once"), "utf8")).toBe("x")
      expect(await lost()).toEqual(["UserPromptSubmit"])
      await goesOn("u1")
    })

    test("the forwarder of StopFailure is killed: the fault is that of the transcript", async () => {
      await losing("StopFailure")
      bench.api.setProgram(() => failWith(404))
      const { outcome } = await bench.run("f1", "f1", "Say something")
      expect(outcome).toMatchObject({ _tag: "AgentFailed", fault: { kind: "model-not-found" } })
      expect(await lost()).toEqual(["StopFailure"])
      bench.api.setProgram(promptScript())
      await goesOn("f1")
    })

    test("the node agent's socket is away at that moment: the forwarder gives up, and the answer is there", async () => {
      bench.api.setProgram(async (turn) => {
        if (turn.answersSince === 0) await rename(hook(hookFiles.socket), hook("away.sock"))
        return { kind: "text", text: "Told to nobody." }
      })
      expect(await bench.run("a1", "a1", "Say something")).toMatchObject({
        outcome: { _tag: "Answered" },
        answer: "Told to nobody.",
      })
      await rename(hook("away.sock"), hook(hookFiles.socket))
      bench.api.setProgram(promptScript())
      await goesOn("a1")
    })

    const starter =
      (file: string): FakeProgram =>
      ({ answersSince }) => {
        const command = `until [ -e ${file} ]; do sleep 0.1; done`
        return answersSince === 0
          ? callTool("Bash", { command, run_in_background: true, description: "Waits" })
          : { kind: "text", text: answersSince === 1 ? "Started." : "It has ended." }
      }

    test("Stop is lost while something runs in the background: the turn ends when that has", async () => {
      await losing("Stop")
      bench.api.setProgram(starter("ended"))
      await bench.order("b1", "b1", "Start it")
      await bench.untilScreen("b1", /Started\./)
      await writeFile(join(bench.node.dataDir, "workspaces/user1/ended"), "")
      expect((await bench.node.ended("b1")).answer).toBe("It has ended.")
      bench.api.setProgram(promptScript())
      await goesOn("b1")
    })

    test("Stop is lost, and what runs in the background goes on for too long: the answer so far", async () => {
      await losing("Stop")
      bench.api.setProgram(starter("never"))
      expect(await bench.run("b2", "b2", "Start it")).toMatchObject({
        outcome: { _tag: "Answered" },
        answer: "Started.",
      })
      bench.api.setProgram(promptScript())
      await goesOn("b2")
    })
  },
)
