import type { JsMsg } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Nats } from "../nats/Nats.ts"
import { ProjectorStatus } from "../readmodel/ProjectorStatus.ts"
import { ReadModel } from "../readmodel/ReadModel.ts"
import type { Position } from "../readmodel/ReadModel.ts"
import { reasonOf } from "../readmodel/storedRow.ts"
import { foldBatch, rowsOfBatch } from "./Batch.ts"
import type { Placed } from "./Batch.ts"
import { copyToDead } from "./DeadRecords.ts"
import { EventFeed, streamFacts } from "./EventFeed.ts"
import { LivePublisher } from "./LivePublisher.ts"
import { Progress } from "./Progress.ts"
import { isOfOtherKind, readRecord } from "./readRecord.ts"

/** The projector has to begin again from the position in the model; `reason` says why. */
class StartOver extends Schema.TaggedError<StartOver>()("StartOver", {
  reason: Schema.String,
  /** False when that is nothing to worry about. */
  isFault: Schema.Boolean,
}) {}

const retryMinMillis = 250
const retryMaxMillis = 5_000

const fault = (reason: string) => new StartOver({ reason, isFault: true })

const attempt = <A>(what: string, run: (signal: AbortSignal) => Promise<A>) =>
  Effect.tryPromise({ try: run, catch: (cause) => fault(`${what}: ${reasonOf(cause)}`) })

interface Running {
  readonly nats: Nats["Service"]
  readonly model: ReadModel["Service"]
  readonly progress: Progress
  readonly live: LivePublisher
}

/** Where to go on: the model's position, after it was emptied if it is of another stream than EVT is now. */
const settle = Effect.fnUntraced(function* ({ nats, model, progress, live }: Running) {
  const facts = yield* attempt("EVT", () => streamFacts(nats.jsm))
  let position = yield* model.position
  const reason =
    position.sequence === 0
      ? null
      : position.streamCreated !== facts.created
        ? `it holds a stream made at ${position.streamCreated}, and EVT was made at ${facts.created}`
        : facts.lastSequence < position.sequence
          ? `it is folded up to ${position.sequence}, and EVT ends at ${facts.lastSequence}`
          : null
  if (reason !== null) {
    // The model may be all that is left: a person has to accept that first.
    const lost = yield* attempt("EVT", () => nats.guard.lossNow())
    if (lost !== null) return yield* fault(lost.message)
    yield* Effect.logWarning(
      `The read model does not belong to EVT: ${reason}. It is emptied and folded again from the first record.`,
    )
    yield* model.reset
    live.startOver()
    position = yield* model.position
  }
  if (facts.firstSequence > position.sequence + 1) {
    yield* Effect.logWarning(
      `EVT begins at ${facts.firstSequence} and the read model ends at ${position.sequence}: what was between is not shown.`,
    )
  }
  progress.moveTo(position.sequence, facts.lastSequence)
  return { position, facts }
})

/** Puts a record aside that cannot be folded. It never holds up those behind it. */
const putAside = Effect.fnUntraced(function* (running: Running, message: JsMsg, reason: string) {
  const { nats, progress } = running
  progress.skip()
  yield* Effect.logError(
    `Record ${message.seq} of EVT (${message.subject}) cannot be folded and is skipped: ${reason}`,
  )
  yield* attempt("DEAD", () => copyToDead(nats.js, nats.connection, message, reason)).pipe(
    Effect.catch((error) => Effect.logError(`Record ${message.seq} was not copied to ${error.reason}`)),
  )
})

const readBatch = Effect.fnUntraced(function* (running: Running, messages: ReadonlyArray<JsMsg>) {
  const batch: Array<Placed> = []
  for (const message of messages) {
    if (isOfOtherKind(message.subject)) continue
    const read = readRecord(message.subject, message.data)
    if (Result.isSuccess(read)) batch.push({ sequence: message.seq, record: read.success })
    else yield* putAside(running, message, read.failure)
  }
  return batch
})

