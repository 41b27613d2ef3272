import { execFileSync } from "node:child_process"
import { readFile, rename, writeFile } from "node:fs/promises"
import { request } from "node:http"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { nodeFolder } from "../../src/files/NodeFolder.ts"
import { hookFiles, hookHeaders } from "../../src/hook/hookScript.ts"
import { runShell } from "../../src/model/testing/promptScript.ts"
import { readPaneRecord } from "../../src/pane/PaneRecord.ts"
import { AgentBench, claudePath } from "../testing/AgentBench.ts"
import { eventually } from "./eventually.ts"

interface Answer {
  readonly status: number
  readonly text: string
}

/** A hook as the script brings it; rejects when nobody listens. */
const hook = (socketPath: string, sessionId: string, generation: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = {
      [hookHeaders.event]: "PreToolUse",
      [hookHeaders.session]: sessionId,
      [hookHeaders.pane]: generation,
    }
    const asking = request({ socketPath, method: "POST", path: "/hook", headers })
    asking.once("error", reject)
    asking.once("response", (response) => {
      let text = ""
      response.on("data", (bytes: Buffer) => (text += bytes.toString()))
      response.once("end", () => resolve({ status: response.statusCode ?? 0, text }))
    })
    asking.end(
      JSON.stringify({
        hook_event_name: "PreToolUse",
        tool_name: "Bash",
        tool_input: { command: "true" },
        tool_use_id: "early",
      }),
    )
  })

describe.skipIf(claudePath === undefined)("hooks at a start (needs MAILLM_TEST_CLAUDE)", () => {
  let bench: AgentBench
  beforeAll(async () => {
    bench = await AgentBench.start(claudePath ?? "")
    await bench.node.forkAgent()
  })
  afterAll(() => bench?.stop())

  test("the hook of a session that is not found yet waits, though another of its user is there; no question is lost", async () => {
    const folder = nodeFolder(bench.node.dataDir)
    bench.api.setProgram(() => ({ kind: "text", text: "I am here." }))
    await bench.run("found", "f1", "Hello")
    const outcome = join(bench.node.dataDir, "early")
    bench.api.setProgram((turn) =>
      turn.answersSince === 0
        ? runShell(turn, `printf x >>${outcome}`)
        : { kind: "text", text: `Result: ${turn.toolResults.at(-1)?.text}` },
    )
    await bench.order("sought", "s1", "Do it please")
    const ask = await bench.asked("s1")
    await bench.untilDialog("sought")
    const generation = (await readPaneRecord(folder.paneFile("sought")))?.generation ?? ""
    await bench.node.killAgent()

    // Nobody finds this session before its approvals can be read, and these come when we say.
    const [book, kept] = [folder.approvals("sought"), `${folder.approvals("sought")}.kept`]
    await rename(book, kept)
    execFileSync("mkfifo", [book])
    await bench.node.forkAgent()
    const socket = join(folder.integration("user1"), hookFiles.socket)
    // The socket is there as soon as the other session is found.
    const early = await eventually(() => hook(socket, "sought", generation))
    expect(early).toEqual({ status: 503, text: "" })

    await writeFile(book, await readFile(kept))
    await bench.node.resolve({
      sessionId: "sought",
      turnId: "s1",
      approvalId: ask.approvalId,
      decision: "allow",
    })
    expect(await bench.node.ended("s1")).toMatchObject({
      outcome: { _tag: "Answered" },
      answer: expect.stringMatching(/^Result: \(Bash completed with no output\)$/),
    })
    expect(await readFile(outcome, "utf8")).toBe("x")
    // Whose session was never here is refused from then on.
    expect(await hook(socket, "nobodys", generation)).toMatchObject({
      status: 200,
      text: expect.stringContaining("does not know this session"),
    })
  }, 90_000)
})
