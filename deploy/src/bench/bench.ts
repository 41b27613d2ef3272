import { parseArgs } from "node:util"
import type { BenchReport } from "./BenchReport.ts"
import { publish } from "./BenchReport.ts"

/** `npm run bench -- <name> [--json FILE]`. Each benchmark is loaded when it is asked for. */
const benchmarks: Readonly<Record<string, () => Promise<{ readonly run: () => Promise<BenchReport> }>>> = {
  mail: () => import("./mail.ts"),
  journey: () => import("./journey.ts"),
}

const main = async () => {
  const { values, positionals } = parseArgs({ options: { json: { type: "string" } }, allowPositionals: true })
  const load = benchmarks[positionals[0] ?? ""]
  if (load === undefined || positionals.length !== 1) {
    console.error(
      `Usage: npm run bench -- <name> [--json FILE]\nNames: ${Object.keys(benchmarks).join(", ")}`,
    )
    process.exit(2)
  }
  const { run } = await load()
  publish(await run(), values.json ?? null)
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
