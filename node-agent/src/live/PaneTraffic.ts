import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberMap from "effect/FiberMap"
import * as Option from "effect/Option"
import * as Queue from "effect/Queue"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type { Nats } from "@maillm/actors/nats/Nats"
import { PaneInput, PaneReply, PaneRequest } from "@maillm/schema/Pane"
import { paneInput, paneSnapshot, paneState } from "@maillm/schema/Subjects"
import { AgentState } from "@maillm/schema/Turn"
import type { SessionPlaces } from "../order/SessionPlaces.ts"
import type { Panes } from "../pane/Panes.ts"
import { LiveViews } from "./LiveViews.ts"

/** Messages on one subject that wait to be handled; more are dropped, as a keyboard's are. */
const waitingLimit = 256
const sweepEvery = "1 second"
/** Places that are read at the same time. */
const readings = { concurrency: 8, discard: true } as const

const decodeInput = Schema.decodeUnknownOption(Schema.fromJsonString(PaneInput))
const decodeRequest = Schema.decodeUnknownOption(Schema.fromJsonString(PaneRequest))
const encodeState = Schema.encodeSync(Schema.fromJsonString(AgentState))
const encodeReply = Schema.encodeSync(Schema.fromJsonString(PaneReply))

/**
 * Viewers' traffic with the panes of this node: snapshots, output while watched, keys and sizes. Of a session that
 * is on another node now, or may be, nothing is answered, typed or published: two nodes would.
 */
export interface PaneTraffic {
  /**
   * Serves the subjects of a session from now on. A session that no node serves has no responders on its snapshot
   * subject, so whoever asks knows at once.
   */
  readonly serve: (sessionId: string) => Effect.Effect<void>
}

export const makePaneTraffic = (
  nats: Nats["Service"],
  panes: Panes,
  places: SessionPlaces,
): Effect.Effect<PaneTraffic, never, Scope.Scope> =>
  Effect.gen(function* () {
    const views = new LiveViews(nats.connection, places)
    const isHere = (sessionId: string) =>
      places.whereIs(sessionId).pipe(
        Effect.map((where) => {
          if (where === "elsewhere") views.drop(sessionId)
          return where === "here"
        }),
        Effect.orElseSucceed(() => false),
      )
    panes.onNew = (pane) => views.replaced(pane)
    const served = yield* FiberMap.make<string>()
    yield* Effect.sleep(sweepEvery).pipe(
      Effect.andThen(Clock.currentTimeMillis),
      Effect.tap((now) => Effect.sync(() => views.sweep(now))),
      Effect.andThen(Effect.suspend(() => Effect.forEach(views.sessions, isHere, readings))),
      Effect.forever,
      Effect.forkScoped,
    )
    yield* Effect.addFinalizer(() => Effect.sync(() => views.sweep(Number.POSITIVE_INFINITY)))

    const requests = (sessionId: string) =>
      messages(nats, paneSnapshot(sessionId), decodeRequest, (request, respond) =>
        Effect.gen(function* () {
          if (yield* isHere(sessionId)) respond(encodeReply(yield* answer(panes, views, sessionId, request)))
        }),
      )
    const inputs = (sessionId: string) =>
      messages(nats, paneInput(sessionId), decodeInput, (input) =>
        take(panes, views, sessionId, input, isHere(sessionId)),
      )
    return {
      serve: (sessionId) =>
        Effect.all([
          FiberMap.run(served, `${sessionId}.snapshot`, requests(sessionId), { onlyIfMissing: true }),
          FiberMap.run(served, `${sessionId}.in`, inputs(sessionId), { onlyIfMissing: true }),
        ]).pipe(Effect.asVoid),
    }
  })

/** Tells viewers of a session what its agent does. */
export const publishAgentState = (
  nats: Nats["Service"],
  places: SessionPlaces,
  sessionId: string,
  /** As it is once that is known to be of interest. */
  state: () => AgentState | undefined,
): Effect.Effect<void> =>
  places.whereIs(sessionId).pipe(
    Effect.map((where) => {
      const now = state()
      if (where !== "here" || now === undefined || nats.connection.isClosed()) return
      nats.connection.publish(paneState(sessionId), encodeState(now))
    }),
    // Viewers ask again, and see it then.
    Effect.ignore,
  )

const answer = (
  panes: Panes,
  views: LiveViews,
  sessionId: string,
  request: PaneRequest,
): Effect.Effect<PaneReply> =>
  Effect.gen(function* () {
    const pane = panes.get(sessionId)
    if (pane === undefined) {
      return { _tag: "NoPane", reason: yield* Effect.promise(() => panes.places.whyNone(sessionId)) }
    }
    const now = yield* Clock.currentTimeMillis
    const view = views.watch(pane, now + request.watchSeconds * 1_000)
    const shot = request.wantScreen
      ? yield* Effect.promise(() => view.shot())
      : { offset: pane.log.offset, screen: "" }
    return {
      _tag: "Snapshot",
      generation: pane.record.generation,
      columns: pane.columns,
      rows: pane.rows,
      state: pane.state,
      ...(pane.agent === null ? {} : { agent: pane.agent }),
      ...shot,
    }
  })

/** Types keys or changes the size; not while a turn's text is being typed. */
const take = (
  panes: Panes,
  views: LiveViews,
  sessionId: string,
  input: PaneInput,
  isHere: Effect.Effect<boolean>,
): Effect.Effect<void> =>
  Effect.suspend(() => {
    const pane = panes.get(sessionId)
    if (pane === undefined || pane.end !== null) return Effect.void
    const typed = Effect.tryPromise(async () => {
      if (input._tag === "Keys") {
        pane.lastKeysAt = performance.now()
        return panes.type(pane, Buffer.from(input.data))
      }
      await panes.resize(pane, input.columns, input.rows)
      views.resize(pane)
    })
    // Asked last, for it may have been waited long.
    const act = Effect.flatMap(isHere, (here) => (here ? typed : Effect.void))
    return pane.typing
      .withPermit(act)
      .pipe(Effect.catch((error) => Effect.logWarning(`input for session ${sessionId} was not typed`, error)))
  })

/** Handles the messages of a subject one after another; what cannot be read is ignored. */
const messages = <A>(
  nats: Nats["Service"],
  subject: string,
  decode: (text: string) => Option.Option<A>,
  handle: (message: A, respond: (text: string) => void) => Effect.Effect<void>,
): Effect.Effect<never> =>
  Effect.gen(function* () {
    const queue = yield* Queue.dropping<Effect.Effect<void>>(waitingLimit)
    yield* Effect.acquireRelease(
      Effect.sync(() =>
        nats.connection.subscribe(subject, {
          callback: (error, message) => {
            const decoded = error === null ? decode(message.string()) : Option.none()
            if (Option.isNone(decoded)) return
            Queue.offerUnsafe(
              queue,
              handle(decoded.value, (text) => message.respond(text)),
            )
          },
        }),
      ),
      (subscription) => Effect.sync(() => subscription.unsubscribe()),
    )
    return yield* Queue.take(queue).pipe(
      Effect.flatMap((work) =>
        Effect.catchDefect(work, (defect) => Effect.logError(`${subject} was not answered`, defect)),
      ),
      Effect.forever,
    )
  }).pipe(Effect.scoped)
