import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { TestNode } from "./testing/TestNode.ts"

const run = promisify(execFile)
const docker = async (...argv: ReadonlyArray<string>) => (await run("docker", [...argv])).stdout.trim()

/** Set by `npm test` when an engine answers and the session image is there. */
const enabled = Boolean(process.env["MAILLM_TEST_DOCKER"])

describe.skipIf(!enabled)("panes in containers (needs MAILLM_TEST_DOCKER and the session image)", () => {
  let node: TestNode
  let container = ""
  beforeAll(async () => {
    node = await TestNode.start()
    const info = await node.startAgent("docker")
    expect(info).toMatchObject({ runtime: "docker", runtimeReason: expect.stringMatching(/Docker \d/) })
    const installation = (await readFile(join(node.dataDir, "node/installation"), "utf8")).trim()
    container = `maillm-${installation}-user1`
  }, 60_000)
  afterAll(async () => {
    await docker("rm", "-f", container).catch(() => undefined)
    for (const volume of ["maillm-ws-", "maillm-home-"])
      await docker("volume", "rm", container.replace("maillm-", volume)).catch(() => undefined)
    await node?.stop()
  }, 60_000)

  test("a turn runs as an unprivileged user with no network, in its workspace", async () => {
    const text =
      "id -u; pwd; grep -E 'CapEff|NoNewPrivs' /proc/self/status; ls /sys/class/net; echo $$ | wc -l; exit_code=7; (exit 7)"
    const result = await node.run("box", "d1", text, 60_000)
    expect(result.outcome).toEqual({ _tag: "Exited", exitCode: 7 })
    expect(result.outputText.replaceAll("\t", " ")).toMatch(
      /^1000\n\/workspace\nCapEff: +0+\nNoNewPrivs: +1\nlo\n1$/,
    )
  }, 90_000)

  test("the container is what the template says, and holds nothing of ours", async () => {
    const [about] = JSON.parse(await docker("inspect", container)) as [
      {
        HostConfig: Record<string, unknown>
        Config: { Env: Array<string> }
        Mounts: Array<Record<string, unknown>>
      },
    ]
    expect(about.HostConfig).toMatchObject({
      Privileged: false,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      NetworkMode: "none",
      PidsLimit: 512,
      Memory: 2_147_483_648,
      Init: true,
    })
    expect(about.HostConfig["CapAdd"] ?? []).toEqual([])
    expect(
      about.Mounts.map((mount) => [mount["Type"], mount["Destination"], mount["RW"]]).toSorted((a, b) =>
        String(a[1]).localeCompare(String(b[1])),
      ),
    ).toEqual([
      ["bind", "/etc/claude-code", false],
      ["volume", "/home/dev", true],
      ["bind", "/run/maillm", false],
      ["volume", "/workspace", true],
    ])
    expect(about.Config.Env.join(" ")).not.toMatch(/MAILLM|NATS|TOKEN|SECRET/i)
    expect(
      (await node.run("box", "d2", "ls /run/maillm | wc -l; touch /run/maillm/x 2>&1")).outputText,
    ).toMatch(/^0\n.*Read-only/)
  })

  test("unicode, several lines and 30 KiB arrive byte for byte", async () => {
    const body = "é漢😀 'quoted' \"$x\" \\ \n".repeat(900)
    const { createHash } = await import("node:crypto")
    const result = await node.run("box", "d3", `sha256sum <<'EOT'\n${body}EOT`)
    expect(result.outputText.split(" ")[0]).toBe(createHash("sha256").update(body).digest("hex"))
  })

  test("two sessions of a user share the container; an interrupt reaches what ignores Ctrl-C", async () => {
    expect((await node.run("box2", "d4", "hostname; echo shared >file.txt")).outputText).toBe("maillm")
    await node.order({
      sessionId: "box",
      turnId: "d5",
      text: "cat file.txt; bash -c 'trap \"\" INT; touch armed; sleep 60'",
    })
    await expect
      .poll(() => docker("exec", container, "ls", "/workspace"), { timeout: 10_000 })
      .toMatch(/armed/)
    await node.order({ sessionId: "box", turnId: "d5", interrupt: true })
    const result = await node.ended("d5", 20_000)
    expect(result.outcome).toEqual({ _tag: "Exited", exitCode: 137 })
    expect(result.outputText).toMatch(/^shared/)
  }, 60_000)

  test("after the agent restarts a running turn goes on, its end is told", async () => {
    await node.order({ sessionId: "box", turnId: "d6", text: "echo one; sleep 2; echo two" })
    await node.taken("d6")
    await node.stopAgent()
    await node.startAgent("docker")
    expect((await node.ended("d6")).outputText).toBe("one\ntwo")
  }, 60_000)

  test("exit and exec end the pane with their code", async () => {
    expect((await node.run("box2", "d7", "exit 6")).outcome).toEqual({
      _tag: "PaneEnded",
      exitCode: 6,
      signal: null,
    })
    expect((await node.run("box2", "d8", "cat file.txt")).outputText).toBe("shared")
  }, 60_000)

  test("a container that is killed ends its turns; the next turn gets it running again, with its files", async () => {
    await node.order({ sessionId: "box", turnId: "d9", text: "echo before; sleep 60" })
    await node.taken("d9")
    await docker("kill", container)
    const result = await node.ended("d9", 30_000)
    expect(result.outcome).toMatchObject({ _tag: "PaneEnded", exitCode: 137 })
    expect(result.outputText).toMatch(/^before/)
    expect((await node.run("box", "d10", "cat file.txt", 60_000)).outputText).toBe("shared")
  }, 120_000)

  test("a container that is removed is made anew, with its files", async () => {
    await docker("rm", "-f", container)
    expect((await node.run("box", "d11", "cat file.txt", 60_000)).outputText).toBe("shared")
  }, 90_000)

  test("a pane of the host is not used once containers are chosen, nor the other way round", async () => {
    await node.stopAgent()
    await node.startAgent("host")
    expect((await node.run("move", "m1", "[ $PWD = /workspace ] || echo host")).outputText).toBe("host")
    await node.stopAgent()
    await node.startAgent("docker")
    expect((await node.run("move", "m2", "pwd", 60_000)).outputText).toBe("/workspace")
  }, 90_000)

  // Not a bomb that feeds itself: whether one of those dies out is chance, and while it lives no shell in the
  // container can start anything.
  test("more processes than allowed and a memory hog stay inside; the next turn works", async () => {
    const bomb = "bash -c 'for i in $(seq 700); do sleep 3 & done; wait' 2>/dev/null; true"
    await node.run("box", "d12", bomb, 60_000)
    await node.run("box", "d13", "head -c 3G /dev/zero | tail | wc -c", 60_000)
    expect(await node.run("box", "d14", "echo alive", 60_000)).toMatchObject({
      outcome: { _tag: "Exited", exitCode: 0 },
      outputText: "alive",
    })
  }, 200_000)
})
