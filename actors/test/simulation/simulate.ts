import * as Schema from "effect/Schema"
import type { Answer } from "../../src/runtime/ActorStore.ts"
import { checkHistory } from "../../src/runtime/testing/checkHistory.ts"
import type { Rule } from "../../src/runtime/testing/checkHistory.ts"
import type { Attempt, CarriedOut, Commit, History } from "../../src/runtime/testing/History.ts"
import { Cluster } from "./Cluster.ts"
import { Faults } from "./Faults.ts"
import { quiet, scenarioOf } from "./scenario.ts"
import type { Scenario } from "./scenario.ts"
import { SimulatedClient } from "./SimulatedClient.ts"
import { SimulatedHost } from "./SimulatedHost.ts"
import type { Fleet } from "./SimulatedHost.ts"
import { SimulatedReceiver } from "./SimulatedReceiver.ts"
import { SimulatedTimers } from "./SimulatedTimers.ts"
import { seconds, World } from "./World.ts"

/** What the checker says, and what only a simulation can see. */
export interface Finding {
  readonly rule: Rule | "stuck" | "set-aside" | "crashed" | "taken-early"
  readonly detail: string
}

export interface SimulationResult {
  readonly seed: number
  readonly violations: ReadonlyArray<Finding>
  /** Equal for two runs in which the same happened. */
  readonly fingerprint: string
  readonly trace: ReadonlyArray<string>
  /** What the run has been through, and how often. */
  readonly seen: ReadonlyMap<string, number>
}

/** Everything must have come to rest by then. */
const restMicros = seconds(180)
/** Whatever was sent before has arrived by then. */
const afterglowMicros = seconds(9)

/** The run of a seed, from an empty cluster to rest, and what was wrong with it. */
export const simulate = (seed: number, traced = false): SimulationResult => {
  const run = new Run(scenarioOf(seed), new World(seed, traced))
  return run.toRest()
}

class Run {
  readonly #scenario: Scenario
  readonly #world: World
  readonly #cluster: Cluster
  readonly #clients: ReadonlyArray<SimulatedClient>
  readonly #hosts: ReadonlyArray<SimulatedHost>
  readonly #receivers: ReadonlyArray<SimulatedReceiver>
  readonly #timers: SimulatedTimers
  readonly #carriedOut: Array<CarriedOut> = []
  readonly #faults: Faults

