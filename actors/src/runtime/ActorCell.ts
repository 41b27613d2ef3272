import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import type { ActorEffect } from "@maillm/schema/Record"
import type { ActorDefinition, Decision, Facts } from "./Actor.ts"
import { actorCodec } from "./actorCodec.ts"
import type { ActorCodec } from "./actorCodec.ts"
import { ActorStore } from "./ActorStore.ts"
import type { ActorName, Delivered, StoredRecord, StoreFailed } from "./ActorStore.ts"
import { JournalDamaged, OwnershipLost } from "./CellFailure.ts"
import type { CellFailure } from "./CellFailure.ts"
import { decodeSnapshot, encodeSnapshot, recentCommandLimit } from "./Snapshot.ts"

/** One live actor: handles its commands one after another. */
export interface ActorCell {
  /** Handles a command to the end: committed, and its effects handed on. */
  readonly handle: (delivered: Delivered) => Effect.Effect<void, CellFailure>
  /** Writes a snapshot when enough was committed since the last one. */
  readonly passivate: Effect.Effect<void, StoreFailed>
}

export interface Owner {
  readonly host: string
  readonly epoch: number
  readonly facts: () => Facts
}

/** Cells of one kind of actor. */
export interface ActorCells {
  readonly kind: ActorName["kind"]
  /** The actor as its journal has it. `firstSeq` is its oldest command that is not yet released. */
  readonly activate: (
    name: ActorName,
    owner: Owner,
    firstSeq: number,
  ) => Effect.Effect<ActorCell, CellFailure, ActorStore>
}

/** Tries of one command before it is poison. */
const attemptLimit = 3
/** Wait after a commit that was refused or is unknown, and is not in the journal; doubles to 5 s. */
const commitRetryMillis = 50
/** Records after which a snapshot is written. */
const snapshotEvery = 100
/** Records after which passivation writes a snapshot. */
const snapshotAtPassivation = 16

/** Doubling from 50 ms, at most 5 s, without end. */
const retryForEver = Schedule.min([Schedule.exponential("50 millis"), Schedule.spaced("5 seconds")]).pipe(
  Schedule.jittered,
)

/** A record on its way into the journal. */
interface Prepared {
  readonly commitId: string
  readonly data: string
}

const wordsOf = (error: unknown) =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

interface Committed {
  readonly seq: number
  readonly effects: ReadonlyArray<ActorEffect>
}

/** Makes cells of one kind of actor. Decoders are built once here. */
export const actorCells = <State, Command extends { readonly _tag: string }, Event>(
  definition: ActorDefinition<State, Command, Event>,
): ActorCells => {
  const codec = actorCodec(definition)
  return {
    kind: definition.kind,
    activate: (name, owner, firstSeq) =>
      Effect.gen(function* () {
        const cell = new LiveActor(definition, codec, yield* ActorStore, name, owner, firstSeq)
        yield* cell.load()
        return cell
      }),
  }
}

class LiveActor<State, Command extends { readonly _tag: string }, Event> implements ActorCell {
  readonly #definition: ActorDefinition<State, Command, Event>
  readonly #codec: ActorCodec<State, Command, Event>
  readonly #store: ActorStore["Service"]
  readonly #name: ActorName
  readonly #label: string
  readonly #owner: Owner
  readonly #firstSeq: number

  #state: State
  #evtSeq = 0
  #commandSeq = 0
  #recentIds: Array<string> = []
  #sinceSnapshot = 0
  /** Committed records whose effects may not have been handed on yet, by command sequence. */
  readonly #unfinished = new Map<number, Committed>()

  constructor(
    definition: ActorDefinition<State, Command, Event>,
    codec: ActorCodec<State, Command, Event>,
    store: ActorStore["Service"],
    name: ActorName,
    owner: Owner,
    firstSeq: number,
  ) {
    this.#definition = definition
    this.#codec = codec
    this.#store = store
    this.#name = name
    this.#label = `${name.kind} ${name.id}`
    this.#owner = owner
    this.#firstSeq = firstSeq
    this.#state = definition.initial(name.id)
  }

  /** Reads snapshot and records; forgets whatever it held before. */
  load(): Effect.Effect<void, CellFailure> {
    return Effect.gen({ self: this }, function* () {
      this.#state = this.#definition.initial(this.#name.id)
      this.#evtSeq = 0
      this.#commandSeq = 0
      this.#recentIds = []
      this.#sinceSnapshot = 0
      const last = yield* this.#store.lastRecord(this.#name)
      if (last === null) return
      this.#restore(yield* this.#store.snapshot(this.#name), last.seq)
      for (const stored of yield* this.#store.records(this.#name, this.#evtSeq, last.seq)) {
        const problem = this.#fold(stored)
        if (problem !== null) return yield* problem
      }
      if (this.#evtSeq !== last.seq) {
        return yield* this.#damaged(`ends at ${this.#evtSeq}, the store says ${last.seq}`)
      }
    })
  }

