import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { ActorDefinition, Decision, SetAside } from "./Actor.ts"
import type { Owner } from "./ActorCell.ts"
import type { ActorCodec } from "./actorCodec.ts"
import type { ActorName } from "./ActorName.ts"
import type { ActorStore, Answer, Delivered, StoreFailed } from "./ActorStore.ts"
import { isPlainJson } from "./isPlainJson.ts"
import type { RecentCommands } from "./RecentCommands.ts"
import { retryForEver } from "./retryForEver.ts"

/** Tries of one command before it is poison. */
const attemptLimit = 3
/** Of a reason, in UTF-16 code units. */
const reasonLimit = 1_000

/** What an actor is at the moment of a decision. */
export interface Present<State> {
  readonly state: State
  readonly evtSeq: number
  readonly recent: RecentCommands
}

/** A record on its way into the journal, and the state it leads to. */
export interface Prepared<State, Effect> {
  readonly _tag: "Prepared"
  readonly commitId: string
  readonly data: string
  readonly state: State
  readonly commandSeq: number
  readonly commandId: string
  readonly atMillis: number
  readonly effects: ReadonlyArray<Effect>
  readonly reply?: unknown
  readonly failed?: string
}

/** A command that changes nothing: it was handled before, or is only answered. `answer` is null if it must be looked up. */
export interface NothingToCommit {
  readonly _tag: "NothingToCommit"
  readonly answer: Answer | null
}

/** A command that cannot be handled. */
interface Failed<Command> {
  readonly commandId: string
  readonly command: Command | null
  readonly why: string
  /** How often a process may have died of it. */
  readonly deaths: number
}

const handledBefore: NothingToCommit = { _tag: "NothingToCommit", answer: null }

/** A record, or why there cannot be one. */
type Attempt<State, Effect> = Prepared<State, Effect> | NothingToCommit | string

const severalTimes = <A>(attempt: () => A): A => {
  for (let tried = 1; tried < attemptLimit; tried++) {
    const result = attempt()
    if (typeof result !== "string") return result
  }
  return attempt()
}

type Outcome<Event, Effect, Reply> = Decision<Event, Effect, Reply> & { readonly failed?: string }

interface Parts<State, Command extends { readonly _tag: string }, Event, Effect, Reply, Facts> {
  readonly definition: ActorDefinition<State, Command, Event, Effect, Reply, Facts>
  readonly codec: ActorCodec<State, Command, Event, Effect, Reply, Facts>
  readonly facts: () => Facts
  readonly store: ActorStore["Service"]
  readonly name: ActorName
  readonly owner: Owner
}

/**
 * Turns a command into the record that it leads to. A decision is taken in for trial, from what would stand in the
 * journal, before it is stored: one that throws or does not fit must not get there.
 */
export class CommandDecider<State, Command extends { readonly _tag: string }, Event, Act, Reply, Facts> {
  readonly #parts: Parts<State, Command, Event, Act, Reply, Facts>
  readonly #label: string

  constructor(parts: Parts<State, Command, Event, Act, Reply, Facts>, label: string) {
    this.#parts = parts
    this.#label = label
  }

  prepare(
    delivered: Delivered,
    present: Present<State>,
  ): Effect.Effect<Prepared<State, Act> | NothingToCommit, StoreFailed> {
    return Clock.clockWith((clock) => {
      const envelope = this.#parts.codec.decodeCommandSafely(delivered.data)
      if (Result.isFailure(envelope)) {
        const why = `the command does not decode: ${envelope.failure.message}`
        const commandId = this.idOf(delivered)
        return this.#poison(delivered, present, { commandId, command: null, why, deaths: 0 })
      }
      const { command, commandId } = envelope.success
      if (present.recent.sequenceOf(commandId) !== undefined) return Effect.succeed(handledBefore)
      const attempt = () => {
        const now = clock.currentTimeMillisUnsafe()
        return this.#try(delivered, present, commandId, now, () => {
          const { decide } = this.#parts.definition
          const { epoch } = this.#parts.owner
          return decide(present.state, command, { now, epoch, commandId, facts: this.#parts.facts() })
        })
      }
      const about = { commandId, command, deaths: 0 }
      return delivered.leftover
        ? this.#prepareLeftover(delivered, present, about, attempt)
        : this.#orPoison(delivered, present, about, severalTimes(attempt))
    })
  }

