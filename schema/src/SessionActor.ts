import * as Schema from "effect/Schema"
import {
  Approval,
  ApprovalAsk,
  ApprovalDecision,
  ApprovalId,
  ApprovalState,
  ApprovalVia,
} from "./Approval.ts"
import { FetchedPath, filesLimit } from "./Files.ts"
import { EpochMillis, MessageId, NodeId, RequestId, text, TurnId } from "./Ids.ts"
import { BlobRef, OutboundMail, UnreachableAddress } from "./Message.ts"
import { PolicyLayer } from "./Policy.ts"
import { DriverName, RuntimeName, TurnResult } from "./Turn.ts"
import { ReplyTo, RequestSpec } from "./UserActor.ts"

/** Commands to a session actor (`cmd.<partition>.session.<sessionId>`). */
export const SessionCommand = Schema.Union([
  Schema.TaggedStruct("AddRequest", { request: RequestSpec }),
  /** Withdraw a request: a queued one is cancelled, a running one is interrupted. */
  Schema.TaggedStruct("CancelRequest", { requestId: RequestId, by: text(320) }),
  /** A node agent has typed the prompt and the driver has taken it. */
  Schema.TaggedStruct("TurnTaken", {
    turnId: TurnId,
    nodeId: NodeId,
    runtime: RuntimeName,
    startedAtMillis: EpochMillis,
  }),
  Schema.TaggedStruct("TurnEnded", { turnId: TurnId, nodeId: NodeId, result: TurnResult }),
  /** The node agent has stopped a tool call, or the agent asks: a person is to answer. */
  Schema.TaggedStruct("AskApproval", { turnId: TurnId, nodeId: NodeId, ask: ApprovalAsk }),
  /** An answer, by whichever channel. The first one counts. */
  Schema.TaggedStruct("AnswerApproval", {
    approvalId: ApprovalId,
    decision: ApprovalDecision,
    by: text(320),
    via: ApprovalVia,
    note: text(1_000),
    /** With a yes: what is of this class runs unasked for the rest of the session, where the class may be (Policy.ts). */
    remember: Schema.optionalKey(Schema.Boolean),
    /** Whom to tell, if it comes too late; null when the channel is told at once. */
    replyTo: Schema.NullOr(ReplyTo),
  }),
  /**
   * From the node agent: what was allowed has begun (`consumed`), or nobody needs the answer any more
   * (`cancelled`: the turn ended, the agent withdrew it).
   */
  Schema.TaggedStruct("CloseApproval", {
    approvalId: ApprovalId,
    as: Schema.Literals(["consumed", "cancelled"]),
    detail: text(500),
  }),
  /** The user actor's word whether a turn may begin, where spending is capped. */
  Schema.TaggedStruct("TurnLeave", { requestId: RequestId, allowed: Schema.Boolean, reason: text(500) }),
  /** Egress has kept the mail in the outbox (no relay set), or a relay has taken it. */
  Schema.TaggedStruct("MailSent", {
    messageId: MessageId,
    via: Schema.Literals(["outbox", "relay", "mx"]),
    raw: BlobRef,
    detail: text(500),
  }),
  Schema.TaggedStruct("MailFailed", {
    messageId: MessageId,
    attempt: Schema.Int,
    reason: text(1_000),
    /** When it will be tried again; null when it was given up. */
    retryAtMillis: Schema.NullOr(EpochMillis),
    /** The server of the address says that it is none. */
    unreachable: Schema.optionalKey(UnreachableAddress),
  }),
  /** A server that had taken the mail reports, to the mail's own signed address, that it could not be delivered. */
  Schema.TaggedStruct("MailBounced", {
    messageId: MessageId,
    requestId: RequestId,
    /** RFC 3463, such as 5.2.2. */
    status: text(16),
    reason: text(1_000),
    unreachable: Schema.optionalKey(UnreachableAddress),
    /** As it came, its beginning where it is long. */
    report: Schema.optionalKey(BlobRef),
  }),
  /** The node has read the files that a request asks for, or says why not. */
  Schema.TaggedStruct("FilesFetched", {
    requestId: RequestId,
    nodeId: NodeId,
    paths: Schema.Array(FetchedPath).check(Schema.isMaxLength(filesLimit)),
  }),
  /** A timer of this actor has come due. */
  Schema.TaggedStruct("TimerFired", { timer: text(64), generation: Schema.Int }),
])
export type SessionCommand = typeof SessionCommand.Type

/** Final states of a request; see ReadModel.RequestState for all. */
export const FinalState = Schema.Literals(["done", "failed", "cancelled", "expired"])
export type FinalState = typeof FinalState.Type