  constructor(scenario: Scenario, world: World) {
    this.#scenario = scenario
    this.#world = world
    world.note(() => JSON.stringify({ ...scenario, clients: scenario.clients.length }))
    const cluster = new Cluster(world, scenario)
    this.#cluster = cluster
    this.#receivers = [
      this.#receiver("NODE", { name: "node n1", concurrency: 1 }),
      this.#receiver("OUTBOX", { name: "senders", concurrency: 4 }),
    ]
    this.#timers = new SimulatedTimers(cluster)
    const fleet = this.#fleet()
    this.#hosts = Array.from(
      { length: scenario.hosts },
      (_, index) => new SimulatedHost(fleet, `h${index + 1}`),
    )
    this.#faults = new Faults(cluster, this.#hosts, scenario.faults)
    this.#clients = scenario.clients.map(
      ({ wishes }, index) => new SimulatedClient(cluster, `c${index + 1}`, wishes),
    )
  }

  toRest(): SimulationResult {
    const world = this.#world
    world.run(this.#scenario.healMicros, () => false)
    world.now = this.#scenario.healMicros
    this.#heal()
    const clientsDone = () => this.#clients.every(({ done }) => done)
    let rested = world.run(world.now + restMicros, clientsDone)
    this.#scenario.clients.forEach(({ finals }, index) => this.#clients[index]?.finish(finals))
    rested &&= world.run(world.now + restMicros, () => clientsDone() && this.#atRest)
    const { noise, quietAfterMicros } = this.#scenario
    const afterglow = noise.late + noise.doubled > 0 ? afterglowMicros : 0
    world.run(Math.max(world.now, quietAfterMicros) + afterglow, () => false)
    rested &&= world.run(world.now + restMicros, () => this.#atRest)
    const history = this.#history()
    for (const _ of history.commits) world.saw("commit")
    for (const _ of takeovers(history.commits)) world.saw("commit under a new epoch")
    const violations = [...this.#own(rested), ...checkHistory(history)]
    for (const { rule, detail } of violations) world.note(() => `VIOLATION ${rule}: ${detail}`)
    return {
      seed: world.seed,
      violations,
      fingerprint: world.fingerprint,
      trace: world.trace,
      seen: world.seen,
    }
  }

  #receiver(stream: "NODE" | "OUTBOX", options: { readonly name: string; readonly concurrency: number }) {
    return new SimulatedReceiver(
      this.#cluster,
      this.#cluster.streams[stream],
      { ...options, memoryMicros: this.#scenario.effectWindowMicros },
      this.#carriedOut,
    )
  }

  #fleet(): Fleet {
    let epoch = 0
    return {
      cluster: this.#cluster,
      partitions: this.#scenario.partitions,
      forced: this.#scenario.forced,
      nextEpoch: () => ++epoch,
      isGone: (incarnation) => !this.#hosts.some((host) => host.incarnation === incarnation),
      answerSender: (replyTo: string, answer: Answer) => {
        const [name, commandId] = replyTo.split(" ")
        this.#clients.find((client) => client.name === name)?.hear(commandId ?? "", answer)
      },
    }
  }

  #heal() {
    this.#world.note(() => "everything is healed")
    this.#cluster.noise = quiet
    this.#faults.heal()
  }

  get #atRest() {
    const { CMD, EVT, TIMER } = this.#cluster.streams
    const streams = CMD.size === 0 && CMD.idle && EVT.idle && TIMER.idle
    return streams && this.#timers.idle && this.#receivers.every(({ idle }) => idle)
  }

  *#own(rested: boolean): Iterable<Finding> {
    const { CMD, DEAD, NODE, OUTBOX } = this.#cluster.streams
    if (!rested) {
      const detail = `CMD has ${CMD.size} messages, NODE ${NODE.size}, OUTBOX ${OUTBOX.size}`
      yield { rule: "stuck", detail }
    }
    for (const { subject, data } of DEAD.messages) yield { rule: "set-aside", detail: `${subject}: ${data}` }
    yield* this.#world.failures
  }

  #history(): History {
    const commits = [...this.#cluster.streams.EVT.messages].map(({ sequence, data }) =>
      commitOf(sequence, data),
    )
    return {
      attempts: [
        ...this.#clients.flatMap(({ attempts }) => attempts),
        ...commits.flatMap(({ tells }) => tells),
      ],
      commits: commits.map(({ commit }) => commit),
      effects: this.#carriedOut,
      finals: this.#clients.flatMap(({ finals }) => finals),
    }
  }
}

/** Commits whose actor was written under another epoch before. */
function* takeovers(commits: ReadonlyArray<Commit>) {
  const epochs = new Map<string, number>()
  for (const commit of commits) {
    if ((epochs.get(commit.actor) ?? commit.epoch) !== commit.epoch) yield commit
    epochs.set(commit.actor, commit.epoch)
  }
}

const decodeRecord = Schema.decodeUnknownSync(
  Schema.fromJsonString(
    Schema.Struct({
      kind: Schema.String,
      id: Schema.String,
      epoch: Schema.Int,
      host: Schema.String,
      commandSeq: Schema.Int,
      commandId: Schema.String,
      prevSeq: Schema.Int,
      effects: Schema.Array(
        Schema.Struct({
          _tag: Schema.String,
          id: Schema.optionalKey(Schema.String),
          timer: Schema.optionalKey(Schema.String),
          generation: Schema.optionalKey(Schema.Int),
        }),
      ),
    }),
  ),
)

/** A record as the history has it. What it has others told is an attempt of its own, acked by the commit. */
const commitOf = (sequence: number, data: string): { commit: Commit; tells: ReadonlyArray<Attempt> } => {
  const record = decodeRecord(data)
  const actor = `${record.kind}.${record.id}`
  const effectIds: Array<string> = []
  const tells: Array<Attempt> = []
  record.effects.forEach(({ _tag, id = "", timer = "", generation = 0 }, index) => {
    const effectId = `${actor}/${sequence}/${index}`
    if (_tag === "TellCounter") tells.push(tellOf(effectId, actor, `${record.kind}.${id}`))
    else if (_tag === "SetTimer") tells.push(tellOf(`timer/${timer}/${generation}`, actor, actor))
    else effectIds.push(effectId)
  })
  const commit = {
    sequence,
    actor,
    commandSequence: record.commandSeq,
    commandId: record.commandId,
    epoch: record.epoch,
    previousSequence: record.prevSeq,
    host: record.host,
    effectIds,
  }
  return { commit, tells }
}

const tellOf = (commandId: string, client: string, actor: string): Attempt => ({
  commandId,
  actor,
  client,
  index: 0,
  sentAtMillis: 0,
  answeredAtMillis: null,
  outcome: "acked",
  sequence: null,
  reply: null,
})
