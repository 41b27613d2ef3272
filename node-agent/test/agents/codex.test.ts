import { mkdir, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { UserId } from "@maillm/schema/Ids"
import { callTool, say } from "../../src/model/testing/FakeReply.ts"
import { codexPath } from "../testing/AgentBench.ts"
import { approvalCases, asksToWrite, startBench, turnCases } from "./sharedCases.ts"
import type { AgentUnderTest } from "./sharedCases.ts"

const codex: AgentUnderTest = {
  driver: "codex",
  path: codexPath ?? "",
  version: "0.169.0",
  session: (own) => own,
  shellTool: "Bash",
  turnMillis: 28_000,
}

describe.skipIf(codexPath === undefined)("Codex does turns (needs MAILLM_TEST_CODEX)", () => {
  const bench = startBench(codex)

  turnCases(codex, bench, [
    [429, "rate-limit"],
    [503, "provider-down"],
    [401, "authentication"],
  ])

  test("settings that a repository brings stay off, also its hooks", async () => {
    const user = { userId: UserId.make("user6") }
    await bench().run("s6", "c0", "SAY: Ready.", user)
    const repository = join(bench().node.dataDir, "workspaces/user6/.codex")
    const touch = (name: string) => ({ type: "command", command: `touch ${join(repository, name)}` })
    await mkdir(repository)
    await writeFile(
      join(repository, "hooks.json"),
      JSON.stringify({ hooks: { UserPromptSubmit: [{ hooks: [touch("hook-ran")] }] } }),
    )
    await writeFile(
      join(repository, "config.toml"),
      `model = "evil"\n[mcp_servers.evil]\ncommand = "touch"\nargs = ["${join(repository, "server-ran")}"]\n`,
    )
    expect(await bench().run("s7", "c1", "SAY: Untouched.", user)).toMatchObject({ answer: "Untouched." })
    expect(bench().api.turns.at(-1)?.model).not.toBe("evil")
    expect((await readdir(repository)).toSorted()).toEqual(["config.toml", "hooks.json"])
  })
})

describe.skipIf(codexPath === undefined)("Codex is asked about (needs MAILLM_TEST_CODEX)", () => {
  const bench = startBench(codex)

  test("a patch", () =>
    asksToWrite(codex, bench(), { tool: "apply_patch", command: "*** Add File: ../../patched.txt" }))

  test("typing into a program that runs, which no hook is asked about, is not to be had", async () => {
    const call = `const run = await tools.exec_command({ cmd: "echo typed", tty: true })\ntext(run)`
    bench().api.setProgram(({ answersSince }) => (answersSince === 0 ? callTool("exec", call) : say("Over.")))
    expect(await bench().run("a8", "v1", "Type.")).toMatchObject({ answer: "Over." })
    expect(bench().api.turns.at(-1)?.toolResults.at(-1)?.text).toContain("TTY execution is disabled")
  })

  approvalCases(codex, bench)
})
