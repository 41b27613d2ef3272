import { pick, randomOf } from "./random.ts"
import { faultKinds, isHostFault } from "./Fault.ts"
import type { Fault, FaultKind } from "./Fault.ts"

/** The machines that faults are done to. */
export interface Targets {
  readonly hosts: ReadonlyArray<string>
  readonly nats: ReadonlyArray<string>
  readonly receivers: ReadonlyArray<string>
  /** The NATS machine whose disk can be filled, or null. */
  readonly disk: string | null
}

const calmShare = 0.25
const calmMillis = [6_000, 12_000] as const
const combinedShare = 0.35
/** The second of two faults begins within this time after the first. */
const combinedWithinMillis = 5_000
/** The quiet end of a period. A NATS server that was away needs some ten seconds to find back: now and then it has them. */
const quietMillis = [4_000, 20_000] as const

/** How long each fault lasts: at least, and at most, milliseconds. Leases expire after 8 s. */
const durations: Readonly<Record<FaultKind, readonly [number, number]>> = {
  killHost: [13_000, 18_000],
  killReceiver: [1_000, 5_000],
  pauseHost: [12_000, 20_000],
  partitionHost: [13_000, 20_000],
  stopHost: [3_000, 8_000],
  killNats: [3_000, 15_000],
  partitionNats: [8_000, 20_000],
  separateNats: [8_000, 20_000],
  killAllNats: [1_000, 5_000],
  fillDisk: [5_000, 12_000],
}

/**
 * Faults for that long, the same for the same arguments: periods one after another, about a quarter of them calm, a
 * third with two faults at a time, of which at most one is done to NATS. Every fault heals within its period.
 */
export const scheduleOf = (
  seed: number,
  lengthMillis: number,
  targets: Targets,
  kinds: ReadonlyArray<FaultKind> = faultKinds,
): ReadonlyArray<Fault> => {
  const random = randomOf(seed)
  const possible = kinds.filter((kind) => kind !== "fillDisk" || targets.disk !== null)
  const faults: Array<Fault> = []
  for (let at = 0; at < lengthMillis;) {
    if (random() < calmShare) {
      at += between(random, calmMillis)
      continue
    }
    const period = oneOrTwo(random, possible, targets, at)
    const healed = Math.max(at, ...period.map(({ atMillis, forMillis }) => atMillis + forMillis))
    const end = healed + between(random, quietMillis)
    if (end > lengthMillis) break
    faults.push(...period)
    at = end
  }
  return faults
}

const oneOrTwo = (
  random: () => number,
  kinds: ReadonlyArray<FaultKind>,
  targets: Targets,
  at: number,
): ReadonlyArray<Fault> => {
  const first = faultOf(random, kinds, targets, at)
  if (first === null || random() >= combinedShare) return first === null ? [] : [first]
  const later = at + Math.floor(random() * combinedWithinMillis)
  const second = faultOf(random, kinds.filter(isHostFault), targets, later)
  return second === null || second.target === first.target ? [first] : [first, second]
}

const faultOf = (
  random: () => number,
  kinds: ReadonlyArray<FaultKind>,
  targets: Targets,
  atMillis: number,
): Fault | null => {
  const kind = pick(random, kinds)
  if (kind === null) return null
  const forMillis = between(random, durations[kind])
  return { kind, target: targetOf(random, kind, targets), atMillis, forMillis }
}

const between = (random: () => number, [least, most]: readonly [number, number]): number =>
  least + Math.floor(random() * (most - least))

const targetOf = (random: () => number, kind: FaultKind, targets: Targets): string => {
  if (kind === "killAllNats") return ""
  if (kind === "fillDisk") return targets.disk ?? ""
  if (kind === "killReceiver") return pick(random, targets.receivers) ?? ""
  return pick(random, isHostFault(kind) ? targets.hosts : targets.nats) ?? ""
}
