import { type ChildProcess, spawn } from "node:child_process"
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { repository } from "../../bin/launch/paths.mjs"
import { type TestSummary, summarise } from "./testReport.ts"

/** What tests may see of the caller's environment: no keys, no settings of a maillm that runs here. */
const passedOn = [
  "PATH",
  "LANG",
  "LC_ALL",
  "TZ",
  "TERM",
  "USER",
  "CI",
  "FORCE_COLOR",
  "NO_COLOR",
  "DOCKER_HOST",
  "MAILLM_CACHE_DIR",
  "MAILLM_SIMULATION_SEEDS",
  "MAILLM_FUZZ_SEED",
  "MAILLM_TEST_MONGODB_URL",
]

/**
 * Runs vitest with the arguments in a fresh environment, with a home and a temporary folder of its own that are
 * removed afterwards. Whatever its tests started and did not stop is killed with it.
 */
export async function runVitest(
  args: ReadonlyArray<string>,
  variables: Readonly<Record<string, string>>,
  output: "inherit" | "ignore" = "inherit",
): Promise<TestSummary> {
  const folder = await mkdtemp(join(tmpdir(), "maillm-test-"))
  try {
    const env = await freshEnvironment(folder, variables)
    const reportFile = join(folder, "report.json")
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`]
    const vitest = join(repository, "node_modules/vitest/vitest.mjs")
    const child = spawn(process.execPath, [vitest, "run", ...reporters, ...args], {
      cwd: repository,
      env,
      // A process group of its own, so that nothing of it can be left behind.
      detached: true,
      stdio: ["ignore", output, output],
    })
    await endOf(child)
    return await readSummary(reportFile)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function freshEnvironment(folder: string, variables: Readonly<Record<string, string>>) {
  const home = join(folder, "home")
  await mkdir(home)
  const kept = passedOn.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  return { ...Object.fromEntries(kept), HOME: home, TMPDIR: folder, ...variables }
}

function endOf(child: ChildProcess): Promise<void> {
  const killGroup = (signal: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal)
    } catch {
      // The group is gone already.
    }
  }
  const stop = () => killGroup("SIGTERM")
  process.on("SIGINT", stop).on("SIGTERM", stop)
  return new Promise((resolve) => {
    const end = () => {
      killGroup("SIGKILL")
      process.off("SIGINT", stop).off("SIGTERM", stop)
      resolve()
    }
    child.once("exit", end).once("error", end)
  })
}

/** A vitest that left no report ended before its time, which is one failure. */
async function readSummary(reportFile: string): Promise<TestSummary> {
  try {
    return summarise(JSON.parse(await readFile(reportFile, "utf8")))
  } catch {
    return { passed: 0, failed: 1, skipped: [] }
  }
}
