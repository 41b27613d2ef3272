import { createHash } from "node:crypto"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import { SessionProtocol } from "@maillm/schema/ActorProtocol"
import type { ApprovalDecision, ApprovalVia } from "@maillm/schema/Approval"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import type { ActorClient } from "@maillm/actors/client/ActorClient"
import type { ReadModel } from "@maillm/actors/readmodel/ReadModel"

/** How long an answer waits to see what became of it. */
const outcomeMillis = 3_000

export interface Answer {
  readonly decision: ApprovalDecision
  /** Who answers, as everybody is told. */
  readonly by: string
  readonly via: Extract<ApprovalVia, "console" | "link">
  readonly note: string
  /** With a yes: for the rest of the session, where the class may be. */
  readonly remember?: boolean
}

/**
 * What became of an answer, with the approval as last read. `taken`: it is what counts, or was already. `late`: there
 * was another one, or no answer is needed any more. `stored`: its session has it, and has not said yet.
 */
export interface Outcome {
  readonly kind: "taken" | "late" | "stored"
  readonly row: ApprovalRow
}

/**
 * Gives an answer to the session that asks. The session decides: what is read here may lag, so the outcome is what
 * it says within 3 s. The same answer of the same person is one, however often it is given.
 */
export const answerApproval = (readModel: ReadModel["Service"], actors: ActorClient["Service"]) => {
  /** The row as soon as it is decided; as last read when that takes longer. */
  const decided = (row: ApprovalRow) =>
    readModel.approval(row.id).pipe(
      Effect.repeat({
        schedule: Schedule.spaced("25 millis"),
        until: (found) => found !== null && found.state !== "pending",
      }),
      Effect.timeoutOption(outcomeMillis),
      Effect.map((found) => Option.getOrNull(found) ?? row),
      Effect.orElseSucceed(() => row),
    )

  return Effect.fn("answerApproval")(function* (row: ApprovalRow, answer: Answer) {
    if (row.state !== "pending") return outcomeOf(row, answer)
    const now = yield* Clock.currentTimeMillis
    if (now >= row.expiresAtMillis)
      return { kind: "late", row: { ...row, state: "expired" } } satisfies Outcome
    const { decision, by, via, note } = answer
    yield* actors.tell(SessionProtocol, row.sessionId, commandIdOf(row, answer), {
      _tag: "AnswerApproval",
      approvalId: row.id,
      decision,
      by,
      via,
      note,
      ...(answer.remember === true ? { remember: true } : {}),
      replyTo: null,
    })
    return outcomeOf(yield* decided(row), answer)
  })
}

/** The same for the same answer of the same person, so that a repeat changes nothing. */
const commandIdOf = ({ id }: ApprovalRow, { decision, by, via }: Answer) =>
  `answer/${id}/${decision}/${via}/${createHash("sha256").update(by).digest("hex").slice(0, 16)}`

const outcomeOf = (row: ApprovalRow, { decision, by }: Answer): Outcome => {
  if (row.state === "pending") return { kind: "stored", row }
  const allowed = row.state === "allowed" || row.state === "consumed"
  const same = decision === "allow" ? allowed : row.state === "denied"
  return { kind: same && row.decidedBy === by ? "taken" : "late", row }
}
