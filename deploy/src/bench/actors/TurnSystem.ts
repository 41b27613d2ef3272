import * as Schema from "effect/Schema"
import type { BenchChild } from "./BenchChild.ts"
import type { LoadPoint, LoadResult } from "./turnLoad.ts"

const decodeResult = Schema.decodeUnknownSync(
  Schema.Struct({
    turnsPerSecond: Schema.Finite,
    p50Millis: Schema.Finite,
    p99Millis: Schema.Finite,
    turns: Schema.Int,
  }),
)

export interface MeasuredPoint extends LoadResult {
  /** User and system time of each process, over all turns of the point. */
  readonly cpuMicrosPerTurn: Readonly<Record<string, number>>
}

/** A measured system: the process that calls, the one that stores, and whoever works between them. */
export interface TurnSystem {
  readonly name: string
  readonly caller: BenchChild
  /** Its syncs are those of the system. */
  readonly store: BenchChild
  readonly others: ReadonlyArray<BenchChild>
}

export const measurePoint = async (system: TurnSystem, point: LoadPoint): Promise<MeasuredPoint> => {
  const processes = [system.caller, ...system.others, system.store]
  const before = processes.map((child) => child.cpuSeconds())
  const result = decodeResult(await system.caller.ask({ do: "load", ...point }))
  const cpuMicrosPerTurn = Object.fromEntries(
    processes.map((child, i) => [
      child.name,
      ((child.cpuSeconds() - (before[i] ?? 0)) * 1e6) / Math.max(1, result.turns),
    ]),
  )
  return { ...result, cpuMicrosPerTurn }
}

/** Ends its processes, those that depend on others first. */
export const stopSystem = async ({ caller, others, store }: TurnSystem): Promise<void> => {
  await caller.stop("SIGKILL")
  await Promise.all(others.map((child) => child.stop("SIGKILL")))
  await store.stop("SIGKILL")
}
