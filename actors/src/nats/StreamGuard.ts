import type { JetStreamManager } from "@nats-io/jetstream"
import type { NatsConnection } from "@nats-io/transport-node"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { Scope } from "effect/Scope"
import { blobBucket, bucketNames, buckets, streams } from "@maillm/schema/Streams"
import { acceptanceOf, lossesOf, mergeMemories, raiseMarks, StreamsLost } from "./StreamMarks.ts"
import type { StreamLoss, StreamMark, StreamMarks, StreamMemory } from "./StreamMarks.ts"
import { StreamMemoryStore } from "./StreamMemoryStore.ts"
import { liftStream } from "./liftStream.ts"
import { isStreamNotFound, StreamRefused } from "./Streams.ts"

/** How often the streams are looked at; what is stored and lost between two looks is not noticed. */
const lookMillis = 5_000
/** A loss counts when so many looks in a row find the same: a new leader may be behind for a moment. */
const looksToBelieve = 3
const believeMillis = 1_000
/** How long a start waits for streams that have no leader yet; an election takes 4 to 9 s. */
const leaderWaitMillis = 20_000

const guarded: ReadonlyArray<string> = [
  ...Object.keys(streams),
  // GUARD moves on with every write of the memory, and losing it loses nothing.
  ...bucketNames.filter((name) => name !== "GUARD").map((name) => `KV_${buckets[name].name}`),
  `OBJ_${blobBucket.name}`,
]

type Losses = ReadonlyArray<StreamLoss>

interface Seen {
  readonly found: StreamMarks
  readonly missing: ReadonlySet<string>
  /** Streams that nobody answered for, with the reason of one. */
  readonly unknown: ReadonlyArray<string>
}

/** Asks the leader of every stream. */
const lookAt = async (jsm: JetStreamManager): Promise<Seen> => {
  const found: Record<string, StreamMark> = {}
  const missing = new Set<string>()
  const unknown: Array<string> = []
  await Promise.all(
    guarded.map((name) =>
      jsm.streams.info(name).then(
        ({ created, state }) => void (found[name] = { created, lastSequence: state.last_seq }),
        (error: unknown) =>
          isStreamNotFound(error) ? void missing.add(name) : void unknown.push(`${name}: ${words(error)}`),
      ),
    ),
  )
  return { found, missing, unknown }
}

/** What is known at a start. */
export interface Recalled {
  readonly memory: StreamMemory
  /** What was remembered, also of streams whose loss was accepted: those that are made now begin above. */
  readonly marks: StreamMarks
}

/**
 * Refuses when a stream that is remembered is gone, another, or behind; to be asked before any stream is made.
 * `accept` is the value that a person gave to go on all the same.
 */
export const recallStreams = Effect.fn("recallStreams")(function* (
  connection: NatsConnection,
  jsm: JetStreamManager,
  store: StreamMemoryStore,
  accept: string | null,
): Effect.fn.Return<Recalled, StreamsLost | StreamRefused> {
  let losses: Losses = []
  let memory = StreamMemoryStore.empty()
  for (let look = 0; look < looksToBelieve; look++) {
    if (look > 0) yield* Effect.sleep(believeMillis)
    memory = (yield* attempt("KV_GUARD", () => store.read())).memory ?? memory
    const seen = yield* lookAtAll(jsm)
    losses = lossesOf(memory.streams, seen.found, seen.missing)
    if (losses.length === 0) return { memory, marks: memory.streams }
  }
  const acceptance = acceptanceOf(memory.installation, losses)
  if (accept !== acceptance) return yield* new StreamsLost({ losses, acceptance })
  const kept: Record<string, StreamMark> = { ...memory.streams }
  for (const { stream, expected, found } of losses) {
    yield* Effect.logWarning(`going on without what is lost of ${stream}, as MAILLM_ACCEPT_STREAMS says`)
    delete kept[stream]
    if (found !== null)
      yield* attempt(stream, () => liftStream(connection, jsm, stream, expected.lastSequence))
  }
  return { memory: { ...memory, accepted: memory.accepted + 1, streams: kept }, marks: memory.streams }
})

const lookAtAll = (jsm: JetStreamManager) =>
  Effect.gen(function* () {
    const deadline = performance.now() + leaderWaitMillis
    for (;;) {
      const seen = yield* attempt("streams", () => lookAt(jsm))
      const [first] = seen.unknown
      if (first === undefined) return seen
      if (performance.now() > deadline)
        return yield* new StreamRefused({ stream: first, reason: "no leader" })
      yield* Effect.sleep(believeMillis)
    }
  })

const attempt = <A>(stream: string, run: () => Promise<A>) =>
  Effect.tryPromise({ try: run, catch: (cause) => new StreamRefused({ stream, reason: words(cause) }) })

const words = (error: unknown) => (error instanceof Error ? error.message : String(error))

/**
 * Compares the streams with what is remembered, every few seconds and after every reconnect, and remembers how far
 * they are. Once something is lost it stays refused until the process is started anew.
 */
