import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"

/** A clone of nothing but the bootstrap, with a target and an npm of our own. */
let clone: string

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "maillm-clone-"))
  cpSync(join(import.meta.dirname, "../bin"), join(clone, "deploy/bin"), { recursive: true })
  mkdirSync(join(clone, "deploy/src/check"), { recursive: true })
  writeManifest({})
  writeFileSync(
    join(clone, "npm-cli.js"),
    `const fs = require("node:fs"); fs.mkdirSync("node_modules", { recursive: true }); fs.appendFileSync("npm-calls", process.argv.slice(2).join(" ") + "\\n")`,
  )
})

afterEach(() => rmSync(clone, { recursive: true, force: true, maxRetries: 10 }))

const writeManifest = (dependencies: Record<string, string>) =>
  writeFileSync(
    join(clone, "package.json"),
    JSON.stringify({ type: "commonjs", workspaces: [], dependencies }),
  )

const npmCalls = () =>
  existsSync(join(clone, "npm-calls"))
    ? readFileSync(join(clone, "npm-calls"), "utf8").trim().split("\n")
    : []

function start(target: string, args: ReadonlyArray<string> = [], env: NodeJS.ProcessEnv = {}): ChildProcess {
  writeFileSync(join(clone, "deploy/src/check/check.ts"), target)
  return spawn(process.execPath, [join(clone, "deploy/bin/bootstrap.mjs"), "check", ...args], {
    cwd: clone,
    env: { PATH: process.env["PATH"], npm_execpath: join(clone, "npm-cli.js"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
}

async function finish(child: ChildProcess) {
  let output = ""
  child.stdout!.on("data", (chunk) => (output += chunk))
  child.stderr!.on("data", (chunk) => (output += chunk))
  const [code] = await once(child, "close")
  return { code, output }
}

/** A target that says its pid, waits, and says how it was asked to end. */
const waiting = `
  process.on("SIGTERM", () => { console.log("asked to end"); process.exit(3) })
  setInterval(() => {}, 1000)
  console.log(process.pid)
`

test("runs the target with its arguments and returns its exit code", async () => {
  const target = `const args: string[] = process.argv.slice(2); console.log(args.join("|")); process.exitCode = 7`
  const { code, output } = await finish(start(target, ["a b", "--c"]))
  expect(output).toContain("a b|--c")
  expect(code).toBe(7)
})

test("installs dependencies once, and again only when they change", async () => {
  await finish(start(""))
  await finish(start(""))
  expect(npmCalls()).toEqual([expect.stringMatching(/^install /)])
  writeManifest({ effect: "4.1.0" })
  await finish(start(""))
  expect(npmCalls()).toHaveLength(2)
})

test("two at once install once", async () => {
  await Promise.all([finish(start("")), finish(start(""))])
  expect(npmCalls()).toHaveLength(1)
})

test("says what npm said when it fails, and tries again the next time", async () => {
  writeFileSync(join(clone, "npm-cli.js"), `console.error("registry out of reach"); process.exit(1)`)
  const { code, output } = await finish(start(`console.log("never")`))
  expect(code).toBe(1)
  expect(output).toContain("registry out of reach")
  expect(output).not.toContain("never")
  expect(existsSync(join(clone, "node_modules/.maillm-stamp"))).toBe(false)
})

test("forwards SIGTERM and waits for the target to end", async () => {
  const child = start(waiting)
  const finished = finish(child)
  await once(child.stdout!, "data")
  child.kill("SIGTERM")
  expect(await finished).toMatchObject({ code: 3, output: expect.stringContaining("asked to end") })
})

test("the target ends when the bootstrap is killed", async () => {
  const child = start(waiting)
  const finished = finish(child)
  await once(child.stdout!, "data")
  child.kill("SIGKILL")
  // The pipe closes, and this resolves, only when the target is gone too.
  expect((await finished).output).toContain("asked to end")
})

test("the target ends when npm is killed", async () => {
  writeFileSync(join(clone, "deploy/src/check/check.ts"), waiting)
  const env = { ...process.env, npm_execpath: join(clone, "npm-cli.js"), npm_lifecycle_event: "check" }
  const bootstrap = `${process.execPath} ${join(clone, "deploy/bin/bootstrap.mjs")} check`
  // Like npm: a process whose shell runs the script.
  const npm = `const { spawn } = require("node:child_process"); spawn("sh", ["-c", "${bootstrap}; true"], { stdio: "inherit" })`
  const child = spawn(process.execPath, ["-e", npm], { env, stdio: ["ignore", "pipe", "pipe"] })
  const finished = finish(child)
  await once(child.stdout, "data")
  child.kill("SIGKILL")
  expect((await finished).output).toContain("asked to end")
})

test("names the commands there are when asked for another", async () => {
  const child = spawn(process.execPath, [join(clone, "deploy/bin/bootstrap.mjs"), "strat"], { stdio: "pipe" })
  expect(await finish(child)).toMatchObject({ code: 2, output: expect.stringContaining("start, dev, demo") })
})