/** Events of a session actor (`evt.session.<sessionId>`). */
export const SessionEvent = Schema.Union([
  Schema.TaggedStruct("SessionOpened", { title: text(200), driver: DriverName }),
  Schema.TaggedStruct("RequestQueued", { request: RequestSpec }),
  Schema.TaggedStruct("TurnOrdered", {
    turnId: TurnId,
    requestId: RequestId,
    nodeId: NodeId,
    /** The agent that it is for; the session's when absent. */
    driver: Schema.optionalKey(DriverName),
  }),
  /** The node is asked for the files that the request names; `reason` says what it waits for, if anything. */
  Schema.TaggedStruct("FilesAsked", { requestId: RequestId, nodeId: NodeId, reason: text(500) }),
  Schema.TaggedStruct("FilesFetched", {
    requestId: RequestId,
    nodeId: NodeId,
    paths: Schema.Array(FetchedPath).check(Schema.isMaxLength(filesLimit)),
  }),
  /** Its files are not there: what was asked for casually is a request for the agent. */
  Schema.TaggedStruct("FetchPassedOn", { requestId: RequestId, reason: text(500) }),
  /** No node can take the turn now; it is tried again. Said once until something changes. */
  Schema.TaggedStruct("TurnDelayed", { requestId: RequestId, reason: text(500) }),
  Schema.TaggedStruct("TurnTaken", {
    turnId: TurnId,
    requestId: RequestId,
    nodeId: NodeId,
    runtime: RuntimeName,
    startedAtMillis: EpochMillis,
    /** Who took it; the shell when absent, as in records of before there were agents. */
    driver: Schema.optionalKey(DriverName),
  }),
  Schema.TaggedStruct("TurnEnded", { turnId: TurnId, requestId: RequestId, result: TurnResult }),
  Schema.TaggedStruct("ApprovalAsked", { approval: Approval }),
  /** The approval left `pending`. `by` is who answered, or why it ended without an answer. */
  Schema.TaggedStruct("ApprovalAnswered", {
    approvalId: ApprovalId,
    requestId: RequestId,
    state: ApprovalState,
    by: text(320),
    via: Schema.NullOr(ApprovalVia),
    note: text(1_000),
    atMillis: EpochMillis,
  }),
  /** What was allowed has begun; the same is asked again if it is to happen again. */
  Schema.TaggedStruct("ApprovalConsumed", { approvalId: ApprovalId, requestId: RequestId }),
  /** An answer to an approval that had one; it changed nothing and its sender is told. */
  Schema.TaggedStruct("ApprovalAnsweredLate", {
    approvalId: ApprovalId,
    requestId: RequestId,
    decision: ApprovalDecision,
    by: text(320),
    via: ApprovalVia,
  }),
  /** The session's own layer of the policy, whole. */
  Schema.TaggedStruct("SessionPolicySet", { layer: PolicyLayer, by: text(320) }),
  Schema.TaggedStruct("ApprovalReminded", { approvalId: ApprovalId, requestId: RequestId }),
  /** Which agent does the request, when it is not the session's so far; `reason` says why. */
  Schema.TaggedStruct("DriverChosen", { requestId: RequestId, driver: DriverName, reason: text(500) }),
  /** The request waits for its provider's limit to reset, and then goes on by itself. */
  Schema.TaggedStruct("RequestParked", { requestId: RequestId, untilMillis: EpochMillis, reason: text(500) }),
  /** The user actor is asked whether the spending cap leaves room for this turn. */
  Schema.TaggedStruct("TurnLeaveAsked", { requestId: RequestId }),
  Schema.TaggedStruct("TurnLeaveGiven", { requestId: RequestId }),
  Schema.TaggedStruct("RequestEnded", {
    requestId: RequestId,
    state: FinalState,
    outcome: text(500),
    by: text(320),
    /** What maillm itself answered, as Markdown; absent where a turn has the answer. */
    answer: Schema.optionalKey(text(16_384)),
  }),
  /** A running request is being interrupted at somebody's wish. */
  Schema.TaggedStruct("CancelAsked", { requestId: RequestId, by: text(320) }),
  Schema.TaggedStruct("ReplyQueued", { mail: OutboundMail }),
  Schema.TaggedStruct("ReplySent", {
    messageId: MessageId,
    requestId: RequestId,
    via: Schema.Literals(["outbox", "relay", "mx"]),
    raw: BlobRef,
    detail: text(500),
  }),
  Schema.TaggedStruct("ReplyFailed", {
    messageId: MessageId,
    requestId: RequestId,
    attempt: Schema.Int,
    reason: text(1_000),
    retryAtMillis: Schema.NullOr(EpochMillis),
  }),
  /** A mail that a server had taken came back. */
  Schema.TaggedStruct("ReplyBounced", {
    messageId: MessageId,
    requestId: RequestId,
    status: text(16),
    reason: text(1_000),
    /** The report that says so, its beginning where it is long. */
    report: Schema.optionalKey(BlobRef),
  }),
  Schema.TaggedStruct("CommandFailed", { commandId: text(200), commandTag: text(64), reason: text(1_000) }),
])
export type SessionEvent = typeof SessionEvent.Type