/** Folds one batch, writes it, tells those who watch. */
const foldMessages = Effect.fnUntraced(function* (
  running: Running,
  { streamCreated, generation }: Position,
  messages: ReadonlyArray<JsMsg>,
  waiting: number,
) {
  const { model, progress, live } = running
  const sequence = messages.at(-1)?.seq
  if (sequence === undefined) return
  const batch = yield* readBatch(running, messages)
  const { together, single } = foldBatch(batch, yield* model.stored(rowsOfBatch(batch)))
  for (const { sequence: seq, failure } of single) {
    const message = failure === null ? undefined : messages.find((one) => one.seq === seq)
    if (message !== undefined && failure !== null) yield* putAside(running, message, failure)
  }
  const applied = yield* model.apply(sequence, streamCreated, together, generation)
  if (applied === "reset") {
    return yield* new StartOver({ reason: "the read model was emptied", isFault: false })
  }
  // Another projector that was faster has told them already.
  if (applied === "applied") live.publish(single)
  progress.fail(null)
  progress.moveTo(sequence, sequence + waiting)
})

/** Nothing came for a while: is that the truth? */
const checkIdle = Effect.fnUntraced(function* (running: Running, at: Position) {
  const { nats, model, progress } = running
  const facts = yield* attempt("EVT", () => streamFacts(nats.jsm))
  const stored = yield* model.position
  if (stored.generation !== at.generation) {
    return yield* new StartOver({ reason: "the read model was emptied", isFault: false })
  }
  const position = progress.status().position()
  if (facts.created !== at.streamCreated || facts.lastSequence < position) {
    return yield* fault("EVT is another stream than before")
  }
  const nothingLeft = facts.firstSequence > facts.lastSequence
  if (facts.lastSequence > position && !nothingLeft) {
    return yield* fault(`EVT goes on to ${facts.lastSequence}, and nothing comes behind ${position}`)
  }
  progress.fail(null)
})

/** A server that was started again knows nothing of the feed's consumer, nor of what was asked of it. */
const reconnected = (nats: Nats["Service"]) =>
  Effect.callback<never, StartOver>((resume) => {
    const reason = "the connection to NATS was lost and is back"
    const stopListening = nats.onReconnect(() => resume(new StartOver({ reason, isFault: false })))
    return Effect.sync(stopListening)
  })

/** Follows EVT from where the model is, until something makes it start over. */
const follow = Effect.fnUntraced(function* (running: Running) {
  const { nats } = running
  const { position, facts } = yield* settle(running)
  const at = { ...position, streamCreated: facts.created }
  const feed = yield* Effect.acquireRelease(
    attempt("following EVT", () => EventFeed.open(nats.js, nats.jsm, position.sequence)),
    (open) => Effect.promise(() => open.close()).pipe(Effect.timeoutOption(1_000)),
  )
  while (true) {
    const messages = yield* Effect.raceFirst(
      attempt("following EVT", (signal) => feed.next(signal)),
      reconnected(nats),
    )
    if (messages.length === 0) yield* checkIdle(running, at)
    else yield* foldMessages(running, at, messages, feed.waiting)
  }
})

const run = (running: Running) => {
  let failures = 0
  const { progress } = running
  return Effect.scoped(follow(running)).pipe(
    Effect.catchDefect((defect) => Effect.fail(fault(`defect: ${reasonOf(defect)}`))),
    Effect.catch((error) => {
      if (error._tag === "StartOver" && !error.isFault)
        return Effect.logInfo(`Folding again: ${error.reason}`)
      const before = progress.status().lastError
      const reason = error._tag === "StartOver" ? error.reason : error.message
      progress.fail(reason)
      failures = before === null ? 1 : failures + 1
      const pause = Math.min(retryMaxMillis, retryMinMillis * 2 ** Math.min(failures - 1, 10))
      const say = before === reason ? Effect.void : Effect.logWarning(`The projector starts over: ${reason}`)
      return Effect.andThen(say, Effect.sleep(pause))
    }),
    Effect.forever,
  )
}

/**
 * Folds EVT into the read model for as long as the layer lives, and tells those who watch (`live.<userId>`). Any
 * number of processes may do it on the same store.
 */
export const ProjectorLayer: Layer.Layer<ProjectorStatus, never, Nats | ReadModel> = Layer.effect(
  ProjectorStatus,
  Effect.gen(function* () {
    const nats = yield* Nats
    const model = yield* ReadModel
    const progress = new Progress()
    yield* Effect.forkScoped(run({ nats, model, progress, live: new LivePublisher(nats.connection) }))
    return progress.status()
  }),
)