  handle(delivered: Delivered): Effect.Effect<void, CellFailure> {
    return Effect.gen({ self: this }, function* () {
      for (let wait = commitRetryMillis; delivered.seq > this.#commandSeq; wait = Math.min(2 * wait, 5_000)) {
        const prepared = yield* this.#prepare(delivered)
        if (prepared === null || (yield* this.#commit(prepared))) break
        yield* Effect.sleep(wait)
      }
      const committed = this.#unfinished.get(delivered.seq)
      if (committed !== undefined) yield* this.#handOn(committed)
      this.#unfinished.delete(delivered.seq)
      if (delivered.replyTo !== null) yield* this.#store.reply(delivered.replyTo, this.#evtSeq)
      if (this.#sinceSnapshot >= snapshotEvery) yield* this.#snapshot().pipe(Effect.ignore)
    })
  }

  get passivate(): Effect.Effect<void, StoreFailed> {
    return this.#sinceSnapshot >= snapshotAtPassivation ? this.#snapshot() : Effect.void
  }

  #damaged(reason: string) {
    return new JournalDamaged({ actor: this.#label, reason })
  }

  #restore(data: string | null, lastSeq: number) {
    const { stateVersion } = this.#definition
    const image = data === null ? null : decodeSnapshot(data, stateVersion, this.#store.journalIdentity)
    if (image === null || image.evtSeq > lastSeq) return
    const state = this.#codec.decodeState(image.state)
    if (Result.isFailure(state)) return
    this.#state = state.success
    this.#evtSeq = image.evtSeq
    this.#commandSeq = image.commandSeq
    this.#recentIds = [...image.recentCommandIds]
  }

  /** Takes a record into the state. Answers what is wrong with it, or null. */
  #fold(stored: StoredRecord): CellFailure | null {
    const decoded = this.#codec.decodeRecord(stored.data)
    if (Result.isFailure(decoded)) {
      return this.#damaged(`record ${stored.seq} does not decode: ${decoded.failure.message}`)
    }
    const record = decoded.success
    if (record.prevSeq !== this.#evtSeq) {
      return this.#damaged(`record ${stored.seq} follows ${record.prevSeq}, not ${this.#evtSeq}`)
    }
    if (record.epoch > this.#owner.epoch) {
      return new OwnershipLost({ actor: this.#label, epoch: record.epoch })
    }
    try {
      for (const event of record.events) {
        this.#state = this.#definition.evolve(this.#state, event, record.atMillis)
      }
    } catch (error) {
      return this.#damaged(`record ${stored.seq} cannot be taken in: ${wordsOf(error)}`)
    }
    this.#evtSeq = stored.seq
    this.#commandSeq = record.commandSeq
    this.#recentIds.push(record.commandId)
    if (this.#recentIds.length > 2 * recentCommandLimit) {
      this.#recentIds = this.#recentIds.slice(-recentCommandLimit)
    }
    this.#sinceSnapshot++
    if (record.commandSeq >= this.#firstSeq) {
      this.#unfinished.set(record.commandSeq, { seq: stored.seq, effects: record.effects })
    }
    return null
  }

  /**
   * The record that a command leads to, or null when it changes nothing. Once it is there the process has survived
   * the command, so what was counted against it is forgotten before anything is waited for.
   */
  #prepare(delivered: Delivered): Effect.Effect<Prepared | null, StoreFailed> {
    return Effect.gen({ self: this }, function* () {
      const { commandId, commandTag, decision } = yield* this.#decide(delivered)
      if (delivered.leftover) yield* this.#store.forgetAttempts(delivered.seq).pipe(Effect.ignore)
      if (decision === null || (decision.events.length === 0 && decision.effects.length === 0)) return null
      const now = yield* Clock.currentTimeMillis
      const prepared = this.#encode(delivered, commandId, decision, now)
      if (typeof prepared !== "string") return prepared
      const poison = yield* this.#poison(delivered, commandId, commandTag, prepared)
      const instead = this.#encode(delivered, commandId, poison.decision, now)
      return typeof instead === "string" ? yield* Effect.die(new Error(instead)) : instead
    })
  }

  /** The record of a decision, or why it cannot be stored. */
  #encode(
    delivered: Delivered,
    commandId: string,
    decision: Decision<Event>,
    now: number,
  ): Prepared | string {
    const commitId = crypto.randomUUID()
    try {
      const data = this.#codec.encodeRecord({
        v: 1,
        kind: this.#name.kind,
        id: this.#name.id,
        commitId,
        epoch: this.#owner.epoch,
        host: this.#owner.host,
        commandSeq: delivered.seq,
        commandId,
        prevSeq: this.#evtSeq,
        atMillis: now,
        events: decision.events,
        effects: decision.effects,
      })
      const limit = this.#store.recordLimitBytes()
      const size = Buffer.byteLength(data)
      return size <= limit
        ? { commitId, data }
        : `its record has ${size} bytes, and NATS takes ${limit}; raise max_payload`
    } catch (error) {
      return `its record does not fit its schema: ${wordsOf(error)}`
    }
  }

  /** The decision for a command, null for one that was handled before, or the decision that it is poison. */
  #decide(delivered: Delivered) {
    return Effect.gen({ self: this }, function* () {
      const envelope = this.#codec.decodeCommand(delivered.data)
      if (Result.isFailure(envelope)) {
        const why = `the command does not decode: ${envelope.failure.message}`
        return yield* this.#poison(delivered, `cmd-${delivered.seq}`, "Unreadable", why)
      }
      const { command, commandId } = envelope.success
      const commandTag = command._tag
      if (this.#recentIds.includes(commandId)) return { commandId, commandTag, decision: null }
      const attempts = delivered.leftover
        ? yield* this.#store.countAttempt(delivered.seq).pipe(Effect.retry(retryForEver))
        : 1
      if (attempts > attemptLimit) {
        const why = `the process ended ${attempts - 1} times while handling it`
        return yield* this.#poison(delivered, commandId, commandTag, why)
      }
      let failure = ""
      for (let attempt = 1; attempt <= attemptLimit; attempt++) {
        const decision = this.#decideSafely(command, commandId, yield* Clock.currentTimeMillis)
        if (typeof decision !== "string") return { commandId, commandTag, decision }
        failure = decision
      }
      return yield* this.#poison(delivered, commandId, commandTag, failure)
    })
  }

  /** Its events are taken in once for trial: one that throws must not get into the journal. */
  #decideSafely(command: Command, commandId: string, now: number): Decision<Event> | string {
    const { epoch, facts } = this.#owner
    const { decide, evolve } = this.#definition
    try {
      const decision = decide(this.#state, command, { now, epoch, commandId, facts: facts() })
      decision.events.reduce((state, event) => evolve(state, event, now), this.#state)
      return decision
    } catch (error) {
      return wordsOf(error)
    }
  }

  /** Keeps a copy in DEAD; the decision is the event that says so. */
  #poison(delivered: Delivered, commandId: string, tag: string, why: string) {
    return Effect.gen({ self: this }, function* () {
      const reason = why.slice(0, 1_000)
      yield* this.#store.bury(delivered, reason).pipe(Effect.retry(retryForEver))
      yield* Effect.logError(`command ${tag} of ${this.#label} is set aside: ${reason}`)
      const decision: Decision<Event> = {
        events: [this.#definition.poisoned(commandId, tag, reason)],
        effects: [],
      }
      return { commandId, commandTag: tag, decision }
    })
  }

  /** Commits a record. False: it is not stored, or somebody else was first; the state was loaded again. */
  #commit({ commitId, data }: Prepared): Effect.Effect<boolean, CellFailure> {
    return Effect.gen({ self: this }, function* () {
      const outcome = yield* Effect.result(this.#store.append(this.#name, this.#evtSeq, data))
      const seq = Result.isSuccess(outcome) ? outcome.success : yield* this.#findCommit(commitId)
      if (seq !== null) {
        const problem = this.#fold({ seq, data })
        if (problem !== null) return yield* problem
        return true
      }
      yield* this.load().pipe(
        Effect.retry({ schedule: retryForEver, while: (error) => error._tag === "StoreFailed" }),
      )
      return false
    })
  }

  /** After a refused or unknown append: our commit's sequence if the leader holds it last, else null. */
  #findCommit(commitId: string): Effect.Effect<number | null> {
    return this.#store.lastRecord(this.#name).pipe(
      Effect.retry(retryForEver),
      Effect.map((last) =>
        last !== null && last.seq > this.#evtSeq && last.data.includes(commitId) ? last.seq : null,
      ),
      Effect.orDie,
    )
  }

