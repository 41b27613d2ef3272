import { SeededRandom } from "./SeededRandom.ts"
import { millis, seconds } from "./World.ts"

/** How likely each of these is for one request or its answer. */
export interface Noise {
  /** It never arrives. */
  readonly lost: number
  /** It is carried out, and the answer is lost. */
  readonly answerLost: number
  /** It arrives seconds later, most often after the sender has given up. */
  readonly late: number
  /** It arrives twice. */
  readonly doubled: number
}

export const quiet: Noise = { lost: 0, answerLost: 0, late: 0, doubled: 0 }

/** One command that a client is to send. */
export interface Wish {
  readonly actor: string
  readonly tell: string | null
  /** After the one before was answered or given up. */
  readonly waitMicros: number
  /** Tries with the same id before the outcome stays unknown. */
  readonly tries: number
}

/** When a fault strikes: at a time, or right after the nth request of a kind was carried out, before its answer. */
export type Trigger = { readonly atMicros: number } | { readonly operation: string; readonly count: number }

export type Fault =
  | { readonly _tag: "Kill"; readonly downMicros: number }
  | { readonly _tag: "Stop"; readonly downMicros: number }
  | { readonly _tag: "Pause"; readonly forMicros: number }
  | { readonly _tag: "CutOff"; readonly forMicros: number; readonly buffered: boolean }
  | { readonly _tag: "LoseLeader"; readonly service: number; readonly forMicros: number }
  /** Longer than anything else takes, and not ended by the heal: what it does afterwards is long done by others. */
  | { readonly _tag: "Oversleep"; readonly untilMicros: number }
  | { readonly _tag: "StepClock"; readonly byMillis: number }
  /** What lies on the disk; the only one that strikes after the heal too. */
  | { readonly _tag: "CorruptSnapshots" }

export interface PlannedFault {
  readonly trigger: Trigger
  /** Index of the host it strikes, where the trigger does not say. */
  readonly host: number
  readonly fault: Fault
}

/** Everything about a run that is decided before it. */
export interface Scenario {
  readonly hosts: number
  readonly partitions: number
  readonly forced: boolean
  readonly clients: ReadonlyArray<{
    readonly wishes: ReadonlyArray<Wish>
    readonly finals: ReadonlyArray<Wish>
  }>
  readonly noise: Noise
  readonly faults: ReadonlyArray<PlannedFault>
  readonly healMicros: number
  /** Window in which the mailboxes drop repeats of commands. */
  readonly commandWindowMicros: number
  /** The same for effects; receivers remember for as long what they have done. */
  readonly effectWindowMicros: number
  /** Nothing happens by itself any more after this. */
  readonly quietAfterMicros: number
}

const operations = [
  "append",
  "append",
  "append",
  "perform",
  "perform",
  "release",
  "lastRecord",
  "records",
  "snapshot",
  "putSnapshot",
  "countAttempt",
  "forgetAttempts",
] as const

/** What happens in the run of a seed. */
export const scenarioOf = (seed: number): Scenario => {
  const random = new SeededRandom(seed, 1)
  const profile = random.nextDoubleUnsafe()
  if (profile < 0.04) return oversleeping(random)
  if (profile < 0.1) return passivating(random)
  return profile < 0.12 ? crowded(random) : mixed(random)
}

/** Any faults at any time. */
const mixed = (random: SeededRandom): Scenario => {
  const actors = random.chance(0.2) ? 1 : random.between(2, 8)
  const healMicros = seconds(random.between(6, 16))
  return {
    hosts: random.between(2, 3),
    partitions: random.between(1, 4),
    forced: random.chance(0.35),
    clients: clientsOf(random, actors, healMicros, 2),
    noise: noiseOf(random),
    faults: Array.from({ length: random.between(1, 5) }, () => faultOf(random, healMicros)),
    healMicros,
    commandWindowMicros: random.chance(0.2) ? seconds(random.between(1, 8)) : Number.POSITIVE_INFINITY,
    effectWindowMicros: Number.POSITIVE_INFINITY,
    quietAfterMicros: 0,
  }
}

/**
 * A host freezes with a commit on its lips and wakes when nobody remembers its effects. Only the epoch tells that
 * they are stale; every stream has seen the next one, for there is one actor only and its last commands have effects
 * of all kinds.
 */
