import * as Schema from "effect/Schema"
import type { BenchRow } from "../BenchReport.ts"
import { median } from "../BenchReport.ts"
import type { BenchRun } from "./BenchRun.ts"
import { startMaillm } from "./maillmTurns.ts"
import { startNats } from "./startNats.ts"
import { measurePoint } from "./TurnSystem.ts"
import type { MeasuredPoint, TurnSystem } from "./TurnSystem.ts"

const decodeMemory = Schema.decodeUnknownSync(Schema.Struct({ bytes: Schema.Finite, live: Schema.Int }))
const decodePopulated = Schema.decodeUnknownSync(Schema.Struct({ done: Schema.Int, millis: Schema.Finite }))

/** An idle actor is passivated after a minute; this is what a host gets for all of them. */
const passivationMillis = 150_000
const rounds = 5

interface Population {
  readonly rows: Array<BenchRow>
  readonly notes: Array<string>
}

/**
 * What an actor takes that lives, that sleeps, and that merely exists: memory, and the cost of a turn of the same
 * thousand actors while so many others exist, beside a system that has no others.
 */
export const measurePopulation = async (run: BenchRun, long: boolean): Promise<Population> => {
  const [few, many] = [await start(run, "few"), await start(run, "many")]
  const rows: Array<BenchRow> = []
  const notes = [
    "actors: default sync; memory after garbage collection (heap and buffers of the host; resident of nats-server)",
  ]
  // The thousand of either come to life, and the code is warm before the first memory is taken.
  for (const system of [few, many]) {
    await measurePoint(system, { concurrency: 256, warmMillis: 3_000, millis: 500 })
  }
  const before = await memoryOf(many)

  const hundredThousand = await populate(many, "n", 0, 99_000, long ? 600_000 : 60_000)
  const actors = 1_000 + hundredThousand.done
  rows.push(plain("first turn of a new actor, 256 in flight", "turns/s", hundredThousand.perSecond))
  const live = await memoryOf(many)
  if (live.live < actors / 2) notes.push(`only ${live.live} of ${actors} actors were still live when counted`)
  const added = Math.max(1, live.live - before.live)
  rows.push(plain(`memory of a live actor (${live.live} live)`, "bytes", (live.host - before.host) / added))
  rows.push(
    plain("nats-server's memory for an actor", "bytes", (live.nats - before.nats) / hundredThousand.done),
  )
  rows.push(...(await costRows(few, many, actors)))

  const deadline = performance.now() + passivationMillis
  let idle = await memoryOf(many)
  while (idle.live > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    idle = await memoryOf(many)
  }
  const passivated = live.live - idle.live
  if (idle.live > 0) notes.push(`${idle.live} actors were still live ${passivationMillis / 1000} s later`)
  rows.push(
    plain(
      `memory of a passivated actor (${passivated} passivated)`,
      "bytes",
      (idle.host - before.host) / Math.max(1, passivated),
    ),
  )
  if (long) {
    const million = await populate(many, "m", 0, 1_000_000 - actors, 1_200_000)
    rows.push(...(await costRows(few, many, actors + million.done)))
  } else notes.push("a turn's cost at 1,000,000 actors is measured with --long")
  return { rows, notes }
}

const start = async (run: BenchRun, name: string) =>
  startMaillm(run, await startNats(run, "default", { name: `nats-${name}` }), name)

const hostOf = ({ others, caller }: TurnSystem) => others[0] ?? caller

const plain = (name: string, unit: string, ours: number): BenchRow => ({
  case: name,
  unit,
  ours,
  peers: {},
  limit: null,
})

const memoryOf = async (system: TurnSystem) => {
  const { bytes, live } = decodeMemory(await hostOf(system).ask({ do: "memory" }))
  return { host: bytes, live, nats: system.store.residentBytes() }
}

const populate = async (
  { caller }: TurnSystem,
  prefix: string,
  from: number,
  to: number,
  deadlineMillis: number,
) => {
  const question = { do: "populate", prefix, from, to, deadlineMillis }
  const { done, millis } = decodePopulated(await caller.ask(question, deadlineMillis + 60_000))
  return { done, perSecond: done / (millis / 1000) }
}

/** Turns of the same thousand actors, with and without the others, in turn. The limit is the system without. */
const costRows = async (few: TurnSystem, many: TurnSystem, actors: number): Promise<Array<BenchRow>> => {
  const alone: Array<MeasuredPoint> = []
  const among: Array<MeasuredPoint> = []
  for (let round = 0; round < rounds; round++) {
    alone.push(await measurePoint(few, { concurrency: 256, warmMillis: 250, millis: 1_000 }))
    among.push(await measurePoint(many, { concurrency: 256, warmMillis: 250, millis: 1_000 }))
  }
  const row = (what: string, unit: string, value: (point: MeasuredPoint) => number): BenchRow => ({
    case: `${what} among ${actors.toLocaleString("en")} actors, limit among 1,000`,
    unit,
    ours: median(among.map(value)),
    peers: {},
    limit: median(alone.map(value)),
  })
  return [
    row("turns, 256 in flight,", "turns/s", (point) => point.turnsPerSecond),
    row("CPU of a turn, all processes,", "us", (point) =>
      Object.values(point.cpuMicrosPerTurn).reduce((sum, micros) => sum + micros, 0),
    ),
  ]
}
