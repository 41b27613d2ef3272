import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { join } from "node:path"
import * as Schema from "effect/Schema"

/** A seed that broke a promise, or at the end what was run. Printed by `runSeeds.ts`. */
export const SeedReport = Schema.Union([
  Schema.Struct({
    seed: Schema.Int,
    violations: Schema.Array(Schema.Struct({ rule: Schema.String, detail: Schema.String })),
  }),
  /** `cpuMillis`: what the whole process has used. */
  Schema.Struct({
    seeds: Schema.Int,
    cpuMillis: Schema.Int,
    seen: Schema.Record(Schema.String, Schema.Int),
  }),
])
export type SeedReport = typeof SeedReport.Type

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(SeedReport))

interface SeedRange {
  /** The folder of `runSeeds.ts`: this one, or a mutated copy of it. */
  readonly folder: string
  readonly from: number
  readonly to: number
  readonly first?: boolean
  readonly limitMillis: number
}

/** Runs seeds in a process of their own. Rejects with what it printed when it ends without a summary. */
export const runSeedProcess = (range: SeedRange): Promise<ReadonlyArray<SeedReport>> =>
  new Promise((resolve, reject) => {
    const { folder, from, to, first = false, limitMillis } = range
    const args = [join(folder, "runSeeds.ts"), String(from), String(to), ...(first ? ["--first"] : [])]
    const child = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=32", ...args],
      { env: {}, stdio: ["ignore", "pipe", "pipe"], timeout: limitMillis, killSignal: "SIGKILL" },
    )
    const killWithParent = () => child.kill("SIGKILL")
    process.once("exit", killWithParent)
    const reports: Array<SeedReport> = []
    let errors = ""
    createInterface({ input: child.stdout }).on("line", (line) => reports.push(decode(line)))
    child.stderr.on("data", (bytes: Buffer) => (errors = (errors + bytes.toString()).slice(-4_000)))
    child.once("error", reject)
    child.once("close", (code, signal) => {
      process.off("exit", killWithParent)
      if (reports.some((report) => "seeds" in report)) resolve(reports)
      else reject(new Error(`seeds ${from} to ${to} ended with ${code ?? signal}:\n${errors}`))
    })
  })

/** How many seeds were run, which of them broke a promise, and what all of them went through. */
export const summaryOf = (reports: ReadonlyArray<SeedReport>) => {
  let seeds = 0
  let cpuMillis = 0
  const seen = new Map<string, number>()
  for (const report of reports) {
    if (!("seeds" in report)) continue
    seeds += report.seeds
    cpuMillis += report.cpuMillis
    for (const [event, count] of Object.entries(report.seen)) seen.set(event, (seen.get(event) ?? 0) + count)
  }
  return { seeds, cpuMillis, seen, broken: reports.flatMap((report) => ("seed" in report ? [report] : [])) }
}