  #handOn(committed: Committed) {
    return Effect.forEach(
      committed.effects,
      (effect, index) =>
        this.#store
          .perform(this.#name, `${this.#name.kind}.${this.#name.id}/${committed.seq}/${index}`, effect)
          .pipe(
            Effect.tapError((error) => Effect.logWarning(`effect of ${this.#label} waits: ${error.message}`)),
            Effect.retry(retryForEver),
          ),
      { discard: true },
    )
  }

  /** One that cannot be made is done without: the records are replayed. */
  #snapshot(): Effect.Effect<void, StoreFailed> {
    return Effect.gen({ self: this }, function* () {
      const data = yield* Effect.try(() => this.#image()).pipe(Effect.orElseSucceed(() => ""))
      this.#sinceSnapshot = 0
      if (data === "" || Buffer.byteLength(data) > this.#store.recordLimitBytes()) {
        return yield* Effect.logWarning(`${this.#label} has no snapshot: its state is too large or damaged`)
      }
      yield* this.#store.putSnapshot(this.#name, data)
    })
  }

  #image() {
    return encodeSnapshot(
      {
        state: this.#codec.encodeState(this.#state),
        evtSeq: this.#evtSeq,
        commandSeq: this.#commandSeq,
        epoch: this.#owner.epoch,
        recentCommandIds: this.#recentIds.slice(-recentCommandLimit),
      },
      this.#definition.stateVersion,
      this.#store.journalIdentity,
    )
  }
}
