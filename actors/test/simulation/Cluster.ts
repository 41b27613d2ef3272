import type { Noise, Scenario } from "./scenario.ts"
import { seconds } from "./World.ts"
import type { World } from "./World.ts"
import type { SimulatedProcess } from "./SimulatedProcess.ts"
import { ModelBucket } from "./ModelBucket.ts"
import { ModelStream } from "./ModelStream.ts"

/** As GroupPublisher and the management API have it. */
const answerMicros = seconds(5)
/** A late or second copy arrives within this time. */
const lateMicros = seconds(8)

/** As small as can be: a worker frees the mailbox of a busy actor after 64 commands at the latest. */
const mailboxLimit = 72

/** What a request is addressed to: it answers while it has a leader. */
interface Service {
  readonly name: string
  readonly led: boolean
}

/** Receives an answer, or null when it is not known what became of the request. */
type Answered<A> = (answer: A | null) => void

type StreamName = "CMD" | "EVT" | "NODE" | "OUTBOX" | "TIMER" | "DEAD"

/** The model of a NATS cluster, and of the way there. */
export class Cluster {
  readonly world: World
  readonly streams: Readonly<Record<StreamName, ModelStream>>
  readonly buckets: Readonly<Record<"OWN" | "SNAP", ModelBucket>>
  noise: Noise
  /** Whether any request of this run may have been doubled. */
  readonly mayDouble: boolean
  /** Called when a request was carried out and before anybody hears of it: the worst moment for a fault. */
  onDone: (process: SimulatedProcess, operation: string) => void = () => undefined
  /** Processes that are cut off; with a list, what they send waits in it for the heal. */
  readonly #cutOff = new Map<SimulatedProcess, Array<() => void> | null>()

  constructor(world: World, scenario: Scenario) {
    const { commandWindowMicros, effectWindowMicros, noise } = scenario
    this.world = world
    this.noise = noise
    this.mayDouble = noise.doubled > 0
    const stream = (name: string, dedupeMicros: number, perSubjectLimit = Number.POSITIVE_INFINITY) =>
      new ModelStream(world, name, { perSubjectLimit, dedupeMicros })
    this.streams = {
      CMD: stream("CMD", commandWindowMicros, mailboxLimit),
      EVT: stream("EVT", seconds(120)),
      NODE: stream("NODE", effectWindowMicros),
      OUTBOX: stream("OUTBOX", effectWindowMicros),
      TIMER: stream("TIMER", seconds(120)),
      DEAD: stream("DEAD", Number.POSITIVE_INFINITY),
    }
    this.buckets = { OWN: new ModelBucket(world, "OWN"), SNAP: new ModelBucket(world, "SNAP") }
  }

  /** Every stream and bucket: each has a leader of its own. */
  get services(): ReadonlyArray<ModelStream | ModelBucket> {
    return [...Object.values(this.streams), ...Object.values(this.buckets)]
  }

  cutOff(process: SimulatedProcess, buffered: boolean): void {
    this.world.note(() => `${process.name} is cut off`)
    this.world.saw("cut off")
    this.#cutOff.set(process, buffered ? [] : null)
  }

  reconnect(process: SimulatedProcess): void {
    const waiting = this.#cutOff.get(process)
    if (!this.#cutOff.delete(process)) return
    this.world.note(() => `${process.name} is connected again`)
    for (const arrive of waiting ?? []) this.world.after(this.delay(), arrive)
  }

  reaches(process: SimulatedProcess): boolean {
    return !this.#cutOff.has(process)
  }

  /** Every snapshot says something else from now on, as a broken disk or an older program would have it. */
  corruptSnapshots(): void {
    const { SNAP } = this.buckets
    this.world.note(() => "snapshots are corrupted")
    for (const { key, value } of SNAP.entries) {
      // A digit of the count: what results is still JSON of the right shape.
      SNAP.put(
        key,
        value?.replace(/(count\\*":)(\d)/, (_, name, digit) => `${name}${(Number(digit) % 9) + 1}`) ?? null,
      )
    }
  }

  /** One way through the network: a part of a millisecond, now and then much more. */
  delay(): number {
    const { random } = this.world
    return random.chance(0.02) ? random.between(1_000, 60_000) : random.between(100, 1_500)
  }

  /**
   * Asks for something: `carryOut` may run later, twice or never, and so may the answer come. Nothing is sent by a
   * process that is dead.
   */
  request<A>(
    process: SimulatedProcess,
    service: Service,
    operation: string,
    carryOut: (answer: (result: A) => void) => void,
    answered: Answered<A>,
  ): void {
    if (!process.alive) return
    const { world } = this
    let open = true
    const settle: Answered<A> = (answer) => {
      if (!open) return
      open = false
      cancel()
      answered(answer)
    }
    const cancel = process.timer(answerMicros, () => {
      world.note(() => `${process.name} hears nothing of its ${operation}`)
      world.saw("no answer")
      settle(null)
    })
    const arrive = () => {
      const waiting = this.#cutOff.get(process)
      if (waiting !== undefined) {
        waiting?.push(arrive)
        return
      }
      if (!service.led) {
        world.note(() => `${service.name} has no leader for ${operation} of ${process.name}`)
        world.saw("no leader")
        if (world.random.chance(0.5)) this.#answer(process, () => settle(null))
        return
      }
      carryOut((result) => {
        if (world.traced) world.note(() => `${operation} of ${process.name} → ${JSON.stringify(result)}`)
        if (world.random.chance(this.noise.answerLost)) world.saw("answer lost")
        else this.#answer(process, () => settle(result))
      })
      this.onDone(process, operation)
    }
    for (const delay of this.#copies()) world.after(delay, arrive)
  }

  /** Core NATS: arrives once or not at all. */
  send(process: SimulatedProcess, arrive: () => void): void {
    if (!process.alive || !this.reaches(process) || this.world.random.chance(this.noise.lost)) return
    this.world.after(this.delay(), arrive)
  }

  #answer(process: SimulatedProcess, run: () => void) {
    this.world.after(this.delay(), () => {
      if (this.reaches(process)) process.receive(run)
    })
  }

  #copies(): ReadonlyArray<number> {
    const { noise } = this
    const { random } = this.world
    if (random.chance(noise.lost)) {
      this.world.saw("request lost")
      return []
    }
    if (random.chance(noise.late)) {
      this.world.saw("request late")
      return [random.between(1_000, lateMicros)]
    }
    const first = this.delay()
    if (!random.chance(noise.doubled)) return [first]
    this.world.saw("request doubled")
    return [first, random.between(100, lateMicros)]
  }
}
