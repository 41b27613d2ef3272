import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schedule from "effect/Schedule"
import { sanitiseText } from "../driver/sanitiseText.ts"
import { deliverTurn } from "../driver/ShellDriver.ts"
import type { Delivery } from "../driver/ShellDriver.ts"
import { interruptTurn } from "./interruptTurn.ts"
import { failed, TurnListening } from "./TurnListening.ts"
import type { TurnEnd } from "./TurnListening.ts"
import { TurnOutput } from "./TurnOutput.ts"
import { takePlace } from "./takePlace.ts"
import { tellEnded, tellTaken } from "./TurnReporter.ts"
import { removeSent, withFiles } from "./turnFiles.ts"
import type { TurnRecord } from "./TurnRecord.ts"
import type { TurnRun } from "./TurnRun.ts"

const cancelled = failed("Cancelled before it was started; nothing was run.", "no")
const notBegun =
  "The terminal ended while the request was being typed; whether it was begun is not known. It was not run again."
/** A pane that ends under our hands before anything was typed is replaced this often. */
const paneRounds = 3
const twice = Schedule.exponential("500 millis").pipe(Schedule.upTo({ times: 2 }))

/**
 * Takes a turn from wherever its journal says it is to its end, and returns once the session actor has the result.
 * May be cut off at any point, by an interrupt or a crash, and be called again with the journal as it is then.
 */
export const runTurn = (run: TurnRun, turn: TurnRecord): Effect.Effect<void> =>
  Effect.gen(function* () {
    // An earlier agent may have died before it could tell that the turn had begun.
    if (turn.phase === "ended") yield* tellTaken(run.reporter, turn)
    const ended = turn.phase === "ended" ? turn : yield* toItsEnd(run, turn)
    // What became of it is for the other node to tell.
    if (ended !== "elsewhere") {
      const whole = yield* withFiles(run, ended)
      yield* tellEnded(run.reporter, whole, whole.outcome ?? cancelled)
      yield* removeSent(run, whole)
    }
    yield* Effect.promise(() => run.journal.close(turn.order.turnId))
  })

/** Runs or finds the turn, and answers its record in phase `ended`; or that it is not for this node any more. */
const toItsEnd = (run: TurnRun, turn: TurnRecord): Effect.Effect<TurnRecord | "elsewhere"> =>
  Effect.gen(function* () {
    const text = sanitiseText(turn.order.text)
    if (text._tag === "Refused") return yield* conclude(run, turn, null, unbegun(text.reason, "no"))
    if (turn.phase === "accepted" && turn.order.attachments.length > 0) {
      const placed = yield* run.workspace.attachments(turn.order)
      if ("refused" in placed) return yield* conclude(run, turn, null, unbegun(placed.refused, "no"))
    }
    for (let round = 1; round <= paneRounds; round++) {
      const now = run.journal.turn(turn.order.turnId) ?? turn
      const listening = yield* now.phase === "accepted" ? inPane(run, now) : again(run, now)
      if (typeof listening === "string") {
        return yield* conclude(
          run,
          now,
          null,
          unbegun(listening, now.phase === "accepted" ? "no" : "unknown"),
        )
      }
      if (now.phase === "running") return yield* untilEnded(run, now, listening)
      if (now.phase === "accepted" && !(yield* run.stillHere)) {
        yield* Effect.logWarning(`turn ${turn.order.turnId} is not begun: its session is on another node`)
        yield* Effect.promise(() => listening.close())
        return "elsewhere"
      }
      const delivery = yield* delivered(run, now, listening, text.text)
      if (delivery._tag === "Begun") return yield* untilEnded(run, yield* listening.whenBegun, listening)
      if (delivery._tag === "PaneEnded" && !delivery.doubtful) {
        yield* Effect.promise(() => listening.close())
        yield* Effect.promise(() => run.journal.modify(now, (record) => ({ ...record, phase: "accepted" })))
        continue
      }
      return yield* conclude(run, now, listening, undelivered(delivery))
    }
    return yield* conclude(
      run,
      turn,
      null,
      unbegun(`The terminal ended ${paneRounds} times before the request could be typed.`, "no"),
    )
  })

