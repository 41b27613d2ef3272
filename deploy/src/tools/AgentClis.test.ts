import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { findAgentCli, obtainAgentCli, pinnedAgentVersion } from "./AgentClis.ts"

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "maillm-agents-"))
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

const context = () => ({ env: { PATH: process.env["PATH"], HOME: folder }, cacheDir: join(folder, "cache") })
const pinned = pinnedAgentVersion("opencode")

/** An npm that installs these packages, each with a program that does as the shell script says. */
function npmThatInstalls(programs: Readonly<Record<string, string>>): void {
  const npm = join(folder, "npm-cli.js")
  writeFileSync(
    npm,
    `const fs = require("node:fs")
fs.appendFileSync(${JSON.stringify(join(folder, "npm-runs"))}, process.argv.slice(2).join(" ") + "\\n")
const programs = ${JSON.stringify(programs)}
fs.mkdirSync("node_modules/opencode-ai", { recursive: true })
fs.writeFileSync("node_modules/opencode-ai/package.json", JSON.stringify({ optionalDependencies: { absent: "1", ...programs } }))
for (const [name, script] of Object.entries(programs)) {
  fs.mkdirSync("node_modules/" + name + "/bin", { recursive: true })
  fs.writeFileSync("node_modules/" + name + "/bin/opencode", "#!/bin/sh\\n" + script + "\\n", { mode: 0o755 })
}`,
  )
  vi.stubEnv("npm_execpath", npm)
}

test("installs once for two that ask at once, without the package's own scripts, and leaves nothing else", async () => {
  npmThatInstalls({ "opencode-linux-x64": `echo ${pinned}` })
  const outcomes = await Promise.all([
    obtainAgentCli("opencode", context()),
    obtainAgentCli("opencode", context()),
  ])
  const path = join(folder, "cache/agents/opencode", pinned, "bin/opencode")
  for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: "ready", path, version: pinned })
  expect(readFileSync(join(folder, "npm-runs"), "utf8")).toMatch(/^install --ignore-scripts [^\n]*\n$/)
  expect(readdirSync(join(folder, "cache/agents"))).toEqual(["opencode"])
})

test("installs anew what was replaced by another version under the same name", async () => {
  npmThatInstalls({ "opencode-linux-x64": `echo ${pinned}` })
  await obtainAgentCli("opencode", context())
  const program = join(folder, "cache/agents/opencode", pinned, "bin/opencode")
  writeFileSync(program, "#!/bin/sh\necho 9.9.9\n")
  expect(await obtainAgentCli("opencode", context())).toMatchObject({ kind: "ready", path: program })
  expect(readFileSync(program, "utf8")).toContain(pinned)
  expect(readFileSync(join(folder, "npm-runs"), "utf8").split("\n")).toHaveLength(3)
  expect(readdirSync(join(folder, "cache/agents"))).toEqual(["opencode"])
})

test("takes the plainest package that runs on this machine", async () => {
  npmThatInstalls({
    "opencode-linux-x64-baseline": `echo "${pinned} baseline"`,
    "opencode-linux-x64": "kill -ILL $$",
  })
  await obtainAgentCli("opencode", context())
  const program = join(folder, "cache/agents/opencode", pinned, "bin/opencode")
  expect(readFileSync(program, "utf8")).toContain("baseline")
})

test("is unavailable, and leaves nothing, when what npm brought is of another version", async () => {
  npmThatInstalls({ "opencode-linux-x64": "echo 0.0.1" })
  expect(await obtainAgentCli("opencode", context())).toMatchObject({
    kind: "unavailable",
    tried: [expect.stringContaining(pinned)],
  })
  expect(readdirSync(join(folder, "cache/agents"))).toEqual(["opencode"])
  expect(readdirSync(join(folder, "cache/agents/opencode"))).toEqual([])
})

test("is unavailable with npm's own words when npm fails", async () => {
  writeFileSync(join(folder, "npm-cli.js"), `console.error("E404 no such thing"); process.exit(1)`)
  vi.stubEnv("npm_execpath", join(folder, "npm-cli.js"))
  expect(await obtainAgentCli("claude", context())).toMatchObject({
    kind: "unavailable",
    tried: [expect.stringContaining("E404 no such thing")],
    remedy: expect.stringContaining("maillm agents install claude"),
  })
})

test("finds nothing where nothing was installed, nor what is of another version", async () => {
  expect(await findAgentCli("opencode", context())).toBeUndefined()
  const other = join(folder, "cache/agents/opencode/0.0.1/bin")
  mkdirSync(other, { recursive: true })
  writeFileSync(join(other, "opencode"), "#!/bin/sh\n")
  chmodSync(join(other, "opencode"), 0o755)
  expect(await findAgentCli("opencode", context())).toBeUndefined()
})
