import { checkHistory } from "@maillm/actors/runtime/testing/checkHistory"
import { hostFaults, isNatsFault, natsFaults } from "./Fault.ts"
import type { InjectedFault } from "./Fault.ts"
import type { ChaosRun } from "./runChaos.ts"
import { isCombined, pausesOf, percentiles, takeoversOf } from "./takeover.ts"
import type { Percentiles } from "./takeover.ts"

/** What is printed and written as JSON. Times in milliseconds. */
export interface ChaosReport {
  readonly seed: number
  readonly minutes: number
  readonly commands: number
  readonly acked: number
  readonly unknown: number
  readonly refused: number
  /** How often commands were sent, with all repeats. */
  readonly tries: number
  readonly commits: number
  readonly effects: number
  readonly lost: number
  readonly twice: number
  readonly stale: number
  /** Of owners that were killed, stopped or cut off, one fault at a time. */
  readonly takeoverMillis: { readonly p50: number | null; readonly p99: number | null }
  readonly takeover: Readonly<Record<string, Percentiles | null>>
  /** Partitions that were taken over after each kind of fault, combined ones too. */
  readonly takenOver: Readonly<Record<string, number>>
  /** Longest pauses of partitions around faults of NATS. */
  readonly unavailable: Readonly<Record<string, Percentiles | null>>
  /** How often each was done. */
  readonly faults: Readonly<Record<string, number>>
  readonly crashes: number
  readonly violations: ReadonlyArray<{ readonly rule: string; readonly detail: string }>
}

export const reportOf = (
  run: ChaosRun,
  about: { readonly seed: number; readonly minutes: number },
): ChaosReport => {
  const { attempts, effects } = run.history
  const of = (outcome: string) => attempts.filter((attempt) => attempt.outcome === outcome).length
  const violations = violationsOf(run)
  const count = (...rules: ReadonlyArray<string>) =>
    violations.filter(({ rule }) => rules.includes(rule)).length
  const takeover = takeoverTable(run)
  return {
    ...about,
    commands: attempts.length,
    acked: of("acked"),
    unknown: of("unknown"),
    refused: of("refused"),
    tries: run.tries,
    commits: run.commits.length,
    effects: effects.length,
    lost: count("lost", "missing-effect"),
    twice: count("twice", "effect-twice"),
    stale: count("stale-effect", "epoch"),
    takeoverMillis: { p50: takeover["all"]?.p50 ?? null, p99: takeover["all"]?.p99 ?? null },
    takeover,
    takenOver: Object.fromEntries(
      hostFaults.map((wanted) => [
        wanted,
        takeoversOf(run.faults, run.commits).filter(({ kind }) => kind === wanted).length,
      ]),
    ),
    unavailable: unavailableTable(run),
    faults: Object.fromEntries(
      [...new Set(run.faults.map(({ kind }) => kind))].map((kind) => [
        kind,
        run.faults.filter((fault) => fault.kind === kind).length,
      ]),
    ),
    crashes: run.crashes,
    violations,
  }
}

const violationsOf = (run: ChaosRun): ChaosReport["violations"] => [
  ...checkHistory(run.history),
  ...run.problems.map((detail) => ({ rule: "liveness", detail })),
  ...undrained(run.journal.left),
  ...run.journal.differing.map((server) => ({ rule: "replica", detail: `${server} has other records` })),
  ...(run.journal.serversRead === 3
    ? []
    : [{ rule: "replica", detail: `only ${run.journal.serversRead} servers gave the journal` }]),
  ...takeoversOf(run.faults, run.commits)
    .filter(({ millis }) => millis === null)
    .map(({ kind, partition }) => ({
      rule: "liveness",
      detail: `partition ${partition} had no commit after ${kind}`,
    })),
]

const undrained = ({ commands, orders }: ChaosRun["journal"]["left"]) =>
  commands === 0 && orders === 0
    ? []
    : [{ rule: "liveness", detail: `${commands} commands and ${orders} orders were left at the end` }]

const takeoverTable = (run: ChaosRun): ChaosReport["takeover"] => {
  const all = takeoversOf(run.faults, run.commits)
  const millis = (wanted: (takeover: (typeof all)[number]) => boolean) =>
    percentiles(all.filter(wanted).flatMap(({ millis }) => (millis === null ? [] : [millis])))
  return {
    all: millis(({ kind, combined }) => !combined && kind !== "stopHost"),
    ...Object.fromEntries(
      hostFaults.map((wanted) => [wanted, millis(({ kind, combined }) => !combined && kind === wanted)]),
    ),
    combined: millis(({ combined }) => combined),
  }
}

const unavailableTable = (run: ChaosRun): ChaosReport["unavailable"] => {
  const all = run.faults.filter(({ kind }) => isNatsFault(kind))
  const pauses = (wanted: (fault: InjectedFault) => boolean) =>
    percentiles(all.filter(wanted).flatMap((fault) => pausesOf(fault, run.commits)))
  return {
    ...Object.fromEntries(
      natsFaults.map((wanted) => [
        wanted,
        pauses((fault) => fault.kind === wanted && !isCombined(fault, run.faults)),
      ]),
    ),
    combined: pauses((fault) => isCombined(fault, run.faults)),
  }
}

const seconds = (millis: number) => `${(millis / 1_000).toFixed(2)} s`

const row = (name: string, found: Percentiles | null) =>
  found === null
    ? `  ${name.padEnd(16)} none measured`
    : `  ${name.padEnd(16)} p50 ${seconds(found.p50).padStart(8)}   p99 ${seconds(found.p99).padStart(8)}   max ${seconds(found.max).padStart(8)}   (${found.count} partitions)`

export const printReport = (report: ChaosReport): void => {
  const lines = [
    "",
    `commands ${report.commands}: ${report.acked} acked, ${report.unknown} unknown, ${report.refused} refused; sent ${report.tries} times`,
    `commits ${report.commits}, effects carried out ${report.effects}`,
    `lost ${report.lost}, twice ${report.twice}, stale ${report.stale}; processes that ended by themselves: ${report.crashes}`,
    `faults: ${
      Object.entries(report.faults)
        .map(([kind, count]) => `${kind} ${count}`)
        .join(", ") || "none"
    }`,
    "from a fault of an owner to the next commit of each of its partitions:",
    ...Object.entries(report.takeover).map(([name, found]) => row(name, found)),
    "longest pause of a partition around a fault of NATS:",
    ...Object.entries(report.unavailable).map(([name, found]) => row(name, found)),
    report.violations.length === 0 ? "no violation" : `${report.violations.length} VIOLATIONS:`,
    ...report.violations.slice(0, 50).map(({ rule, detail }) => `  ${rule}: ${detail}`),
  ]
  for (const line of lines) console.log(line)
}
