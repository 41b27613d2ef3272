import { execFile } from "node:child_process"
import { access, mkdir, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { UserId } from "@maillm/schema/Ids"
import { callTool, failWith, say } from "../../src/model/testing/FakeReply.ts"
import { promptScript } from "../../src/model/testing/promptScript.ts"
import { endIfThere } from "../testing/endIfThere.ts"
import { AgentBench, codexPath } from "../testing/AgentBench.ts"

describe.skipIf(codexPath === undefined)("Codex does turns (needs MAILLM_TEST_CODEX)", () => {
  let bench: AgentBench
  beforeAll(async () => {
    bench = await AgentBench.start(codexPath ?? "", "codex")
    const info = await bench.startNode()
    expect(info.drivers).toContain("codex")
    expect(info.agents).toContainEqual({
      driver: "codex",
      version: "0.169.0",
      problem: "",
      limitedUntilMillis: null,
    })
  })
  afterAll(() => bench?.stop())
  const there = (name: string) => exists(bench, name)

  test("a plain turn with its answer, and a second one in the same conversation", async () => {
    const first = await bench.run("s1", "t1", "SAY: Hello there.")
    expect(first).toMatchObject({ outcome: { _tag: "Answered" }, answer: "Hello there." })
    expect(first.usage?.outputTokens).toBeGreaterThan(0)
    const second = await bench.run("s1", "t2", "SAY: Again.")
    expect(second).toMatchObject({ outcome: { _tag: "Answered" }, answer: "Again." })
    const turn = await bench.api.waitForTurn(({ lastUserText }) => lastUserText.includes("Again"), 1_000)
    expect(JSON.stringify(turn.messages)).toContain("Hello there.")
  })

  test("a request that a prompt would misread goes through a file", async () => {
    const result = await bench.run("s2", "f1", "!touch bang\nSAY: The file was read.")
    expect(result).toMatchObject({ outcome: { _tag: "Answered" } })
    expect(bench.api.turns.at(-1)?.lastUserText).toMatch(/^Read the file .*r-f1\.md to its end/)
    expect(await there("bang")).toBe(false)
  })

  test("after its pane was killed in the middle it goes on with the same conversation", async () => {
    await bench.run("s3", "k1", "SAY: Remember the number 4711.")
    await bench.order("s3", "k2", "Killed.\nHANG")
    await bench.api.waitForTurn(({ lastUserText }) => lastUserText === "Killed.\nHANG", 10_000)
    bench.api.setProgram(({ lastUserText }) =>
      lastUserText.startsWith("You were interrupted") ? say("Gone on.") : { kind: "hang" },
    )
    await bench.node.tmux("kill-session", "-t", "=m_s3")
    expect(await bench.node.ended("k2")).toMatchObject({ answer: "Gone on." })
    bench.api.setProgram(promptScript())
    expect(JSON.stringify(bench.api.turns.at(-1)?.messages)).toContain("4711")
  })

  test("an interrupt ends the turn, and the next one is taken", async () => {
    await bench.order("s4", "i1", "Stopped.\nHANG")
    await bench.api.waitForTurn(({ lastUserText }) => lastUserText === "Stopped.\nHANG", 10_000)
    await bench.node.order({ sessionId: "s4", turnId: "i1", interrupt: true })
    expect((await bench.node.ended("i1")).outcome).toMatchObject({
      _tag: "Failed",
      reason: expect.stringMatching(/as asked/),
    })
    expect(await bench.run("s4", "i2", "SAY: Here.")).toMatchObject({ answer: "Here." })
  })

  test.each([
    [429, "rate-limit"],
    [503, "provider-down"],
    [401, "authentication"],
  ] as const)("HTTP %i is told as %s", async (status, kind) => {
    bench.api.setProgram(() => failWith(status, { retryAfterSeconds: 1 }))
    const result = await bench.run("s5", `e${status}`, `Fail with ${status}.`)
    bench.api.setProgram(promptScript())
    expect(result.outcome).toMatchObject({ _tag: "AgentFailed", fault: { kind, workBegun: false } })
  })

  test("settings that a repository brings stay off, also its hooks", async () => {
    await bench.run("s6", "c0", "SAY: Ready.", { userId: UserId.make("user6") })
    const repository = join(bench.node.dataDir, "workspaces/user6/.codex")
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
    expect(await bench.run("s7", "c1", "SAY: Untouched.", { userId: UserId.make("user6") })).toMatchObject({
      answer: "Untouched.",
    })
    expect(bench.api.turns.at(-1)?.model).not.toBe("evil")
    expect((await readdir(repository)).toSorted()).toEqual(["config.toml", "hooks.json"])
  })
})

describe.skipIf(codexPath === undefined)("Codex is asked about (needs MAILLM_TEST_CODEX)", () => {
  let bench: AgentBench
  beforeAll(async () => {
    bench = await AgentBench.start(codexPath ?? "", "codex")
    await bench.startNode()
  })
  afterAll(() => bench?.stop())
  const there = (name: string) => exists(bench, name)

  test("a harmless tool runs unasked", async () => {
    const result = await bench.run("a1", "h1", "RUN: echo harmless")
    expect(result.answer).toContain("harmless")
    expect(bench.node.commands.filter(({ command }) => command._tag === "AskApproval")).toEqual([])
  })

  test("a dangerous tool waits for the order that allows it, runs once, and the approval is used up", async () => {
    await bench.order("a2", "d1", "RUN: touch ../../danger1; ls -d ../../danger1")
    const ask = await bench.asked("d1")
    expect(ask).toMatchObject({ kind: "tool", tool: "Bash", requestId: "r-d1", turnId: "d1" })
    expect(ask.command).toContain("touch ../../danger1")
    await bench.untilState("a2", "waiting")
    expect(await there("../../danger1")).toBe(false)
    expect(await bench.node.shot("a2")).toMatchObject({
      agent: { driver: "codex", state: "waiting", conflict: "" },
    })
    await bench.node.resolve({ sessionId: "a2", turnId: "d1", approvalId: ask.approvalId, decision: "allow" })
    const result = await bench.node.ended("d1")
    expect(result.answer).toContain("../../danger1")
    await bench.untilTold(ask.approvalId, "consumed")
    expect(bench.told(ask.approvalId)).toEqual(["asked", "consumed"])
  })

  test("a patch is asked about too", async () => {
    await bench.order("a3", "w1", "WRITE: ../../patched.txt words")
    const ask = await bench.asked("w1")
    expect(ask.tool).toBe("apply_patch")
    expect(ask.command).toContain("*** Add File: ../../patched.txt")
    expect(await there("../../patched.txt")).toBe(false)
    await bench.node.resolve({ sessionId: "a3", turnId: "w1", approvalId: ask.approvalId, decision: "allow" })
    await bench.node.ended("w1")
    expect(await there("../../patched.txt")).toBe(true)
  })

  test("a denial reaches the agent with what the person said, and the turn goes on", async () => {
    await bench.order("a4", "n1", "RUN: rm -rf ../../precious\nSAY: I did something else.")
    const { approvalId } = await bench.asked("n1")
    const note = "use the other folder"
    await bench.node.resolve({ sessionId: "a4", turnId: "n1", approvalId, decision: "deny", note })
    expect(await bench.node.ended("n1")).toMatchObject({ answer: "I did something else." })
    expect(bench.api.turns.at(-1)?.toolResults.at(-1)?.text).toContain(note)
    expect(bench.told(approvalId)).toEqual(["asked"])
  })

  test("what nobody answers in time is denied by this node's own clock", async () => {
    await bench.order("a5", "x1", "RUN: touch ../../late\nSAY: Left undone.", { approvalMillis: 1_500 })
    await bench.asked("x1")
    expect(await bench.node.ended("x1")).toMatchObject({ answer: "Left undone." })
    expect(bench.api.turns.at(-1)?.toolResults.at(-1)?.text).toContain("in time")
    expect(await there("../../late")).toBe(false)
  })

  test("an interrupt while it is asked about leaves the tool undone", async () => {
    await bench.order("a6", "y1", "RUN: touch ../../never")
    const { approvalId } = await bench.asked("y1")
    await bench.node.order({ sessionId: "a6", turnId: "y1", interrupt: true })
    expect((await bench.node.ended("y1")).outcome).toMatchObject({
      _tag: "Failed",
      reason: expect.stringMatching(/as asked/),
    })
    await bench.untilTold(approvalId, "cancelled")
    expect(await there("../../never")).toBe(false)
  })

  test("a forwarder that is killed does not let the tool run", async () => {
    await bench.order("a7", "z1", "RUN: touch ../../unasked\nSAY: It was refused.")
    await bench.asked("z1")
    const { stdout } = await promisify(execFile)("pgrep", [
      "-f",
      `^/bin/sh ${bench.node.dataDir}.*/hook PreToolUse`,
    ])
    for (const pid of stdout.trim().split("\n")) endIfThere(Number(pid))
    expect(await bench.node.ended("z1")).toMatchObject({ answer: "It was refused." })
    expect(await there("../../unasked")).toBe(false)
  })

  test("typing into a program that runs, which no hook is asked about, is not to be had", async () => {
    const call = `const run = await tools.exec_command({ cmd: "echo typed", tty: true })\ntext(run)`
    bench.api.setProgram(({ answersSince }) => (answersSince === 0 ? callTool("exec", call) : say("Over.")))
    expect(await bench.run("a8", "v1", "Type.")).toMatchObject({ answer: "Over." })
    bench.api.setProgram(promptScript())
    expect(bench.api.turns.at(-1)?.toolResults.at(-1)?.text).toContain("TTY execution is disabled")
  })
})

const exists = (bench: AgentBench, name: string) =>
  access(join(bench.node.dataDir, "workspaces/user1", name)).then(
    () => true,
    () => false,
  )
