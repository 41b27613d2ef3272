import * as Schema from "effect/Schema"
import { ApprovalDecision, ApprovalId, ApprovalVia } from "./Approval.ts"
import { Policy } from "./Policy.ts"
import { Files } from "./Files.ts"
import { EpochMillis, NodeId, RequestId, SessionId, text, TurnId, UserId } from "./Ids.ts"
import { Attachment, BlobRef, requestTextLimit } from "./Message.ts"

/** The coding agent of a session; `shell` runs the request's text with bash. */
export const DriverName = Schema.Literals(["shell", "claude", "codex", "opencode"])
export type DriverName = typeof DriverName.Type

export const RuntimeName = Schema.Literals(["docker", "host"])
export type RuntimeName = typeof RuntimeName.Type

/** A git repository that a session starts from. `url` is https or ssh, without credentials. */
export const Repository = Schema.Struct({
  url: text(2_048),
  /** Branch, tag or commit to start at; the repository's default when null. */
  branch: Schema.NullOr(text(255)),
})
export type Repository = typeof Repository.Type

/**
 * Orders to a node agent: work items of NODE. `epoch` is that of the session actor's owner; an agent refuses
 * an order older than the highest epoch it has seen for the session. `orderId` makes repeats harmless.
 */
const order = {
  orderId: text(200),
  epoch: Schema.Int,
  userId: UserId,
  sessionId: SessionId,
}

export const StartTurn = Schema.TaggedStruct("StartTurn", {
  ...order,
  turnId: TurnId,
  requestId: RequestId,
  driver: DriverName,
  text: text(requestTextLimit),
  attachments: Schema.Array(Attachment),
  /** Who asked and by which channel, for the agent's prompt: `Ada <ada@example.org> by email`. */
  origin: Schema.optionalKey(text(500)),
  /** Begin in a worktree of this repository; kept for the session from its first turn on. */
  repository: Schema.optionalKey(Repository),
  /** What the agent should know before the request: that another agent worked here before, say. */
  preface: Schema.optionalKey(text(4_000)),
  /** What its tool calls are judged by; the default policy when absent. */
  policy: Schema.optionalKey(Policy),
  /** How long an approval waits for its answer. */
  approvalMillis: Schema.optionalKey(Schema.Int),
})
export type StartTurn = typeof StartTurn.Type

/** Interrupt the running turn as Ctrl-C would. A turn that has ended is left alone. */
export const InterruptTurn = Schema.TaggedStruct("InterruptTurn", { ...order, turnId: TurnId })
export type InterruptTurn = typeof InterruptTurn.Type

/** A person, or the clock, has answered an approval. Answers that came before stand. */
export const ResolveApproval = Schema.TaggedStruct("ResolveApproval", {
  ...order,
  turnId: TurnId,
  approvalId: ApprovalId,
  decision: ApprovalDecision,
  /** Who answered, or `nobody` when it expired. */
  by: text(320),
  via: Schema.NullOr(ApprovalVia),
  /** Told to the agent with a denial. */
  note: text(1_000),
  /** What the turn's tool calls are judged by from now on, where the answer has changed it. */
  policy: Schema.optionalKey(Policy),
})
export type ResolveApproval = typeof ResolveApproval.Type

export const NodeOrder = Schema.Union([StartTurn, InterruptTurn, ResolveApproval])
export type NodeOrder = typeof NodeOrder.Type

/** Why an agent could not go on, as a fact that can be acted on. */
export const AgentFault = Schema.Struct({
  kind: Schema.Literals([
    /** The provider takes no more for now: HTTP 429, or a plan's limit is reached. */
    "rate-limit",
    /** The provider is overloaded or down: HTTP 5xx, 529, no connection. */
    "provider-down",
    /** The key is missing, wrong or has no right: HTTP 401, 403, or the agent asks to log in. */
    "authentication",
    /** The model named is not there: HTTP 404. */
    "model-not-found",
    /** The agent's program hung, crashed, is missing or of another version. */
    "agent-broken",
    /** Anything else the provider refused. */
    "other",
  ]),
  /** What the agent or provider said, and what to do. */
  message: text(1_000),
  /** When the provider says it will take requests again; null when it does not say. */
  resetAtMillis: Schema.NullOr(EpochMillis),
  /** True when the agent had called tools in this turn before it failed. */
  workBegun: Schema.Boolean,
})
export type AgentFault = typeof AgentFault.Type

/** Tokens and money of a turn, as the provider counted them. */
export const Usage = Schema.Struct({
  inputTokens: Schema.Int,
  outputTokens: Schema.Int,
  cacheReadTokens: Schema.Int,
  cacheWriteTokens: Schema.Int,
  /** Millionths of a US dollar, by the price list in force; null when a model has no known price. */
  costMicroUsd: Schema.NullOr(Schema.Int),
  /** Models that answered. */
  models: Schema.Array(text(100)).check(Schema.isMaxLength(10)),
})
export type Usage = typeof Usage.Type

