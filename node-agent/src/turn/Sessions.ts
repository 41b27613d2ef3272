import { readdir } from "node:fs/promises"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import * as Queue from "effect/Queue"
import type * as Scope from "effect/Scope"
import type { InterruptTurn, NodeOrder, StartTurn } from "@maillm/schema/Turn"
import type { Panes } from "../pane/Panes.ts"
import { SessionJournal } from "./SessionJournal.ts"
import type { TurnReporter } from "./TurnReporter.ts"
import { runTurn } from "./TurnRunner.ts"

/** Most turns of one session that wait on this node; a session actor orders one at a time. */
const waitingLimit = 64

/** What was done with an order. */
export type OrderVerdict = "accepted" | "repeated" | "stale" | "later"

interface Session {
  readonly journal: SessionJournal
  readonly queue: Queue.Queue<string>
  readonly interrupts: Map<string, Latch.Latch>
}

/** The sessions of this node: accepts orders for them durably and works each one's turns off in order. */
export interface Sessions {
  /** Returns once the order is in the journal. */
  readonly take: (order: NodeOrder) => Effect.Effect<OrderVerdict>
  readonly running: () => number
}

export const makeSessions = (
  panes: Panes,
  reporter: TurnReporter,
  opened: (sessionId: string) => Effect.Effect<void>,
): Effect.Effect<Sessions, never, Scope.Scope> =>
  Effect.gen(function* () {
    const scope = yield* Effect.scope
    const sessions = new Map<string, Session>()
    let running = 0

    const work = (session: Session) =>
      Effect.gen(function* () {
        const turnId = yield* Queue.take(session.queue)
        const turn = session.journal.turn(turnId)
        if (turn === undefined) return
        const interrupt = latchOf(session, turnId)
        if (turn.interruptAsked) yield* interrupt.open
        running++
        yield* runTurn({ panes, reporter, journal: session.journal, interrupt }, turn).pipe(
          Effect.ensuring(Effect.sync(() => running--)),
          // A defect must neither lose the turn nor spin: what the journal says is tried again after a pause.
          Effect.catchDefect((defect) =>
            Effect.logError(`turn ${turnId} failed; it is tried again`, defect).pipe(
              Effect.andThen(Effect.sleep("5 seconds")),
              Effect.andThen(Queue.offer(session.queue, turnId)),
            ),
          ),
        )
        if (session.journal.turn(turnId) === undefined) session.interrupts.delete(turnId)
      }).pipe(Effect.forever)

    const open = (journal: SessionJournal) =>
      Effect.gen(function* () {
        const queue = yield* Queue.bounded<string>(waitingLimit)
        const session = { journal, queue, interrupts: new Map<string, Latch.Latch>() }
        for (const turn of journal.turns()) yield* Queue.offer(queue, turn.order.turnId)
        sessions.set(journal.sessionId, session)
        yield* findPane(panes, journal).pipe(Effect.andThen(work(session)), Effect.forkIn(scope))
        yield* opened(journal.sessionId)
        return session
      })

    const sessionOf = (order: NodeOrder) =>
      Effect.gen(function* () {
        const found = sessions.get(order.sessionId)
        if (found !== undefined) return found
        return yield* open(yield* Effect.promise(() => SessionJournal.create(reporter.folder, order)))
      })

    const start = (session: Session, order: StartTurn) =>
      Effect.gen(function* () {
        if (session.journal.turns().length >= waitingLimit) return "later"
        const now = yield* Clock.currentTimeMillis
        const turn = yield* Effect.promise(() => session.journal.accept(order, now))
        if (turn === null) return "repeated"
        yield* Queue.offer(session.queue, order.turnId)
        return "accepted"
      })

    const interrupt = (session: Session, order: InterruptTurn) =>
      Effect.gen(function* () {
        const noted = yield* Effect.promise(() => session.journal.interrupt(order.turnId))
        if (noted === "over") return "repeated"
        if (session.journal.turn(order.turnId) !== undefined) yield* latchOf(session, order.turnId).open
        return "accepted"
      })

    const take = (order: NodeOrder): Effect.Effect<OrderVerdict> =>
      Effect.gen(function* () {
        const session = yield* sessionOf(order)
        if (!(yield* Effect.promise(() => session.journal.admit(order)))) return "stale"
        return yield* order._tag === "StartTurn" ? start(session, order) : interrupt(session, order)
      })

    for (const sessionId of yield* Effect.promise(() => readdir(reporter.folder.sessions))) {
      const journal = yield* Effect.promise(() => SessionJournal.load(reporter.folder, sessionId))
      if (journal === null) continue
      yield* open(journal)
    }
    return {
      take,
      running: () => running,
    }
  })

/** A turn that was under way finds its pane itself, from the offset that it needs. */
const findPane = (panes: Panes, journal: SessionJournal) =>
  Effect.tryPromise(async () => {
    const first = journal.turns()[0]
    if (first?.phase === "sending" || first?.phase === "running") return
    const resume = { offset: 0, state: "starting", prepare: () => undefined } as const
    const pane = await panes.find(journal.sessionId, null, resume)
    await pane?.log.caughtUp()
    // A flood has pushed the last marker out of the log: something is running.
    if (pane?.state === "starting" && pane.log.offset > 0) pane.state = "busy"
  }).pipe(
    Effect.catch((error) => Effect.logError(`the pane of session ${journal.sessionId} was not found`, error)),
  )

const latchOf = (session: Session, turnId: string): Latch.Latch => {
  const found = session.interrupts.get(turnId)
  if (found !== undefined) return found
  const latch = Latch.makeUnsafe(false)
  session.interrupts.set(turnId, latch)
  return latch
}
