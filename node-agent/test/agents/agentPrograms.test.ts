import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { findPrograms } from "../../src/agent/AgentPrograms.ts"
import { hostRuntime } from "../../src/container/HostRuntime.ts"
import { ClaudeDriver } from "../../src/driver/claude/ClaudeDriver.ts"
import { makePrivateFolder } from "../../src/files/atomicFile.ts"
import { nodeFolder } from "../../src/files/NodeFolder.ts"

let dataDir = ""
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "maillm-programs-"))
  await makePrivateFolder(nodeFolder(dataDir).root)
})
afterAll(() => rm(dataDir, { recursive: true }))

const install = async (script: string) => {
  const path = join(dataDir, "programs", ClaudeDriver.programs[0] ?? "")
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
}
const found = async (folder: string | null) =>
  (await findPrograms(hostRuntime(nodeFolder(dataDir), "test", folder), [ClaudeDriver]))[0]

test("the version that the driver was measured with is used", async () => {
  await install('echo "2.1.330 (Claude Code)"')
  expect(await found(join(dataDir, "programs"))).toMatchObject({
    version: "2.1.330",
    problem: "",
    path: join(dataDir, "programs/claude/2.1.330/claude"),
  })
})

test.each([
  ["another version", 'echo "2.1.331 (Claude Code)"', /2\.1\.331 is not used, only 2\.1\.330/],
  ["no version", "echo hello", /only 2\.1\.330/],
  ["a failure", "exit 3", /is not at/],
])("%s is refused with what to do", async (_, script, problem) => {
  await install(script)
  const program = await found(join(dataDir, "programs"))
  expect(program).toMatchObject({ path: null, problem: expect.stringMatching(problem) })
  expect(program?.problem).toContain("maillm agents install claude")
})

test("nothing installed is said as well", async () => {
  expect(await found(null)).toMatchObject({ path: null, problem: expect.stringMatching(/not installed/) })
})
