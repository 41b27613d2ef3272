import type { BenchGoal, BenchRow } from "../BenchReport.ts"
import { median } from "../BenchReport.ts"
import { concurrencies } from "./measured.ts"
import type { Concurrency, Measured } from "./measured.ts"
import type { MeasuredPoint } from "./TurnSystem.ts"

/** Systems that promise the same: what is acknowledged outlives a power cut, or only the process. */
const durabilities = [
  { said: "fsync", ours: "maillm-always", peers: ["restate", "bullmq-always"], limits: "always" },
  { said: "default sync", ours: "maillm-default", peers: ["bullmq-everysec"], limits: "default" },
] as const
type Durability = (typeof durabilities)[number]

const middle = (points: ReadonlyArray<MeasuredPoint>, value: (point: MeasuredPoint) => number) =>
  median(points.map(value))

export const turnRows = (measured: Measured): ReadonlyArray<BenchRow> =>
  durabilities.flatMap((durability) =>
    concurrencies.flatMap((concurrency) => rowsAt(measured, durability, concurrency)),
  )

const rowsAt = (measured: Measured, durability: Durability, concurrency: Concurrency): Array<BenchRow> => {
  const { said, ours, peers, limits } = durability
  const at = (system: string, value: (point: MeasuredPoint) => number) =>
    middle(measured.of(system, concurrency), value)
  const row = (
    what: string,
    unit: string,
    value: (point: MeasuredPoint) => number,
    limit: string,
    goals: ReadonlyArray<BenchGoal> = [],
  ): BenchRow => ({
    case: `${said}, ${concurrency} in flight: ${what}`,
    unit,
    ours: at(ours, value),
    peers: Object.fromEntries(peers.map((peer) => [peer, at(peer, value)])),
    limit: at(`${limit}-${limits}`, value),
    ...(goals.length === 0 ? {} : { goals }),
  })
  const alone = (what: string, limit: string): BenchRow => ({
    ...row(what, "turns/s", rate, limit),
    peers: {},
  })
  return [
    row(
      "turns, limit batch",
      "turns/s",
      rate,
      "batch",
      rateGoals(durability, concurrency, (system) => at(system, rate)),
    ),
    alone("turns, limit publish", "publish"),
    alone("turns, limit core", "core"),
    row(
      "p50, limit core",
      "ms",
      p50,
      "core",
      p50Goals(durability, concurrency, (system) => at(system, p50)),
    ),
    row("p99, limit core", "ms", p99, "core", p99Goals(concurrency, at(ours, p99) / at(ours, p50))),
  ]
}

/** How far the rounds' own ratios to each peer lie apart, at 256 in flight. */
export const spreadNote = (measured: Measured): string => {
  const said = durabilities.flatMap(({ ours, peers }) =>
    peers.map((peer) => {
      const theirs = measured.of(peer, 256).map(rate)
      const ratios = measured.of(ours, 256).map((point, round) => rate(point) / (theirs[round] ?? Number.NaN))
      return `${ours} to ${peer} ${Math.min(...ratios).toFixed(1)}x to ${Math.max(...ratios).toFixed(1)}x`
    }),
  )
  return `range of the rounds' own ratios at 256 in flight: ${said.join("; ")}`
}

const rate = (point: MeasuredPoint) => point.turnsPerSecond
const p50 = (point: MeasuredPoint) => point.p50Millis
const p99 = (point: MeasuredPoint) => point.p99Millis

type At = (system: string) => number

const rateGoals = ({ said, ours }: Durability, concurrency: number, at: At): Array<BenchGoal> => {
  if (concurrency !== 256) return []
  const atLeast = (times: number, peer: string): BenchGoal => {
    const value = at(ours) / at(peer)
    return { goal: `>= ${times}x ${peer}`, value, met: value >= times }
  }
  return said === "fsync"
    ? [atLeast(5, "bullmq-always"), atLeast(10, "restate")]
    : [atLeast(5, "bullmq-everysec")]
}

const p50Goals = ({ said, ours }: Durability, concurrency: number, at: At): Array<BenchGoal> => {
  if (concurrency !== 1 || said !== "fsync") return []
  const value = at(ours) / at("bullmq-always")
  return [{ goal: "<= 0.7x bullmq-always", value, met: value <= 0.7 }]
}

const p99Goals = (concurrency: number, value: number): Array<BenchGoal> =>
  concurrency === 256 ? [{ goal: "< 5x its p50", value, met: value < 5 }] : []
