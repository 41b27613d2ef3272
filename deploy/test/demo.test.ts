import { execFileSync, spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { repository } from "../bin/launch/paths.mjs"
import { eventually } from "../src/testing/eventually.ts"
import { processesOf } from "../src/testing/processesOf.ts"

let folder: string
let child: ChildProcess
let output: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "maillm-demo-test-"))
  output = ""
})
afterEach(() => {
  child.kill("SIGKILL")
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

/** Runs the demo with a temporary folder of its own for all that it makes. */
const run = (runtime: "host" | "docker") => {
  child = spawn(process.execPath, [join(repository, "deploy/src/local/demo.ts")], {
    cwd: folder,
    env: { ...process.env, TMPDIR: folder, MAILLM_RUNTIME: runtime },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const keep = (bytes: Buffer) => (output += bytes.toString("utf8"))
  child.stdout?.on("data", keep)
  child.stderr?.on("data", keep)
  return once(child, "close")
}
const said = (what: RegExp) => eventually(`it says ${what}`, () => (what.test(output) ? true : null), 60_000)

const expectNothingLeft = () => {
  expect(readdirSync(folder)).toEqual([])
  expect(processesOf(folder)).toEqual([])
}

describe("npm run demo (needs tmux)", () => {
  it("shows every step and the reply, ends with 0, and leaves nothing behind", async () => {
    const closed = run("host")
    await closed
    expect(child.exitCode).toBe(0)
    const order = [
      /SMTP says 250/,
      /accepted as a request/,
      /shell took it/,
      /exit code 0/,
      /Reply kept/,
      /In-Reply-To: </,
      /checking time\n/,
      /✓ Answered/,
    ]
    const places = order.map((step) => output.search(step))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places[0]).toBeGreaterThan(0)
    expectNothingLeft()
  }, 60_000)

  it.each([
    ["while it starts", /maillm/],
    ["once it has started", /Started in/],
    ["while the command runs", /shell took it/],
  ])(
    "Ctrl-C %s: ends with 130 and leaves nothing behind",
    async (_, when) => {
      const closed = run("host")
      await said(when)
      child.kill("SIGINT")
      await closed
      expect(child.exitCode).toBe(130)
      expect(output).not.toContain("✓")
      expectNothingLeft()
    },
    60_000,
  )

  it.skipIf(!process.env["MAILLM_TEST_IMAGE"])(
    "Ctrl-C removes its container and workspace (needs Docker and the session image)",
    async () => {
      const closed = run("docker")
      await said(/shell took it/)
      const [demo] = readdirSync(folder)
      const installation = readFileSync(join(folder, demo ?? "", "node/installation"), "utf8").trim()
      const inDocker = () => [
        dockerList(["ps", "-a"], installation),
        dockerList(["volume", "ls"], installation),
      ]
      expect(inDocker()).not.toContain("")
      child.kill("SIGINT")
      await closed
      expect(child.exitCode).toBe(130)
      expect(inDocker()).toEqual(["", ""])
      expectNothingLeft()
    },
    60_000,
  )
})

const dockerList = (command: ReadonlyArray<string>, installation: string) =>
  execFileSync("docker", [...command, "-q", "--filter", `label=maillm.installation=${installation}`], {
    encoding: "utf8",
  }).trim()