/** What a turn changed in the workspace. */
export const Changes = Schema.Struct({
  /** At most 200, by path; `fileCount` has them all. */
  files: Schema.Array(
    Schema.Struct({
      path: text(1_000),
      change: Schema.Literals(["added", "modified", "deleted", "renamed"]),
      /** Lines; null for binary files. */
      added: Schema.NullOr(Schema.Int),
      removed: Schema.NullOr(Schema.Int),
    }),
  ).check(Schema.isMaxLength(200)),
  fileCount: Schema.Int,
  addedLines: Schema.Int,
  removedLines: Schema.Int,
  /** Other sessions worked in the same folder meanwhile: some of these changes may be theirs. */
  shared: Schema.optionalKey(Schema.Boolean),
  /** The whole change as a git patch; null when nothing changed or it is larger than 32 MiB. */
  patch: Schema.NullOr(BlobRef),
})
export type Changes = typeof Changes.Type

/** How a turn ended. */
export const TurnOutcome = Schema.Union([
  /** The driver knows the end: exit code 0 to 255 of the request's last command. */
  Schema.TaggedStruct("Exited", { exitCode: Schema.Int }),
  /** The pane's process ended during the turn (`exit`, `exec`, killed); its code or signal as tmux reports it. */
  Schema.TaggedStruct("PaneEnded", {
    exitCode: Schema.NullOr(Schema.Int),
    signal: Schema.NullOr(Schema.Int),
  }),
  /** The agent came to the end of its turn and waits for the next request. */
  Schema.TaggedStruct("Answered", {}),
  /** The agent, or the provider of its model, could not go on; see `AgentFault`. */
  Schema.TaggedStruct("AgentFailed", { fault: AgentFault }),
  /** The turn could not be run, or its end cannot be known. Says what happened and what to do. */
  Schema.TaggedStruct("Failed", { reason: text(1_000), ran: Schema.Literals(["no", "unknown"]) }),
])
export type TurnOutcome = typeof TurnOutcome.Type

export const TurnResult = Schema.Struct({
  outcome: TurnOutcome,
  /** What was printed, as readable text without terminal sequences; head and tail if longer than a mail carries. */
  outputText: text(262_144),
  /** Bytes printed in all. */
  outputBytes: Schema.Int,
  /** True when `outputText` is not all of it. */
  truncated: Schema.Boolean,
  /** The whole output as UTF-8 text, when `truncated`. */
  outputBlob: Schema.NullOr(BlobRef),
  startedAtMillis: EpochMillis,
  endedAtMillis: EpochMillis,
  /** The agent's last message in full, as Markdown. Absent for the shell, whose answer is its output. */
  answer: Schema.optionalKey(text(262_144)),
  changes: Schema.optionalKey(Changes),
  usage: Schema.optionalKey(Usage),
  /** The agent's own record of the turn: JSON lines. */
  transcript: Schema.optionalKey(BlobRef),
  /** The words of that record, by which the request is found; of many the first and the last. */
  transcriptText: Schema.optionalKey(text(65_536)),
  /** How often the agent shortened its memory of the conversation during the turn. */
  compactions: Schema.optionalKey(Schema.Int),
  /** What the pane showed during the turn, as asciicast v2. */
  recording: Schema.optionalKey(BlobRef),
  /** What was put into the outbox during the turn, and pictures that it made or changed. */
  files: Schema.optionalKey(Files),
})
export type TurnResult = typeof TurnResult.Type

/** What a pane's agent is doing; `waiting` is for a person. */
export const PaneState = Schema.Literals(["starting", "idle", "busy", "waiting", "ended"])
export type PaneState = typeof PaneState.Type

/** An agent on a node. */
export const AgentInfo = Schema.Struct({
  driver: DriverName,
  version: text(64),
  /** Empty when it can be used; else what is missing and what to do. */
  problem: text(500),
  /** Its provider takes nothing before then; null when it does, as far as is known. */
  limitedUntilMillis: Schema.NullOr(EpochMillis),
})
export type AgentInfo = typeof AgentInfo.Type

/** What is known of an agent's state: what, by which signal, since when, and what speaks against it. */
export const AgentState = Schema.Struct({
  driver: DriverName,
  state: PaneState,
  /** Such as `session file`, `hook Stop`, `pane`. */
  source: text(64),
  sinceMillis: EpochMillis,
  /** When the source last said so. */
  seenAtMillis: EpochMillis,
  /** What it waits for, when `waiting`. */
  waitingFor: text(200),
  /** Another signal that says otherwise; empty when all agree. */
  conflict: text(300),
})
export type AgentState = typeof AgentState.Type

export const NodeInfo = Schema.Struct({
  nodeId: NodeId,
  hostname: text(255),
  runtime: RuntimeName,
  /** Why this runtime was chosen, in words. */
  runtimeReason: text(500),
  /** Those that can be used here now. */
  drivers: Schema.Array(DriverName),
  /** Every agent that this node knows of: its version, and why it cannot be used, if so. */
  agents: Schema.optionalKey(Schema.Array(AgentInfo).check(Schema.isMaxLength(10))),
  version: text(64),
  cpuCount: Schema.Int,
  memoryBytes: Schema.Int,
  memoryFreeBytes: Schema.Int,
  loadAverage: Schema.Number,
  paneCount: Schema.Int,
  turnsRunning: Schema.Int,
  startedAtMillis: EpochMillis,
  beatAtMillis: EpochMillis,
})
export type NodeInfo = typeof NodeInfo.Type
