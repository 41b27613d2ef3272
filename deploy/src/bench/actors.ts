import type { BenchReport } from "./BenchReport.ts"
import { measureActivation } from "./actors/activation.ts"
import { BenchRun } from "./actors/BenchRun.ts"
import { measurePopulation } from "./actors/population.ts"
import { startNats } from "./actors/startNats.ts"
import { measureTakeover } from "./actors/takeover.ts"
import { measureTurns } from "./actors/turns.ts"

/**
 * Durable keyed turns beside their peers and limits, and what many actors, long journals and takeovers cost. Each
 * part has the machine and its servers for itself.
 */
export const run = async ({ long }: { readonly long: boolean }): Promise<BenchReport> => {
  const parts = [
    await apart(measureTurns),
    await apart(measureTakeover),
    await apart(async (bench) =>
      measureActivation(bench, await startNats(bench, "default", { name: "nats-activation" }), long),
    ),
    await apart((bench) => measurePopulation(bench, long)),
  ]
  return {
    name: "actors",
    rows: parts.flatMap(({ rows }) => rows),
    notes: parts.flatMap(({ notes }) => notes),
  }
}

const apart = async <A>(measure: (bench: BenchRun) => Promise<A>): Promise<A> => {
  const bench = new BenchRun()
  try {
    return await measure(bench)
  } finally {
    await bench.dispose()
  }
}
