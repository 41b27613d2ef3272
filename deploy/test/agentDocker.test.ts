import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { nodeFolder } from "@maillm/node-agent/files/NodeFolder"
import { callTool, say } from "@maillm/node-agent/model/testing/FakeReply"
import { promptScript } from "@maillm/node-agent/model/testing/promptScript"
import { AgentInstallation } from "../src/testing/AgentInstallation.ts"
import { eventually } from "../src/testing/eventually.ts"

const dockerHost = process.env["MAILLM_TEST_DOCKER"]
const image = process.env["MAILLM_TEST_IMAGE"]
const ready =
  dockerHost !== undefined && image !== undefined && process.env["MAILLM_TEST_CLAUDE"] !== undefined

describe.skipIf(!ready)(
  "Claude Code in a container without a network (needs Docker and the session image)",
  () => {
    let at: AgentInstallation
    beforeAll(async () => {
      at = await AgentInstallation.open({
        MAILLM_RUNTIME: "docker",
        DOCKER_HOST: process.env["DOCKER_HOST"] ?? "",
        MAILLM_IMAGE: image ?? "",
      })
    }, 120_000)
    afterAll(() => at.dispose())

    const container = () =>
      `maillm-${readFileSync(nodeFolder(at.maillm.dataDir).installation, "utf8").trim()}-owner`
    const docker = (...args: ReadonlyArray<string>) =>
      execFileSync("docker", args, {
        encoding: "utf8",
        env: { PATH: process.env["PATH"], DOCKER_HOST: process.env["DOCKER_HOST"] },
      })
    const inContainer = (script: string) => docker("exec", container(), "bash", "-c", script).trim()

    it("does a request through the node's proxy, and says what it changed", async () => {
      const answer = await at.answerTo(await at.mail("RUN: echo made > made.txt\nSAY: I made it."), 90_000)
      expect(answer.text).toContain("I made it.")
      expect(answer.text).toContain("A made.txt")
      expect(inContainer("cat /workspace/made.txt; ls /sys/class/net")).toBe("made\nlo")
      const { request } = await at.request(answer.requestId ?? "")
      expect(request.usage?.outputTokens).toBeGreaterThan(0)
    }, 120_000)

    it("holds no credential, and hooks that it cannot change", () => {
      const seen = inContainer(
        "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n'; cat /etc/claude-code/managed-settings.json",
      )
      expect(seen).not.toContain("invented-for-tests")
      expect(seen).toContain("allowManagedHooksOnly")
      for (const path of ["/etc/claude-code/managed-settings.json", "/run/maillm", "/opt/maillm/agents"])
        expect(inContainer(`test -w ${path} && echo writable || echo kept`), path).toBe("kept")
    })

    it("asks, and goes on with the same question when its container was killed", async () => {
      const command = "sudo -n true 2>/dev/null; echo ran >> killed.txt"
      const script = promptScript()
      at.api.setProgram((turn) => {
        if (!turn.lastUserText.includes("interrupted by a restart")) return script(turn)
        // As a model does that was told to make the same call again.
        return turn.answersSince === 0
          ? callTool("Bash", { command, description: "A command of the script" })
          : say("It ran.")
      })
      const sent = await at.mail(`RUN: ${command}\nSAY: It ran.`)
      const { approval } = await at.question()
      docker("kill", container())
      await eventually(
        "the agent asks the same again",
        () => (at.api.turns.some(({ lastUserText }) => lastUserText.includes("interrupted")) ? true : null),
        60_000,
      )
      expect((await at.approvals("state=pending")).map(({ id }) => id)).toEqual([approval.id])
      await at.answer(approval, "allow")
      expect((await at.answerTo(sent, 90_000)).text).toContain("It ran.")
      expect(inContainer("cat /workspace/killed.txt")).toBe("ran")
    }, 240_000)
  },
)
