import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberMap from "effect/FiberMap"
import * as Option from "effect/Option"
import * as Queue from "effect/Queue"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type { Nats } from "@maillm/actors/nats/Nats"
import { PaneInput, PaneReply, PaneRequest } from "@maillm/schema/Pane"
import { paneInput, paneSnapshot } from "@maillm/schema/Subjects"
import type { Pane } from "../pane/Pane.ts"
import type { Panes } from "../pane/Panes.ts"
import { LiveView } from "./LiveView.ts"
import { OutputPublisher } from "./OutputPublisher.ts"

/** Inputs of one pane that wait to be typed; more are dropped, as a keyboard's are. */
const inputLimit = 256
const sweepEvery = "1 second"

const decodeInput = Schema.decodeUnknownOption(Schema.fromJsonString(PaneInput))
const decodeRequest = Schema.decodeUnknownOption(Schema.fromJsonString(PaneRequest))
const encodeReply = Schema.encodeSync(Schema.fromJsonString(PaneReply))

interface Watched {
  readonly view: LiveView
  untilMillis: number
}

/** Viewers' traffic with the panes of this node: snapshots, output while watched, keys and sizes. */
export interface PaneTraffic {
  /** Serves the subjects of a session from now on. */
  readonly serve: (sessionId: string) => Effect.Effect<void>
}

export const makePaneTraffic = (
  nats: Nats["Service"],
  panes: Panes,
): Effect.Effect<PaneTraffic, never, Scope.Scope> =>
  Effect.gen(function* () {
    const watched = new Map<string, Watched>()
    const served = yield* FiberMap.make<string>()

    const viewOf = (pane: Pane, untilMillis: number) =>
      Effect.promise(async () => {
        const found = watched.get(pane.record.sessionId)
        if (found !== undefined && found.view.pane === pane) {
          found.untilMillis = Math.max(found.untilMillis, untilMillis)
          return found.view
        }
        found?.view.close()
        const { sessionId, generation } = pane.record
        const view = await LiveView.open(pane, new OutputPublisher(nats.connection, sessionId, generation))
        watched.set(sessionId, { view, untilMillis })
        return view
      })

    const answer = (sessionId: string, request: PaneRequest) =>
      Effect.gen(function* () {
        const pane = panes.get(sessionId)
        if (pane === undefined) {
          const reason = "This session has no terminal now. The next request starts one."
          return { _tag: "NoPane", reason } satisfies PaneReply
        }
        const now = yield* Clock.currentTimeMillis
        const view = yield* viewOf(pane, now + request.watchSeconds * 1_000)
        return {
          _tag: "Snapshot",
          generation: pane.record.generation,
          offset: view.offset,
          columns: pane.columns,
          rows: pane.rows,
          state: pane.state,
          screen: request.wantScreen ? view.screen.serialize() : "",
        } satisfies PaneReply
      })

    const input = (sessionId: string, what: PaneInput) =>
      Effect.suspend(() => {
        const pane = panes.get(sessionId)
        if (pane === undefined || pane.end !== null) return Effect.void
        const act =
          what._tag === "Keys"
            ? Effect.tryPromise(() => panes.type(pane, Buffer.from(what.data)))
            : Effect.tryPromise(async () => {
                await panes.resize(pane, what.columns, what.rows)
                watched.get(sessionId)?.view.screen.resize(what.columns, what.rows)
              })
        return pane.typing
          .withPermit(act)
          .pipe(
            Effect.catch((error) => Effect.logWarning(`input for session ${sessionId} was not typed`, error)),
          )
      })

    const requests = (sessionId: string) =>
      messages(nats, paneSnapshot(sessionId), (message) =>
        Option.match(decodeRequest(message.string()), {
          onNone: () => Effect.void,
          onSome: (request) =>
            answer(sessionId, request).pipe(
              Effect.map((reply) => message.respond(encodeReply(reply))),
              Effect.asVoid,
            ),
        }),
      )

    const inputs = (sessionId: string) =>
      messages(nats, paneInput(sessionId), (message) =>
        Option.match(decodeInput(message.string()), {
          onNone: () => Effect.void,
          onSome: (what) => input(sessionId, what),
        }),
      )

    const sweep = Effect.gen(function* () {
      yield* Effect.sleep(sweepEvery)
      const now = yield* Clock.currentTimeMillis
      for (const [sessionId, { view, untilMillis }] of watched) {
        if (untilMillis > now) continue
        view.close()
        watched.delete(sessionId)
      }
    })
    yield* Effect.forever(sweep).pipe(Effect.forkScoped)
    yield* Effect.addFinalizer(() =>
      Effect.sync(() => {
        for (const { view } of watched.values()) view.close()
      }),
    )

    return {
      serve: (sessionId) =>
        Effect.all([
          FiberMap.run(served, `${sessionId}.snapshot`, requests(sessionId), { onlyIfMissing: true }),
          FiberMap.run(served, `${sessionId}.in`, inputs(sessionId), { onlyIfMissing: true }),
        ]).pipe(Effect.asVoid),
    }
  })

interface Message {
  readonly string: () => string
  readonly respond: (data: string) => boolean
}

/** Handles the messages of a subject one after another. What comes faster than it can be handled is dropped. */
const messages = (
  nats: Nats["Service"],
  subject: string,
  handle: (message: Message) => Effect.Effect<void>,
): Effect.Effect<never> =>
  Effect.gen(function* () {
    const queue = yield* Queue.dropping<Message>(inputLimit)
    yield* Effect.acquireRelease(
      Effect.sync(() =>
        nats.connection.subscribe(subject, {
          callback: (error, message) => {
            if (error === null) Queue.offerUnsafe(queue, message)
          },
        }),
      ),
      (subscription) => Effect.sync(() => subscription.unsubscribe()),
    )
    return yield* Queue.take(queue).pipe(Effect.flatMap(handle), Effect.forever)
  }).pipe(Effect.scoped)
