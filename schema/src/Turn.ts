import * as Schema from "effect/Schema"
import { EpochMillis, NodeId, RequestId, SessionId, text, TurnId, UserId } from "./Ids.ts"
import { Attachment, BlobRef, requestTextLimit } from "./Message.ts"

export const DriverName = Schema.Literals(["shell"])
export type DriverName = typeof DriverName.Type

export const RuntimeName = Schema.Literals(["docker", "host"])
export type RuntimeName = typeof RuntimeName.Type

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
})
export type StartTurn = typeof StartTurn.Type

/** Interrupt the running turn as Ctrl-C would. A turn that has ended is left alone. */
export const InterruptTurn = Schema.TaggedStruct("InterruptTurn", { ...order, turnId: TurnId })
export type InterruptTurn = typeof InterruptTurn.Type

export const NodeOrder = Schema.Union([StartTurn, InterruptTurn])
export type NodeOrder = typeof NodeOrder.Type

/** How a turn ended. */
export const TurnOutcome = Schema.Union([
  /** The driver knows the end: exit code 0 to 255 of the request's last command. */
  Schema.TaggedStruct("Exited", { exitCode: Schema.Int }),
  /** The pane's process ended during the turn (`exit`, `exec`, killed); its code or signal as tmux reports it. */
  Schema.TaggedStruct("PaneEnded", {
    exitCode: Schema.NullOr(Schema.Int),
    signal: Schema.NullOr(Schema.Int),
  }),
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
})
export type TurnResult = typeof TurnResult.Type

/** What a pane's agent is doing, and how that is known. */
export const PaneState = Schema.Literals(["starting", "idle", "busy", "ended"])
export type PaneState = typeof PaneState.Type

export const NodeInfo = Schema.Struct({
  nodeId: NodeId,
  hostname: text(255),
  runtime: RuntimeName,
  /** Why this runtime was chosen, in words. */
  runtimeReason: text(500),
  drivers: Schema.Array(DriverName),
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
