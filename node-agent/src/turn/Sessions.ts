import { readdir } from "node:fs/promises"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import type { NodeOrder } from "@maillm/schema/Turn"
import type { SessionPlaces } from "../order/SessionPlaces.ts"
import type { AgentSessions } from "../agent/AgentSessions.ts"
import type { Panes } from "../pane/Panes.ts"
import { SessionJournal } from "./SessionJournal.ts"
import { SessionWorker, waitingLimit } from "./SessionWorker.ts"
import type { TurnReporter } from "./TurnReporter.ts"

/**
 * What was done with an order. `over`: it is not carried out, for this higher epoch stands before it in NODE;
 * `elsewhere`: for a later order has placed the session at another node.
 */
export type OrderVerdict = "accepted" | "repeated" | "later" | "elsewhere" | { readonly over: number }

/** The sessions of this node: accepts orders for them durably and has each one's turns worked off in order. */
export interface Sessions {
  /** Returns once the order, which stands at `sequence` in NODE, is in the journal. */
  readonly take: (order: NodeOrder, sequence: number) => Effect.Effect<OrderVerdict>
  readonly turnsRunning: () => number
  /** The worktree that the session's agent works in, as its pane sees it; absent when there is none. */
  readonly workFolder: (sessionId: string, userId: string) => string | undefined
}

/** Opens every session that an earlier agent has left. `opened` is called for each, and for new ones. */
export const makeSessions = (
  panes: Panes,
  agents: AgentSessions,
  reporter: TurnReporter,
  places: SessionPlaces,
  opened: (sessionId: string) => Effect.Effect<void>,
): Effect.Effect<Sessions, never, Scope.Scope> =>
  Effect.gen(function* () {
    const scope = yield* Effect.scope
    const workers = new Map<string, SessionWorker>()
    panes.hasTurn = (sessionId) => workers.get(sessionId)?.journal.turns().length !== 0

    const open = (journal: SessionJournal) =>
      Effect.gen(function* () {
        const worker = yield* SessionWorker.make(panes, agents, reporter, journal, places)
        workers.set(journal.sessionId, worker)
        yield* worker.run.pipe(Effect.forkIn(scope))
        yield* agents.tell(reporter, journal.sessionId).pipe(Effect.forkIn(scope))
        yield* opened(journal.sessionId)
        return worker
      })

    const workerOf = (order: NodeOrder) =>
      Effect.gen(function* () {
        const found = workers.get(order.sessionId)
        if (found !== undefined) return found
        return yield* open(yield* Effect.promise(() => SessionJournal.create(reporter.folder, order)))
      })

    for (const sessionId of yield* Effect.promise(() => readdir(reporter.folder.sessions))) {
      const journal = yield* Effect.promise(() => SessionJournal.load(reporter.folder, sessionId))
      if (journal !== null) yield* open(journal)
    }
    // Not before: a hook of a session that is not found yet would be refused, and with it what it asks.
    const left = [...workers.values()]
    yield* Effect.forEach(left, ({ settled }) => settled.await, { discard: true }).pipe(
      Effect.andThen(Effect.sync(() => agents.started())),
      Effect.forkIn(scope),
    )
    return {
      take: (order, sequence) =>
        Effect.flatMap(workerOf(order), (worker) => takeOrder(worker, agents, order, sequence)),
      workFolder: (sessionId, userId) => {
        const journal = workers.get(sessionId)?.journal
        return journal?.userId === userId ? journal.workFolder : undefined
      },
      turnsRunning: () => [...workers.values()].filter((worker) => worker.running).length,
    }
  })

const takeOrder = (
  worker: SessionWorker,
  agents: AgentSessions,
  order: NodeOrder,
  sequence: number,
): Effect.Effect<OrderVerdict> =>
  Effect.gen(function* () {
    const { journal } = worker
    const over = yield* Effect.promise(() => journal.admit(order, sequence))
    if (over !== null) return { over }
    if (order._tag === "InterruptTurn") {
      const noted = yield* Effect.promise(() => journal.interrupt(order.turnId))
      if (noted === "over") return "repeated"
      yield* worker.interrupt(order.turnId)
      return "accepted"
    }
    if (order._tag === "ResolveApproval") {
      const { approvalId, by, decision, note, policy, turnId, via } = order
      const turn = journal.turn(turnId)
      if (policy !== undefined && turn !== undefined) {
        yield* Effect.promise(() =>
          journal.modify(turn, (record) => ({ ...record, order: { ...record.order, policy } })),
        )
        agents.changePolicy(order.sessionId, turnId, policy)
      }
      const book = yield* Effect.promise(() => agents.book(order.sessionId))
      yield* Effect.promise(() => book.answer({ approvalId, by, decision, note, via }))
      return "accepted"
    }
    if (journal.turns().length >= waitingLimit) return "later"
    const place = yield* Effect.result(worker.places.take(order.sessionId, { epoch: order.epoch, sequence }))
    if (Result.isFailure(place)) {
      yield* Effect.logWarning(`order ${order.orderId} waits: ${place.failure.message}`)
      return "later"
    }
    if (place.success === "elsewhere") return "elsewhere"
    const now = yield* Clock.currentTimeMillis
    const turn = yield* Effect.promise(() => journal.accept(order, now))
    if (turn === null) return "repeated"
    yield* worker.add(order.turnId)
    return "accepted"
  })
