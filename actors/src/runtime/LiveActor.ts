import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { ActorDefinition } from "./Actor.ts"
import type { ActorCell, Owner } from "./ActorCell.ts"
import type { ActorCodec } from "./actorCodec.ts"
import type { ActorName } from "./ActorName.ts"
import type { ActorStore, Answer, Delivered, StoredRecord, StoreFailed } from "./ActorStore.ts"
import { laterVersion } from "../nats/laterVersion.ts"
import { JournalDamaged, OwnershipLost, WrittenByLater } from "./CellFailure.ts"
import type { CellFailure } from "./CellFailure.ts"
import { CommandDecider, wordsOf } from "./CommandDecider.ts"
import type { Prepared } from "./CommandDecider.ts"
import { actorHeader, epochHeader } from "./EffectMessage.ts"
import { RecentCommands } from "./RecentCommands.ts"
import { retryForEver } from "./retryForEver.ts"
import { decodeSnapshot, encodeSnapshot } from "./Snapshot.ts"

/** Wait after a commit that was refused or is unknown, and is not in the journal; doubles to 5 s. */
const commitRetryMillis = 50
/** Records after which a snapshot is written. */
const snapshotEvery = 100
/** Records after which passivation writes a snapshot. */
const snapshotAtPassivation = 16

/** A record whose effects may not all have been handed on yet. */
interface Unfinished<Effect> {
  readonly seq: number
  readonly epoch: number
  readonly atMillis: number
  readonly effects: ReadonlyArray<Effect>
  readonly answer: Answer
}

/** What a live actor is made of. */
export interface LiveActorParts<
  State,
  Command extends { readonly _tag: string },
  Event,
  Effect,
  Reply,
  Facts,
> {
  readonly definition: ActorDefinition<State, Command, Event, Effect, Reply, Facts>
  readonly codec: ActorCodec<State, Command, Event, Effect, Reply, Facts>
  readonly facts: () => Facts
  readonly store: ActorStore["Service"]
  readonly name: ActorName
  readonly owner: Owner
  readonly firstSeq: number
}

/** An actor in memory: the fold of its journal, and what it does with a command. */
export class LiveActor<
  State,
  Command extends { readonly _tag: string },
  Event,
  Act,
  Reply,
  Facts,