export class StreamGuard {
  readonly #jsm: JetStreamManager
  readonly #store: StreamMemoryStore
  readonly #refused = Deferred.makeUnsafe<StreamsLost>()
  #memory: StreamMemory
  #refusal: StreamsLost | null = null
  #doubts = 0
  #underWay: Promise<Losses> = Promise.resolve([])
  #next: Promise<Losses> | null = null

  private constructor(jsm: JetStreamManager, store: StreamMemoryStore, memory: StreamMemory) {
    this.#jsm = jsm
    this.#store = store
    this.#memory = memory
  }

  /** Remembers the streams as they are, which the start has found good, and watches them while the scope is open. */
  static readonly start = Effect.fn("StreamGuard.start")(function* (
    jsm: JetStreamManager,
    store: StreamMemoryStore,
    memory: StreamMemory,
    onReconnect: (listener: () => void) => () => void,
  ): Effect.fn.Return<StreamGuard, StreamRefused, Scope> {
    const guard = new StreamGuard(jsm, store, memory)
    // Others may store theirs at the same time.
    yield* attempt("KV_GUARD", () => guard.#look()).pipe(
      Effect.retry(Schedule.spaced(200).pipe(Schedule.upTo({ times: 20 }))),
    )
    const reconnected = Effect.callback<void>((resume) => {
      const stop = onReconnect(() => resume(Effect.void))
      return Effect.sync(stop)
    })
    yield* guard.#watch.pipe(
      Effect.flatMap((pause) => Effect.raceFirst(Effect.sleep(pause), reconnected)),
      Effect.forever,
      Effect.forkScoped,
    )
    return guard
  })

  /** Why nothing may be served any more, or null. */
  refusal(): StreamsLost | null {
    return this.#refusal
  }

  /** Done when nothing may be served any more. */
  get refused(): Effect.Effect<StreamsLost> {
    return Deferred.await(this.#refused)
  }

  /** What is lost as far as this moment tells, or null; without waiting for it to be believed. */
  async lossNow(): Promise<StreamsLost | null> {
    return this.#refusal ?? this.#lost(await this.#look())
  }

  /** The highest last sequence of a stream that was ever seen, 0 for one never seen. */
  highestSeen(stream: string): number {
    return this.#memory.streams[stream]?.lastSequence ?? 0
  }

  /** How often a person accepted that something was lost. */
  get accepted(): number {
    return this.#memory.accepted
  }

  /** One look; answers how long to wait for the next. */
  get #watch(): Effect.Effect<number> {
    return Effect.tryPromise(() => this.#look()).pipe(
      Effect.timeout(lookMillis),
      Effect.flatMap((losses) => this.#judge(losses)),
      // Nobody answers, or another was quicker to store the same.
      Effect.catch((error) => Effect.logDebug(`streams were not looked at: ${words(error)}`)),
      Effect.map(() => (this.#doubts > 0 ? believeMillis : lookMillis)),
    )
  }

  #judge(losses: Losses): Effect.Effect<void> {
    this.#doubts = losses.length === 0 ? 0 : this.#doubts + 1
    if (this.#doubts < looksToBelieve || this.#refusal !== null) return Effect.void
    const lost = this.#lost(losses)
    if (lost === null) return Effect.void
    this.#refusal = lost
    return Effect.logError(`Nothing is served from now on. ${lost.message}`).pipe(
      Effect.andThen(Deferred.succeed(this.#refused, lost)),
    )
  }

  #lost(losses: Losses): StreamsLost | null {
    const { installation } = this.#memory
    return losses.length === 0
      ? null
      : new StreamsLost({ losses, acceptance: acceptanceOf(installation, losses) })
  }

  /** One look at a time; who asks meanwhile shares the next one. */
  #look(): Promise<Losses> {
    this.#next ??= this.#underWay
      .catch(() => undefined)
      .then(() => {
        this.#next = null
        this.#underWay = this.#lookOnce().catch(() => this.#lookOnce())
        return this.#underWay
      })
    return this.#next
  }

  /** What is lost; when nothing is, remembers what is there now. Rejects when another was quicker to remember. */
  async #lookOnce(): Promise<Losses> {
    const { memory, revision } = await this.#store.read()
    if (memory !== null) this.#memory = mergeMemories(this.#memory, memory)
    const { found, missing } = await lookAt(this.#jsm)
    const losses = lossesOf(this.#memory.streams, found, missing)
    if (losses.length > 0) return losses
    this.#memory = { ...this.#memory, streams: raiseMarks(this.#memory.streams, found) }
    if (!sameMemory(this.#memory, memory)) await this.#store.write(this.#memory, revision)
    this.#store.writeFile(this.#memory)
    return []
  }
}

const sameMemory = (a: StreamMemory, b: StreamMemory | null) =>
  b !== null &&
  a.installation === b.installation &&
  a.accepted === b.accepted &&
  Object.keys(a.streams).length === Object.keys(b.streams).length &&
  Object.entries(a.streams).every(
    ([stream, { created, lastSequence }]) =>
      b.streams[stream]?.created === created && b.streams[stream].lastSequence === lastSequence,
  )