/** Listens in the session's pane, made if need be; or says why there is none. */
const inPane = (run: TurnRun, turn: TurnRecord): Effect.Effect<TurnListening | string> =>
  Effect.gen(function* () {
    const { sessionId } = turn.order
    const refused = yield* takePlace(run.panes, sessionId, run.interrupt)
    const listening = refused ?? (yield* inItsPlace(run, turn))
    if (typeof listening === "string") yield* Effect.promise(() => run.panes.leavePlace(sessionId))
    return listening
  })

const inItsPlace = (run: TurnRun, turn: TurnRecord): Effect.Effect<TurnListening | string> =>
  Effect.tryPromise(() => run.panes.ensure(turn.order.sessionId, turn.order.userId)).pipe(
    Effect.retry(twice),
    Effect.map((pane) => new TurnListening(run.reporter.folder, run.journal, pane, turn, null)),
    Effect.catch((error) => {
      const cause = error.cause
      return Effect.succeed(
        `The terminal could not be started: ${cause instanceof Error ? cause.message : String(cause)}`,
      )
    }),
  )

/** Listens again, in the pane in which an earlier agent had typed the turn; or says that this pane is gone. */
const again = (run: TurnRun, turn: TurnRecord): Effect.Effect<TurnListening | string> =>
  Effect.promise(async () => {
    const { sessionId, turnId } = turn.order
    const output =
      turn.phase === "running"
        ? await TurnOutput.reopen(run.reporter.folder.turnOutput(sessionId, turnId), turn.offset)
        : null
    let listening: TurnListening | null = null
    await run.panes.find(sessionId, turn.generation, {
      offset: output?.resumeOffset ?? turn.offset,
      state: turn.phase === "running" ? "busy" : "idle",
      prepare: (pane) => {
        listening = new TurnListening(run.reporter.folder, run.journal, pane, turn, output)
      },
    })
    return (
      listening ??
      "The terminal in which it was typed is gone, so whether it was run is not known. It was not run again."
    )
  })

const delivered = (
  run: TurnRun,
  turn: TurnRecord,
  listening: TurnListening,
  text: string,
): Effect.Effect<Delivery> =>
  Effect.gen(function* () {
    const { pane } = listening
    const resumed = turn.phase === "sending"
    yield* Effect.promise(() => pane.log.caughtUp())
    if (!resumed) {
      yield* Effect.promise(() =>
        run.journal.modify(turn, (record) => ({
          ...record,
          phase: "sending",
          generation: pane.record.generation,
          offset: pane.log.offset,
        })),
      )
    }
    return yield* deliverTurn(run.panes, pane, {
      turnId: turn.order.turnId,
      text,
      doubtful: resumed,
      interrupt: run.interrupt,
    })
  })

const untilEnded = (run: TurnRun, turn: TurnRecord, listening: TurnListening): Effect.Effect<TurnRecord> =>
  Effect.gen(function* () {
    const telling = yield* Effect.forkChild(tellTaken(run.reporter, turn))
    const end = yield* Effect.raceFirst(
      listening.whenEnded,
      run.interrupt.await.pipe(
        Effect.andThen(interruptTurn(run.panes, listening.pane)),
        Effect.andThen(Effect.never),
      ),
    )
    const record = yield* conclude(run, turn, listening, end)
    yield* Fiber.join(telling)
    return record
  })

/** Makes the end durable. */
const conclude = (run: TurnRun, turn: TurnRecord, listening: TurnListening | null, end: TurnEnd) =>
  Effect.promise(async () => {
    const tailOffset = (await listening?.close()) ?? null
    return run.journal.modify(turn, (record) => ({
      ...record,
      phase: "ended",
      outcome: end.outcome,
      endOffset: end.offset,
      tailOffset,
      endedAtMillis: Date.now(),
    }))
  })

const unbegun = (reason: string, ran: "no" | "unknown"): TurnEnd => ({
  outcome: failed(reason, ran),
  offset: 0,
})

const undelivered = (delivery: Exclude<Delivery, { readonly _tag: "Begun" }>): TurnEnd => {
  switch (delivery._tag) {
    case "Interrupted":
      return { outcome: cancelled, offset: 0 }
    case "PaneEnded":
      return unbegun(notBegun, "unknown")
    case "BegunUnseen":
      return unbegun(
        `The request was run${delivery.exitCode === null ? "" : ` and ended with exit code ${delivery.exitCode}`}, but its output was lost while it could not be recorded.`,
        "unknown",
      )
    case "NotTaken":
      return unbegun(delivery.reason, delivery.doubtful ? "unknown" : "no")
  }
}
