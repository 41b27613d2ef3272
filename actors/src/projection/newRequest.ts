import type { SessionId } from "@maillm/schema/Ids"
import type { RequestRow } from "@maillm/schema/ReadModel"
import type { RequestSpec } from "@maillm/schema/UserActor"

/** The row of a request of which nothing is known but what was asked. */
export const newRequest = (request: RequestSpec, sessionId: SessionId, atMillis: number): RequestRow => ({
  id: request.requestId,
  userId: request.userId,
  sessionId,
  channel: request.channel,
  title: request.title,
  text: request.text,
  state: "received",
  stateReason: "",
  outcome: "",
  answer: "",
  truncated: false,
  outputBytes: 0,
  outputBlob: null,
  exitCode: null,
  turnId: null,
  nodeId: null,
  attachments: request.attachments,
  createdAtMillis: request.receivedAtMillis,
  startedAtMillis: null,
  endedAtMillis: null,
  updatedAtMillis: atMillis,
})