const oversleeping = (random: SeededRandom): Scenario => {
  const healMicros = seconds(10)
  const untilMicros = seconds(120)
  return {
    hosts: random.between(2, 3),
    partitions: 1,
    forced: false,
    clients: clientsOf(random, 1, healMicros, 6),
    noise: quiet,
    faults: [
      {
        host: 0,
        trigger: { operation: random.pick(["append", "perform"]), count: random.between(1, 25) },
        fault: { _tag: "Oversleep", untilMicros },
      },
    ],
    healMicros,
    commandWindowMicros: Number.POSITIVE_INFINITY,
    effectWindowMicros: seconds(60),
    quietAfterMicros: untilMicros + seconds(8),
  }
}

/** So many commands at once that one mailbox cannot hold them. */
const crowded = (random: SeededRandom): Scenario => {
  const scenario = mixed(random)
  const wishes = Array.from({ length: 34 }, () => ({
    actor: "a0",
    tell: null,
    waitMicros: random.between(0, 1_000),
    tries: random.between(1, 6),
  }))
  return { ...scenario, clients: scenario.clients.map((client) => ({ ...client, wishes })) }
}

/** An actor is left alone until it is passivated, and comes back from a snapshot that is wrong. */
const passivating = (random: SeededRandom): Scenario => {
  const scenario = mixed(random)
  const healMicros = seconds(8)
  const later = (finals: ReadonlyArray<Wish>) =>
    finals.map((wish, index) => (index === 0 ? { ...wish, waitMicros: seconds(85) } : wish))
  return {
    ...scenario,
    clients: clientsOf(random, 1, healMicros, 3).map((client) => ({
      ...client,
      finals: later(client.finals),
    })),
    faults: [1, 2, 3].map((count) => ({
      host: 0,
      trigger: { operation: "putSnapshot", count },
      fault: { _tag: "CorruptSnapshots" },
    })),
    healMicros,
  }
}

const clientsOf = (random: SeededRandom, actors: number, healMicros: number, finals: number) => {
  const clients = random.between(2, 3)
  const commands = random.between(24, 50)
  const names = Array.from({ length: actors }, (_, index) => `a${index}`)
  const wish = (): Wish => {
    const actor = random.between(0, actors - 1)
    const next = names[actor + 1]
    return {
      actor: names[actor] ?? "a0",
      tell: next !== undefined && random.chance(0.2) ? next : null,
      waitMicros: random.chance(0.4)
        ? random.between(0, 2_000)
        : random.between(0, (2 * healMicros * clients) / commands),
      tries: random.chance(0.1) ? 1 : random.between(2, 6),
    }
  }
  const many = (count: number) => Array.from({ length: count }, wish)
  return Array.from({ length: clients }, () => ({
    wishes: many(Math.floor(commands / clients)),
    finals: many(finals).map((final) => ({ ...final, tries: 40 })),
  }))
}

const noiseOf = (random: SeededRandom): Noise => {
  const level = () => random.pick([0, 0, 0.005, 0.02, 0.08])
  return { lost: level(), answerLost: level(), late: level(), doubled: level() }
}

const faultOf = (random: SeededRandom, healMicros: number): PlannedFault => ({
  host: random.between(0, 2),
  trigger: random.chance(0.5)
    ? { atMicros: random.between(seconds(1), healMicros) }
    : { operation: random.pick(operations), count: random.between(1, 25) },
  fault: kindOf(random),
})

const kindOf = (random: SeededRandom): Fault => {
  switch (random.between(0, 8)) {
    case 0:
    case 1:
      return { _tag: "Kill", downMicros: random.between(millis(100), seconds(12)) }
    case 2:
      return { _tag: "Stop", downMicros: random.between(millis(100), seconds(5)) }
    case 3:
    case 4:
      return { _tag: "Pause", forMicros: random.between(millis(500), seconds(30)) }
    case 5:
      return {
        _tag: "CutOff",
        forMicros: random.between(millis(200), seconds(15)),
        buffered: random.chance(0.5),
      }
    case 6:
      return {
        _tag: "LoseLeader",
        service: random.between(0, 6),
        forMicros: random.between(seconds(4), seconds(9)),
      }
    case 7:
      return { _tag: "StepClock", byMillis: random.pick([-30_000, -1_000, 1_000, 6_000]) }
    default:
      return { _tag: "CorruptSnapshots" }
  }
}
