import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { commandEnvelope, recordOf } from "@maillm/schema/Record"
import type { ActorEffect } from "@maillm/schema/Record"
import type { ActorDefinition, Decision, Facts } from "./Actor.ts"
import { ActorStore } from "./ActorStore.ts"
import type { ActorName, Delivered, StoreFailed, StoredRecord } from "./ActorStore.ts"
import { decodeSnapshot, encodeSnapshot, recentCommandLimit } from "./Snapshot.ts"

/** Another owner with a higher epoch has written this actor: this host must let go of the partition. */
export class OwnershipLost extends Schema.TaggedError<OwnershipLost>()("OwnershipLost", {
  actor: Schema.String,
  epoch: Schema.Int,
}) {}

/** A record cannot be read or does not follow its predecessor; the actor must not go on from a guess. */
export class JournalDamaged extends Schema.TaggedError<JournalDamaged>()("JournalDamaged", {
  actor: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `journal of ${this.actor}: ${this.reason}`
  }
}

export type CellFailure = OwnershipLost | JournalDamaged | StoreFailed

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

/** Tries of one command before it is poison. */
const attemptLimit = 3
/** Records after which a snapshot is written. */
const snapshotEvery = 100
/** Records after which passivation writes a snapshot. */
const snapshotAtPassivation = 16

/** Doubling from 50 ms, at most 5 s, without end. */
const retryForEver = Schedule.min([Schedule.exponential("50 millis"), Schedule.spaced("5 seconds")]).pipe(
  Schedule.jittered,
)

interface Committed {
  readonly seq: number
  readonly effects: ReadonlyArray<ActorEffect>
}