  /** A command that a former owner may have died of. */
  #prepareLeftover(
    delivered: Delivered,
    present: Present<State>,
    about: Omit<Failed<Command>, "why">,
    attempt: () => Attempt<State, Act>,
  ) {
    return Effect.gen({ self: this }, function* () {
      const deaths = yield* this.#countDeaths(delivered)
      if (deaths >= attemptLimit) {
        const why = `the process ended ${deaths} times while handling it`
        return yield* this.#poison(delivered, present, { ...about, why, deaths })
      }
      const prepared = yield* this.#orPoison(delivered, present, about, severalTimes(attempt))
      // The process has survived the command, so what was counted against it is forgotten.
      yield* this.#store.forgetAttempts(delivered.seq).pipe(Effect.ignore)
      return prepared
    })
  }

  #orPoison(
    delivered: Delivered,
    present: Present<State>,
    about: Omit<Failed<Command>, "why">,
    attempt: Attempt<State, Act>,
  ): Effect.Effect<Prepared<State, Act> | NothingToCommit, StoreFailed> {
    return typeof attempt === "string"
      ? this.#poison(delivered, present, { ...about, why: attempt })
      : Effect.succeed(attempt)
  }

  /** The id of a command, also of one that cannot be read. */
  idOf(delivered: Delivered): string {
    const envelope = this.#parts.codec.decodeCommandSafely(delivered.data)
    return Result.isSuccess(envelope) ? envelope.success.commandId : `cmd-${delivered.seq}`
  }

  get #store() {
    return this.#parts.store
  }

  /** How often a process may have died of the command. */
  #countDeaths(delivered: Delivered) {
    return this.#store.countAttempt(delivered.seq).pipe(
      Effect.retry(retryForEver),
      Effect.map((attempts) => attempts - 1),
    )
  }

  /** The record of what is decided, or why there cannot be one. */
  #try(
    delivered: Delivered,
    present: Present<State>,
    commandId: string,
    now: number,
    decide: () => Outcome<Event, Act, Reply>,
  ): Attempt<State, Act> {
    const { codec, definition, name, owner } = this.#parts
    try {
      const { events, effects = [], reply, failed } = decide()
      const answered = {
        ...(reply === undefined ? {} : { reply: codec.encodeReply(reply) }),
        ...(failed === undefined ? {} : { failed }),
      }
      if (events.length === 0 && effects.length === 0 && failed === undefined) {
        return { _tag: "NothingToCommit", answer: { sequence: present.evtSeq, ...answered } }
      }
      const commitId = owner.nextCommitId()
      const record = codec.encodeRecord({
        v: 1,
        kind: name.kind,
        id: name.id,
        commitId,
        epoch: owner.epoch,
        host: owner.host,
        commandSeq: delivered.seq,
        commandId,
        prevSeq: present.evtSeq,
        atMillis: now,
        events,
        effects,
        ...answered,
      })
      const data = JSON.stringify(record)
      const state = this.#eventsIn(record, data).reduce(
        (before, event) => definition.evolve(before, event, now),
        present.state,
      )
      const limit = this.#store.recordLimitBytes()
      // No character of a string takes more than three bytes.
      const size = 3 * data.length <= limit ? 0 : Buffer.byteLength(data)
      if (size > limit) return `its record has ${size} bytes, and NATS takes ${limit}; raise max_payload`
      const { seq: commandSeq } = delivered
      return {
        _tag: "Prepared",
        commitId,
        data,
        state,
        commandSeq,
        commandId,
        atMillis: now,
        effects,
        ...answered,
      }
    } catch (error) {
      return wordsOf(error)
    }
  }

  /** As a replay will read them. What JSON changes may not decode any more, and would make the journal unreadable. */
  #eventsIn(record: { readonly events: ReadonlyArray<unknown> }, data: string): ReadonlyArray<Event> {
    const { codec } = this.#parts
    if (isPlainJson(record)) return codec.decodeEvents(record.events)
    const stored = codec.decodeRecordSafely(data)
    if (Result.isSuccess(stored)) return stored.success.events
    throw new Error(`its record does not decode: ${stored.failure.message}`)
  }

  /** Keeps a copy in DEAD; the record says so, and what follows from it. */
  #poison(delivered: Delivered, present: Present<State>, failed: Failed<Command>) {
    return Effect.gen({ self: this }, function* () {
      const { commandId, command } = failed
      const tag = command?._tag ?? "Unreadable"
      const reason = failed.why.slice(0, reasonLimit)
      yield* this.#store.bury(delivered, reason).pipe(Effect.retry(retryForEver))
      yield* Effect.logError(`command ${tag} of ${this.#label} is set aside: ${reason}`)
      const now = yield* Clock.currentTimeMillis
      const { poisoned } = this.#parts.definition
      const said = () => ({ events: poisoned === undefined ? [] : [poisoned(commandId, tag, reason)] })
      const settled = () => {
        const { events } = said()
        const aside = { command, sourceId: sourceIdOf(delivered.data), reason }
        const more = this.#settle(present.state, events, aside, { now, commandId })
        return { ...more, events: [...events, ...more.events] }
      }
      // An actor that cannot even take in its own failure is told of it by the record alone.
      const nothingSaid = () => ({ events: [] })
      let failure = ""
      // Where settling may be what processes die of, it is done without.
      const isDeadly = failed.deaths >= 2 * attemptLimit
      for (const decide of isDeadly ? [said, nothingSaid] : [settled, said, nothingSaid]) {
        const attempt = this.#try(delivered, present, commandId, now, () => ({ ...decide(), failed: reason }))
        if (typeof attempt !== "string") return attempt
        failure = attempt
      }
      return yield* Effect.die(new Error(failure))
    })
  }

  #settle(
    state: State,
    events: ReadonlyArray<Event>,
    aside: SetAside<Command>,
    at: { readonly now: number; readonly commandId: string },
  ): Decision<Event, Act, Reply> {
    const { definition, facts, owner } = this.#parts
    if (definition.settle === undefined) return { events: [] }
    const after = events.reduce((before, event) => definition.evolve(before, event, at.now), state)
    return definition.settle(after, aside, { ...at, epoch: owner.epoch, facts: facts() })
  }
}

const decodeSourceId = Schema.decodeUnknownResult(
  Schema.fromJsonString(Schema.Struct({ commandId: Schema.String })),
)

const sourceIdOf = (data: string): string => {
  const envelope = decodeSourceId(data)
  return Result.isSuccess(envelope) ? envelope.success.commandId : ""
}

export const wordsOf = (error: unknown) =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)
