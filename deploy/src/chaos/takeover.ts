import { partitionCount, partitionOf } from "@maillm/schema/Subjects"
import { quantile } from "../bench/BenchReport.ts"
import { isHostFault, isNatsFault } from "./Fault.ts"
import type { FaultKind, InjectedFault } from "./Fault.ts"
import type { TimedCommit } from "./TimedCommit.ts"

/** A partition was its owner's at the fault if the owner committed in it within this time before. */
const ownedWithinMillis = 3_000

export interface Percentiles {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** One partition taken from the owner that a fault was done to. */
export interface Takeover {
  readonly kind: FaultKind
  readonly partition: number
  /** From the fault to the next commit in the partition by another owner; null when there was none. */
  readonly millis: number | null
  /** Another fault was there at the same time. */
  readonly combined: boolean
}

const partitionsOf = (commits: ReadonlyArray<TimedCommit>) => {
  const partitions = Array.from({ length: partitionCount }, (): Array<TimedCommit> => [])
  for (const commit of commits) {
    const [kind = "", id = ""] = commit.actor.split(".")
    partitions[partitionOf(kind, id)]?.push(commit)
  }
  return partitions
}

/** Every takeover after faults of owners. Commits are in the order of the stream, every partition has its probe. */
export const takeoversOf = (
  faults: ReadonlyArray<InjectedFault>,
  commits: ReadonlyArray<TimedCommit>,
): ReadonlyArray<Takeover> => {
  const partitions = partitionsOf(commits)
  return faults
    .filter(({ kind }) => isHostFault(kind))
    .flatMap((fault) =>
      partitions.flatMap((partition, number) => {
        const before = partition.findLast(({ atMillis }) => atMillis <= fault.beganAtMillis)
        if (before === undefined || before.host !== fault.target) return []
        if (fault.beganAtMillis - before.atMillis > ownedWithinMillis) return []
        const next = partition.find(
          ({ atMillis, epoch }) => atMillis > fault.beganAtMillis && epoch > before.epoch,
        )
        return [
          {
            kind: fault.kind,
            partition: number,
            millis: next === undefined ? null : next.atMillis - fault.beganAtMillis,
            combined: isCombined(fault, faults),
          },
        ]
      }),
    )
}

/** Long enough after a fault's heal that it no longer shows: a NATS server needs as long to find back. */
const afterglowMillis = 15_000

/** Whether another fault was there at the same time, or shortly before. */
export const isCombined = (fault: InjectedFault, faults: ReadonlyArray<InjectedFault>): boolean =>
  faults.some(
    (other) =>
      other !== fault &&
      other.beganAtMillis < fault.healedAtMillis + settlingMillis &&
      other.healedAtMillis + (isNatsFault(other.kind) ? afterglowMillis : settlingMillis) >
        fault.beganAtMillis,
  )

/** Partitions go back to their preferred hosts within this time after a heal. */
const settlingMillis = 4_000

/** The longest pause between two commits of each partition while a fault of NATS lasted and shortly after. */
export const pausesOf = (
  fault: InjectedFault,
  commits: ReadonlyArray<TimedCommit>,
): ReadonlyArray<number> => {
  const end = fault.healedAtMillis + settlingMillis
  return partitionsOf(commits).flatMap((partition) => {
    const times = partition.map(({ atMillis }) => atMillis)
    let longest = 0
    for (let i = 1; i < times.length; i++) {
      const from = times[i - 1] ?? 0
      const to = times[i] ?? 0
      if (to >= fault.beganAtMillis && from <= end) longest = Math.max(longest, to - from)
    }
    return times.length > 1 ? [longest] : []
  })
}

export const percentiles = (millis: ReadonlyArray<number>): Percentiles | null =>
  millis.length === 0
    ? null
    : {
        count: millis.length,
        p50: Math.round(quantile(millis, 0.5)),
        p99: Math.round(quantile(millis, 0.99)),
        max: Math.round(Math.max(...millis)),
      }