> implements ActorCell {
  readonly #parts: LiveActorParts<State, Command, Event, Act, Reply, Facts>
  readonly #store: ActorStore["Service"]
  readonly #name: ActorName
  readonly #label: string
  readonly #decider: CommandDecider<State, Command, Event, Act, Reply, Facts>

  #state: State
  #evtSeq = 0
  #commandSeq = 0
  #recent = new RecentCommands()
  #sinceSnapshot = 0
  /** The command that is being handled; whatever was asked for by those before it is handed on. */
  #handling: number
  /** By command sequence. */
  readonly #unfinished = new Map<number, Unfinished<Act>>()

  constructor(parts: LiveActorParts<State, Command, Event, Act, Reply, Facts>) {
    this.#parts = parts
    this.#store = parts.store
    this.#name = parts.name
    this.#label = `${parts.name.kind} ${parts.name.id}`
    this.#decider = new CommandDecider(parts, this.#label)
    this.#state = parts.definition.initial(parts.name.id)
    this.#handling = parts.firstSeq
  }

  /**
   * Reads snapshot and records; forgets whatever it held before. Where a record is damaged, what those before it ask
   * for is handed on first: nobody will come back for it.
   */
  load(): Effect.Effect<void, CellFailure> {
    return this.#read().pipe(
      Effect.tapErrorTag("JournalDamaged", () =>
        Effect.forEach(this.#unfinished.values(), (committed) => this.#handOn(committed), { discard: true }),
      ),
    )
  }

  #read(): Effect.Effect<void, CellFailure> {
    return Effect.gen({ self: this }, function* () {
      this.#state = this.#parts.definition.initial(this.#name.id)
      this.#evtSeq = 0
      this.#commandSeq = 0
      this.#recent = new RecentCommands()
      this.#sinceSnapshot = 0
      const last = yield* this.#store.lastRecord(this.#name)
      if (last === null) return
      this.#restore(yield* this.#store.snapshot(this.#name), last.seq)
      const successor = this.#evtSeq === last.seq ? this.#successorOf(last) : null
      if (successor !== null) return yield* successor
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
      this.#handling = delivered.seq
      let answer: Answer | null = null
      for (let wait = commitRetryMillis; delivered.seq > this.#commandSeq; wait = Math.min(2 * wait, 5_000)) {
        const prepared = yield* this.#decider.prepare(delivered, {
          state: this.#state,
          evtSeq: this.#evtSeq,
          recent: this.#recent,
        })
        if (prepared._tag === "NothingToCommit") {
          answer = prepared.answer
          break
        }
        if (yield* this.#commit(prepared)) break
        yield* Effect.sleep(wait)
      }
      const committed = this.#unfinished.get(delivered.seq)
      if (committed !== undefined) {
        if (committed.effects.length > 0) yield* this.#handOn(committed)
        this.#unfinished.delete(delivered.seq)
      }
      if (delivered.replyTo !== null) {
        const known = committed?.answer ?? answer ?? (yield* this.#earlierAnswer(delivered))
        if (known !== null) yield* this.#store.answer(delivered.replyTo, known)
      }
      if (this.#sinceSnapshot >= snapshotEvery) yield* this.#snapshot().pipe(Effect.ignore)
    })
  }

  get passivate(): Effect.Effect<void, StoreFailed> {
    return this.#sinceSnapshot >= snapshotAtPassivation ? this.#snapshot() : Effect.void
  }

  #damaged(reason: string) {
    return new JournalDamaged({ actor: this.#label, reason, committedThrough: this.#commandSeq })
  }

  #unreadable({ seq, data }: StoredRecord, why: string): CellFailure {
    const { kind, id } = this.#name
    let later: string | null = null
    try {
      later = laterVersion(JSON.parse(data), kind, id)
    } catch {
      // No JSON, so of no version.
    }
    return later === null
      ? this.#damaged(`record ${seq} does not decode: ${why}`)
      : new WrittenByLater({ actor: this.#label, reason: `record ${seq}: ${later}` })
  }

  #restore(data: string | null, lastSeq: number) {
    const { stateVersion } = this.#parts.definition
    const image = data === null ? null : decodeSnapshot(data, stateVersion, this.#store.journalIdentity)
    if (image === null || image.evtSeq > lastSeq) return
    const state = this.#parts.codec.decodeStateSafely(image.state)
    if (Result.isFailure(state)) return
    this.#state = state.success
    this.#evtSeq = image.evtSeq
    this.#commandSeq = image.commandSeq
    this.#recent.restore(image.recentCommandIds, image.recentSequences ?? [])
  }

  /** Takes a record into the state. Answers what is wrong with it, or null. */
  #fold(stored: StoredRecord): CellFailure | null {
    const { definition, owner } = this.#parts
    const decoded = this.#parts.codec.decodeRecordSafely(stored.data)
    if (Result.isFailure(decoded)) {
      return this.#unreadable(stored, decoded.failure.message)
    }
    const record = decoded.success
    if (record.prevSeq !== this.#evtSeq) {
      return this.#damaged(`record ${stored.seq} follows ${record.prevSeq}, not ${this.#evtSeq}`)
    }
    if (record.epoch > owner.epoch) {
      return this.#lost(record.epoch)
    }
    try {
      for (const event of record.events) {
        this.#state = definition.evolve(this.#state, event, record.atMillis)
      }
    } catch (error) {
      return this.#damaged(`record ${stored.seq} cannot be taken in: ${wordsOf(error)}`)
    }
    this.#advance(stored.seq, record.commandSeq, record.commandId)
    if (record.commandSeq >= this.#handling) {
      const { effects, epoch, atMillis } = record
      const answer = answerOf(stored.seq, record)
      this.#unfinished.set(record.commandSeq, { seq: stored.seq, epoch, atMillis, effects, answer })
    }
    return null
  }

  #lost(epoch: number) {
    return new OwnershipLost({ actor: this.#label, epoch })
  }

  /** A snapshot spares the records it holds, but not the look at who wrote the last one. */
  #successorOf(last: StoredRecord): CellFailure | null {
    const decoded = this.#parts.codec.decodeRecordSafely(last.data)
    if (Result.isFailure(decoded)) return this.#unreadable(last, decoded.failure.message)
    const { epoch } = decoded.success
    return epoch > this.#parts.owner.epoch ? this.#lost(epoch) : null
  }

  #advance(seq: number, commandSeq: number, commandId: string) {
    this.#evtSeq = seq
    this.#commandSeq = commandSeq
    this.#recent.add(commandId, seq)
    this.#sinceSnapshot++
  }

  /** Commits a record. False: it is not stored, or somebody else was first; the state was loaded again. */
  #commit(prepared: Prepared<State, Act>): Effect.Effect<boolean, CellFailure> {
    return Effect.matchEffect(this.#store.append(this.#name, this.#evtSeq, prepared.data), {
      onSuccess: (seq) => Effect.succeed(this.#accept(prepared, seq)),
      onFailure: () =>
        Effect.flatMap(this.#findCommit(prepared.commitId), (seq) =>
          seq === null ? Effect.as(this.#reload, false) : Effect.succeed(this.#accept(prepared, seq)),
        ),
    })
  }

  #accept(prepared: Prepared<State, Act>, seq: number): true {
    const { state, commandSeq, commandId, atMillis, effects } = prepared
    this.#state = state
    this.#advance(seq, commandSeq, commandId)
    const { epoch } = this.#parts.owner
    this.#unfinished.set(commandSeq, { seq, epoch, atMillis, effects, answer: answerOf(seq, prepared) })
    return true
  }

  get #reload() {
    return Effect.suspend(() => this.load()).pipe(
      Effect.retry({ schedule: retryForEver, while: (error) => error._tag === "StoreFailed" }),
    )
  }

  /** After a refused or unknown append: our commit's sequence if the leader holds it last, else null. */
  #findCommit(commitId: string): Effect.Effect<number | null> {
    // Inside of other strings of the record the quotes are escaped.
    const mark = `"commitId":"${commitId}"`
    return this.#store.lastRecord(this.#name).pipe(
      Effect.retry(retryForEver),
      Effect.map((last) =>
        last !== null && last.seq > this.#evtSeq && last.data.includes(mark) ? last.seq : null,
      ),
      Effect.orDie,
    )
  }

  /**
   * The answer of a command that was committed before this actor was loaded, or under another position. Null when there
   * is no record of it, for it changed nothing: what it was answered then is not known, and none is better than a wrong one.
   */
  #earlierAnswer(delivered: Delivered): Effect.Effect<Answer | null, StoreFailed> {
    return Effect.gen({ self: this }, function* () {
      const commandId = this.#decider.idOf(delivered)
      const seq = this.#recent.sequenceOf(commandId) ?? 0
      const stored = seq === 0 ? null : yield* this.#store.recordAt(this.#name, seq)
      const record = stored === null ? null : this.#parts.codec.decodeRecordSafely(stored.data)
      return record === null || Result.isFailure(record) ? null : answerOf(seq, record.success)
    })
  }

  #handOn(committed: Unfinished<Act>) {
    const { definition } = this.#parts
    const { kind, id } = this.#name
    return Effect.forEach(
      committed.effects,
      (effect, index) => {
        const effectId = `${kind}.${id}/${committed.seq}/${index}`
        const origin = { actor: this.#name, effectId, atMillis: committed.atMillis }
        const { subject, data, headers } = definition.route(effect, origin)
        const fenced = [
          ...headers,
          [actorHeader, `${kind}.${id}`] as const,
          [epochHeader, String(committed.epoch)] as const,
        ]
        return this.#store.perform({ subject, data, headers: fenced }).pipe(
          Effect.tapError((error) => Effect.logWarning(`effect of ${this.#label} waits: ${error.message}`)),
          Effect.retry(retryForEver),
        )
      },
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
    const { codec, definition, owner } = this.#parts
    return encodeSnapshot(
      {
        state: codec.encodeState(this.#state),
        evtSeq: this.#evtSeq,
        commandSeq: this.#commandSeq,
        epoch: owner.epoch,
        recentCommandIds: this.#recent.ids,
        recentSequences: this.#recent.sequences,
      },
      definition.stateVersion,
      this.#store.journalIdentity,
    )
  }
}

const answerOf = (
  sequence: number,
  { reply, failed }: { readonly reply?: unknown; readonly failed?: string },
): Answer => ({
  sequence,
  ...(reply === undefined ? {} : { reply }),
  ...(failed === undefined ? {} : { failed }),
})