/** Makes cells of one kind of actor. Decoders are built once here. */
export const actorCells = <State, Command extends { readonly _tag: string }, Event>(
  definition: ActorDefinition<State, Command, Event>,
) => {
  const Envelope = Schema.fromJsonString(commandEnvelope(definition.command))
  const decodeEnvelope = Schema.decodeUnknownResult(Envelope)
  const Record = Schema.fromJsonString(recordOf(definition.event))
  const decodeRecord = Schema.decodeUnknownResult(Record)
  const encodeRecord = Schema.encodeSync(Record)
  const decodeState = Schema.decodeUnknownResult(definition.state)
  const encodeState = Schema.encodeSync(definition.state)

  /** Loads the actor as its journal has it. `firstSeq` is the oldest command not yet released. */
  const activate = Effect.fn("ActorCell.activate")(function* (
    name: ActorName,
    owner: Owner,
    firstSeq: number,
  ): Effect.fn.Return<ActorCell, CellFailure, ActorStore> {
    const store = yield* ActorStore
    const label = `${name.kind} ${name.id}`

    let state = definition.initial(name.id)
    let evtSeq = 0
    let commandSeq = 0
    let recentIds: Array<string> = []
    let sinceSnapshot = 0
    /** Committed records whose effects may not have been handed on yet, by command sequence. */
    const unfinished = new Map<number, Committed>()

    const damaged = (reason: string) => new JournalDamaged({ actor: label, reason })

    const remember = (commandId: string) => {
      recentIds.push(commandId)
      if (recentIds.length > recentCommandLimit) recentIds = recentIds.slice(-recentCommandLimit)
    }

    const fold = (stored: StoredRecord) => {
      const decoded = decodeRecord(stored.data)
      if (Result.isFailure(decoded))
        return damaged(`record ${stored.seq} does not decode: ${decoded.failure.message}`)
      const record = decoded.success
      if (record.prevSeq !== evtSeq)
        return damaged(`record ${stored.seq} follows ${record.prevSeq}, not ${evtSeq}`)
      if (record.epoch > owner.epoch) return new OwnershipLost({ actor: label, epoch: record.epoch })
      for (const event of record.events) state = definition.evolve(state, event, record.atMillis)
      evtSeq = stored.seq
      commandSeq = record.commandSeq
      remember(record.commandId)
      sinceSnapshot++
      if (record.commandSeq >= firstSeq)
        unfinished.set(record.commandSeq, { seq: stored.seq, effects: record.effects })
      return null
    }

    const load = Effect.gen(function* () {
      state = definition.initial(name.id)
      evtSeq = 0
      commandSeq = 0
      recentIds = []
      sinceSnapshot = 0
      const last = yield* store.lastRecord(name)
      if (last === null) return
      const data = yield* store.snapshot(name)
      const image =
        data === null ? null : decodeSnapshot(data, definition.stateVersion, store.journalIdentity)
      const imageState = image === null || image.evtSeq > last.seq ? null : decodeState(image.state)
      if (image !== null && imageState !== null && Result.isSuccess(imageState)) {
        state = imageState.success
        evtSeq = image.evtSeq
        commandSeq = image.commandSeq
        recentIds = [...image.recentCommandIds]
      }
      for (const stored of yield* store.records(name, evtSeq, last.seq)) {
        const problem = fold(stored)
        if (problem !== null) return yield* problem
      }
      if (evtSeq !== last.seq) return yield* damaged(`ends at ${evtSeq}, the store says ${last.seq}`)
    })

    const handOn = (committed: Committed) =>
      Effect.forEach(
        committed.effects,
        (effect, index) =>
          store.perform(name, `${name.kind}.${name.id}/${committed.seq}/${index}`, effect).pipe(
            Effect.tapError((error) => Effect.logWarning(`effect of ${label} waits: ${error.message}`)),
            Effect.retry(retryForEver),
          ),
        { discard: true },
      )

    const snapshot = Effect.gen(function* () {
      const image = {
        state: encodeState(state),
        evtSeq,
        commandSeq,
        epoch: owner.epoch,
        recentCommandIds: recentIds,
      }
      yield* store.putSnapshot(name, encodeSnapshot(image, definition.stateVersion, store.journalIdentity))
      sinceSnapshot = 0
    })

    /** Commits a decision. False: somebody else has committed in between and the state was loaded again. */
    const commit = Effect.fnUntraced(function* (
      delivered: Delivered,
      commandId: string,
      decision: Decision<Event>,
    ) {
      const atMillis = yield* Clock.currentTimeMillis
      const commitId = crypto.randomUUID()
      const data = encodeRecord({
        v: 1,
        kind: name.kind,
        id: name.id,
        commitId,
        epoch: owner.epoch,
        host: owner.host,
        commandSeq: delivered.seq,
        commandId,
        prevSeq: evtSeq,
        atMillis,
        events: decision.events,
        effects: decision.effects,
      })
      const outcome = yield* Effect.result(store.append(name, evtSeq, data))
      if (Result.isSuccess(outcome)) {
        const problem = fold({ seq: outcome.success, data })
        if (problem !== null) return yield* problem
        return true
      }
      // Refused or unknown: what the leader holds last decides.
      const last = yield* store.lastRecord(name).pipe(Effect.retry(retryForEver))
      if (last !== null && last.seq > evtSeq && last.data.includes(commitId)) {
        const problem = fold({ seq: last.seq, data })
        if (problem !== null) return yield* problem
        return true
      }
      yield* load.pipe(
        Effect.retry({ schedule: retryForEver, while: (error) => error._tag === "StoreFailed" }),
      )
      return false
    })

    const decideSafely = (command: Command, commandId: string, now: number): Decision<Event> | string => {
      try {
        return definition.decide(state, command, { now, epoch: owner.epoch, commandId, facts: owner.facts() })
      } catch (error) {
        return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      }
    }

    /** The decision for a command, or the decision that says it is poison. */
    const decide = Effect.fnUntraced(function* (delivered: Delivered) {
      const envelope = decodeEnvelope(delivered.data)
      const poison = Effect.fnUntraced(function* (commandId: string, tag: string, why: string) {
        const reason = why.slice(0, 1_000)
        yield* store.bury(delivered, reason).pipe(Effect.retry(retryForEver))
        yield* Effect.logError(`command ${tag} of ${label} is set aside: ${reason}`)
        return { commandId, decision: { events: [definition.poisoned(commandId, tag, reason)], effects: [] } }
      })
      if (Result.isFailure(envelope)) {
        return yield* poison(
          `cmd-${delivered.seq}`,
          "Unreadable",
          `the command does not decode: ${envelope.failure.message}`,
        )
      }
      const { command, commandId } = envelope.success
      if (recentIds.includes(commandId)) return { commandId, decision: null }
      const attempts = delivered.leftover
        ? yield* store.countAttempt(delivered.seq).pipe(Effect.retry(retryForEver))
        : 1
      if (attempts > attemptLimit) {
        return yield* poison(
          commandId,
          command._tag,
          `the process ended ${attempts - 1} times while handling it`,
        )
      }
      let failure = ""
      for (let attempt = 1; attempt <= attemptLimit; attempt++) {
        const decision = decideSafely(command, commandId, yield* Clock.currentTimeMillis)
        if (typeof decision !== "string") return { commandId, decision }
        failure = decision
      }
      return yield* poison(commandId, command._tag, failure)
    })

    const handle = Effect.fn("ActorCell.handle")(function* (
      delivered: Delivered,
    ): Effect.fn.Return<void, CellFailure> {
      while (delivered.seq > commandSeq) {
        const { commandId, decision } = yield* decide(delivered)
        if (decision === null || (decision.events.length === 0 && decision.effects.length === 0)) break
        if (yield* commit(delivered, commandId, decision)) break
      }
      const committed = unfinished.get(delivered.seq)
      if (committed !== undefined) yield* handOn(committed)
      unfinished.delete(delivered.seq)
      if (delivered.leftover) yield* store.forgetAttempts(delivered.seq).pipe(Effect.ignore)
      if (delivered.replyTo !== null) yield* store.reply(delivered.replyTo, evtSeq)
      if (sinceSnapshot >= snapshotEvery) yield* snapshot.pipe(Effect.ignore)
    })

    yield* load
    return {
      handle,
      passivate: Effect.suspend(() => (sinceSnapshot >= snapshotAtPassivation ? snapshot : Effect.void)),
    }
  })

  return { kind: definition.kind, activate }
}

export type ActorCells = ReturnType<typeof actorCells>
