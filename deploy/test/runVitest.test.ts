import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { runVitest } from "../src/test/runVitest.ts"

/** A project of its own for the vitest that is run by the test. */
let project: string

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "maillm-project-"))
  writeFileSync(join(project, "vitest.config.ts"), `export default { test: { globals: true } }`)
})

afterEach(() => rmSync(project, { recursive: true, force: true, maxRetries: 10 }))

const run = (testFile: string, variables = {}) => {
  writeFileSync(join(project, "a.test.ts"), testFile)
  return runProject(variables)
}

const runProject = (variables = {}) =>
  runVitest(["--root", project, "--config", join(project, "vitest.config.ts")], variables, "ignore")

test("counts what vitest ran", async () => {
  const tests = `test("a", () => {}); test("b", () => { throw new Error("planted") }); test.skip("c", () => {})`
  expect(await run(tests)).toEqual({ passed: 1, failed: 1, skipped: ["c"] })
})

test("a file that cannot be loaded and a folder without tests are not a success", async () => {
  expect(await run(`import "./absent.ts"`)).toMatchObject({ passed: 0, failed: 1 })
  rmSync(join(project, "a.test.ts"))
  expect(await runProject()).toEqual({ passed: 0, failed: 0, skipped: [] })
})

test("tests see neither the caller's secrets nor its home", async () => {
  vi.stubEnv("PLANTED_API_KEY", "secret")
  const seen = join(project, "seen")
  await run(
    `test("a", () => require("node:fs").writeFileSync(process.env.SEEN, JSON.stringify(process.env)))`,
    {
      SEEN: seen,
    },
  )
  const env: NodeJS.ProcessEnv = JSON.parse(readFileSync(seen, "utf8"))
  expect(env).not.toHaveProperty("PLANTED_API_KEY")
  expect(env["PATH"]).toBe(process.env["PATH"])
  expect(env["HOME"]).not.toBe(process.env["HOME"])
  expect(existsSync(env["HOME"]!)).toBe(false)
  vi.unstubAllEnvs()
})

test("what a test leaves running ends with the run", async () => {
  const pidFile = join(project, "pid")
  await run(
    `test("a", () => {
      const child = require("node:child_process").spawn("sleep", ["600"], { stdio: "ignore" })
      require("node:fs").writeFileSync(process.env.PID_FILE, String(child.pid))
    })`,
    { PID_FILE: pidFile },
  )
  const pid = Number(readFileSync(pidFile, "utf8"))
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 20_000)
})

/** A killed child that nobody has waited for yet (state Z) does not count. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))
  } catch {
    return false
  }
}
