import { parseArgs } from "node:util"
import type { BenchReport } from "./BenchReport.ts"
import { publish } from "./BenchReport.ts"

interface Benchmark {
  readonly run: (options: { readonly long: boolean }) => Promise<BenchReport>
}

/** `npm run bench -- <name> [--json FILE] [--long]`. Each benchmark is loaded when it is asked for. */
const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  mail: () => import("./mail.ts"),
  journey: () => import("./journey.ts"),
  actors: () => import("./actors.ts"),
  agents: () => import("./agents.ts"),
}

const main = async () => {
  const { values, positionals } = parseArgs({
    options: { json: { type: "string" }, long: { type: "boolean", default: false } },
    allowPositionals: true,
  })
  const load = benchmarks[positionals[0] ?? ""]
  if (load === undefined || positionals.length !== 1) {
    console.error(
      `Usage: npm run bench -- <name> [--json FILE] [--long]\nNames: ${Object.keys(benchmarks).join(", ")}`,
    )
    process.exit(2)
  }
  const { run } = await load()
  publish(await run({ long: values.long }), values.json ?? null)
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
