import { parseArgs } from "node:util"
import { simulate } from "./simulate.ts"
import type { SeedReport } from "./seedProcess.ts"

/**
 * Runs the seeds FROM to TO (both included) in this process and prints one JSON line for each that broke a promise,
 * then a summary. `--first` ends with the first of them.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { first: { type: "boolean", default: false } },
})
const [from = 1, to = from] = positionals.map(Number)
const say = (report: SeedReport) => console.log(JSON.stringify(report))

const seen: Record<string, number> = {}
let seed = from
for (; seed <= to; seed++) {
  const result = simulate(seed)
  for (const [event, count] of result.seen) seen[event] = (seen[event] ?? 0) + count
  const { violations } = result
  if (violations.length === 0) continue
  say({ seed, violations: violations.slice(0, 5) })
  if (values.first) break
}
const seeds = Math.min(seed, to) - from + 1
say({ seeds, cpuMillis: Math.round(process.cpuUsage().user / 1_000), seen })
