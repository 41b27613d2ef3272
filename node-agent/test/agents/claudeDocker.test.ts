import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { DockerEngine } from "../../src/container/DockerEngine.ts"
import type { FakeProgram } from "../../src/model/testing/FakeReply.ts"
import { promptScript, runShell } from "../../src/model/testing/promptScript.ts"
import { AgentBench } from "../testing/AgentBench.ts"

const docker = async (...argv: ReadonlyArray<string>) =>
  (await promisify(execFile)("docker", [...argv])).stdout.trim()

/** Set by `npm test` when an engine answers and the session image, with the agents in it, is there. */
const enabled = Boolean(process.env["MAILLM_TEST_DOCKER"])

const inContainer =
  "Claude Code in a container without a network (needs MAILLM_TEST_DOCKER, MAILLM_TEST_IMAGE)"

describe.skipIf(!enabled)(inContainer, () => {
  let bench: AgentBench
  let container = ""
  const installation = async () =>
    (await readFile(join(bench.node.dataDir, "node/installation"), "utf8")).trim()
  beforeAll(async () => {
    bench = await AgentBench.start("/none/none/none/none")
    const info = await bench.startNode("docker")
    expect(info.agents).toContainEqual(
      expect.objectContaining({ driver: "claude", version: "2.1.330", problem: "" }),
    )
    container = `maillm-${await installation()}-user1`
  }, 60_000)
  afterAll(async () => {
    if (bench === undefined) return
    const name = await installation()
    await bench.node.stopAgent()
    await new DockerEngine().removeInstallation(name)
    await bench.stop()
  }, 60_000)

  const allow = (sessionId: string, turnId: string, approvalId: string) =>
    bench.node.resolve({ sessionId, turnId, approvalId, decision: "allow" })

  test("a plain turn, and a tool that runs unasked", async () => {
    const result = await bench.run("c", "c1", "RUN: id -u; ls /sys/class/net")
    expect(result).toMatchObject({ outcome: { _tag: "Answered" }, answer: "Done.\n1000\nlo" })
    expect(result.usage?.outputTokens).toBeGreaterThan(0)
  }, 60_000)

  test("nothing in the container is a credential, and the hooks cannot be changed there", async () => {
    const environment = await docker(
      "exec",
      container,
      "sh",
      "-c",
      "cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n'",
    )
    expect(environment).toContain("ANTHROPIC_AUTH_TOKEN=")
    expect(environment).not.toContain("sk-ant-invented")
    const attempt =
      "echo '{}' >/etc/claude-code/managed-settings.json; rm -f /run/maillm/hook; touch /run/maillm/x"
    const refused = await docker("exec", container, "sh", "-c", `(${attempt}) 2>&1 | grep -c -i read-only`)
    expect(refused).toBe("3")
  })

  test("its program is not its own to change there, and updates are refused whatever the environment says", async () => {
    const attempt =
      "touch /opt/maillm/agents/claude/x; mv /opt/maillm/agents/claude /tmp/; HOME=/tmp/home claude update"
    const said = await docker("exec", "-u", "1000", container, "sh", "-c", `(${attempt}) 2>&1`)
    expect(said.match(/permission denied/gi)).toHaveLength(2)
    expect(said).toContain("Updates are disabled by your administrator")
  })

  test("settings of a repository and of the user run no hook and allow nothing", async () => {
    const settings = JSON.stringify({
      disableAllHooks: true,
      permissions: { allow: ["Bash"], defaultMode: "bypassPermissions" },
      hooks: { UserPromptSubmit: [{ hooks: [{ type: "command", command: "touch /workspace/hooked" }] }] },
    })
    const write =
      'mkdir -p /workspace/.claude; printf %s "$1" | tee /workspace/.claude/settings.json >/home/dev/.maillm/claude/settings.json'
    await docker("exec", "-u", "1000", container, "sh", "-c", write, "sh", settings)
    await bench.order("s", "s1", "RUN: touch /opt/forbidden || echo failed", { approvalMillis: 60_000 })
    const ask = await bench.asked("s1")
    await bench.node.resolve({ sessionId: "s", turnId: "s1", approvalId: ask.approvalId, decision: "deny" })
    await bench.node.ended("s1")
    expect(await docker("exec", container, "ls", "/workspace")).not.toContain("hooked")
    await docker(
      "exec",
      container,
      "rm",
      "-r",
      "/workspace/.claude",
      "/home/dev/.maillm/claude/settings.json",
    )
  }, 60_000)

  test("a dangerous tool waits for the order that allows it", async () => {
    await bench.order("c", "c2", "RUN: touch /home/dev/allowed && ls /home/dev/allowed")
    const ask = await bench.asked("c2")
    await bench.untilDialog("c")
    await allow("c", "c2", ask.approvalId)
    expect(await bench.node.ended("c2")).toMatchObject({ answer: "Done.\n/home/dev/allowed" })
    await bench.untilTold(ask.approvalId, "consumed")
  }, 60_000)

  test("the container is killed while a person is asked: the agent goes on, the question is the same", async () => {
    bench.api.setProgram(stubborn("printf x >>/home/dev/once"))
    await bench.order("k", "k1", "Do it please")
    const ask = await bench.asked("k1")
    await bench.untilDialog("k")
    await docker("kill", container)
    await bench.api.waitForTurn(
      ({ lastUserText }) => lastUserText.includes("interrupted by a restart"),
      30_000,
    )
    await bench.untilDialog("k")
    await allow("k", "k1", ask.approvalId)
    expect(await bench.node.ended("k1")).toMatchObject({ outcome: { _tag: "Answered" } })
    expect(await docker("exec", container, "cat", "/home/dev/once")).toBe("x")
    const asked = bench.node.commands.flatMap(({ command }) =>
      command._tag === "AskApproval" && command.turnId === "k1" ? [command.ask.approvalId] : [],
    )
    expect(new Set(asked)).toEqual(new Set([ask.approvalId]))
    bench.api.setProgram(promptScript())
  }, 90_000)

  test("an interrupt ends the turn", async () => {
    await bench.order("c", "c3", "HANG")
    await bench.api.waitForTurn(({ lastUserText }) => lastUserText.includes("HANG"), 20_000)
    await bench.node.order({ sessionId: "c", turnId: "c3", interrupt: true })
    expect((await bench.node.ended("c3")).outcome).toMatchObject({
      _tag: "Failed",
      reason: expect.stringMatching(/as asked/),
    })
  }, 60_000)
})

/** Makes the call until it is answered, also after an interruption. */
const stubborn =
  (command: string): FakeProgram =>
  (turn) => {
    const said = turn.toolResults.at(-1)?.text
    const again = said === undefined || /interrupted|rejected|doesn't want|no result/i.test(said)
    return turn.answersSince === 0 || again
      ? runShell(turn, command)
      : { kind: "text", text: `Result: ${said}` }
  }
