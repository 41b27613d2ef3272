import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import * as Schedule from "effect/Schedule"
import { SessionProtocol } from "@maillm/schema/ActorProtocol"
import type { SessionCommand } from "@maillm/schema/SessionActor"
import type { ApprovalBook } from "../approval/ApprovalBook.ts"
import type { ApprovalEntry } from "../approval/ApprovalEntry.ts"
import type { TurnReporter } from "../turn/TurnReporter.ts"

const untilAccepted = Schedule.min([Schedule.exponential("200 millis"), Schedule.spaced("10 seconds")])
/** How often the clock is looked at while something waits. */
const tick = "500 millis"
/**
 * An answer given in time may still be on its way here, above all when this node was away: so long it is waited for,
 * beyond the end of the time and after a start.
 */
const onTheWayMillis = 10_000

/**
 * Tells the session actor what becomes of a session's approvals, in order and until it has them, and denies what
 * waited too long: also while NATS is away. `news` has an element whenever the book may have changed.
 */
export const tellApprovals = (
  reporter: Pick<TurnReporter, "actors" | "nodeId">,
  sessionId: string,
  book: ApprovalBook,
  news: Queue.Dequeue<void>,
): Effect.Effect<never> => {
  const telling = Effect.gen(function* () {
    for (let next = book.nextUntold(); next !== null; next = book.nextUntold()) {
      const { entry, what } = next
      const { approvalId } = entry.ask
      const closed = entry.state === "denied" ? "cancelled" : entry.state
      const told = { asked: "asked", answered: "terminal", closed }[what]
      yield* reporter.actors
        .tell(SessionProtocol, sessionId, `${approvalId}/${told}`, commandOf(reporter, entry, what))
        .pipe(
          Effect.tapError((error) => Effect.logWarning(`approval ${approvalId}/${told}: ${error.message}`)),
          Effect.retry(untilAccepted),
          Effect.orDie,
        )
      yield* Effect.promise(() => book.markTold(approvalId, what))
    }
    yield* Queue.take(news)
  }).pipe(Effect.forever)
  const openedAt = book.clock()
  const expiring = Effect.promise(async () => {
    if (book.clock() - openedAt < onTheWayMillis) return
    if (book.entries.some(({ state }) => state === "pending")) await book.expire(onTheWayMillis)
  }).pipe(Effect.andThen(Effect.sleep(tick)), Effect.forever)
  return Effect.raceFirst(telling, expiring)
}

const commandOf = (
  { nodeId }: Pick<TurnReporter, "nodeId">,
  { answer, ask, detail, state, turnId }: ApprovalEntry,
  what: "asked" | "answered" | "closed",
): SessionCommand => {
  const { approvalId } = ask
  switch (what) {
    case "asked":
      return { _tag: "AskApproval", turnId, nodeId, ask: { ...ask, turnId } }
    case "answered":
      return {
        _tag: "AnswerApproval",
        approvalId,
        decision: answer?.decision ?? "deny",
        by: answer?.by ?? "the terminal",
        via: "terminal",
        note: "",
        replyTo: null,
      }
    case "closed":
      return {
        _tag: "CloseApproval",
        approvalId,
        as: state === "consumed" ? "consumed" : "cancelled",
        detail,
      }
  }
}
