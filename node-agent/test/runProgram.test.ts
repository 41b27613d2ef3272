import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { DockerEngine } from "../src/container/DockerEngine.ts"
import { dockerRuntime } from "../src/container/DockerRuntime.ts"
import { hostRuntime } from "../src/container/HostRuntime.ts"
import type { PaneRuntime } from "../src/container/PaneRuntime.ts"
import { makePrivateFolder } from "../src/files/atomicFile.ts"
import { nodeFolder } from "../src/files/NodeFolder.ts"

const withDocker = Boolean(process.env["MAILLM_TEST_DOCKER"])
const owner = { userId: "ada" }

describe.each(["host", "docker"] as const)("programs run where panes run: %s", (name) => {
  describe.skipIf(name === "docker" && !withDocker)("(docker needs MAILLM_TEST_DOCKER)", () => {
    let dataDir = ""
    let runtime: PaneRuntime
    const engine = new DockerEngine()
    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), "maillm-run-"))
      const folder = nodeFolder(dataDir)
      await makePrivateFolder(folder.root)
      runtime =
        name === "host"
          ? hostRuntime(folder, "test")
          : await dockerRuntime(
              folder,
              engine,
              process.env["MAILLM_TEST_IMAGE"] ?? "maillm/session:local",
              "",
            )
      if (name === "docker") await makePrivateFolder(folder.integration(owner.userId))
    })
    afterAll(async () => {
      if (name === "docker") {
        const { readFile } = await import("node:fs/promises")
        await engine.removeInstallation(await readFile(join(dataDir, "node/installation"), "utf8"))
      }
      await rm(dataDir, { recursive: true, force: true, maxRetries: 10 })
    })

    test("input, both outputs and the exit code, bytes unharmed, without a shell", async () => {
      const bytes = Buffer.from([0, 255, 13, 10, 0x1b, 128, 3, 4])
      const script = 'cat; echo "$1" >&2; exit 7'
      const ran = await runtime.run(owner, ["sh", "-c", script, "sh", "$(id) ;"], { stdin: bytes })
      expect(ran).toEqual({ exitCode: 7, stdout: bytes, stderr: "$(id) ;\n" })
    })

    test("in the workspace unless told otherwise, with nothing of our environment", async () => {
      process.env["MAILLM_TEST_SECRET"] = "not for panes"
      const where = await runtime.run(owner, ["pwd"])
      expect(where.stdout.toString().trim()).toBe(runtime.workspacePath(owner))
      expect((await runtime.run(owner, ["pwd"], { cwd: "/" })).stdout.toString()).toBe("/\n")
      const seen = await runtime.run(owner, ["env"], { environment: { GIVEN: "a b" } })
      expect(seen.stdout.toString()).toContain("GIVEN=a b\n")
      expect(seen.stdout.toString()).not.toContain("MAILLM_TEST_SECRET")
    })

    test("what takes too long or prints too much is refused, with all that it started", async () => {
      const slow = ["sh", "-c", "sleep 300.125 & sleep 300.125"]
      await expect(runtime.run(owner, slow, { timeoutMillis: 300 })).rejects.toThrow("longer than 300 ms")
      const flood = runtime.run(owner, ["head", "-c", "5000000", "/dev/zero"], {
        outputLimitBytes: 4_000_000,
      })
      await expect(flood).rejects.toThrow("printed more")
      const whole = await runtime.run(owner, ["head", "-c", "3000000", "/dev/zero"], {
        outputLimitBytes: 3_000_000,
      })
      expect(whole.stdout.length).toBe(3_000_000)
      expect(await commandLines()).not.toContain("sleep 300.125")
    })

    test("a program that is not there fails, whichever way the runtime says it", async () => {
      const ran = runtime.run(owner, ["/no/such/program"])
      await (name === "host"
        ? expect(ran).rejects.toThrow("could not be started")
        : expect(ran.then(({ exitCode }) => exitCode)).resolves.toBe(127))
    })
  })
})

/** Of every process on this machine, containers' included. */
const commandLines = async (): Promise<string> => {
  const { readFile } = await import("node:fs/promises")
  const lines = (await readdir("/proc")).map((pid) =>
    readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""),
  )
  return (await Promise.all(lines)).join("\n").replaceAll("\0", " ")
}
