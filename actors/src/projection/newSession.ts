import type { SessionId } from "@maillm/schema/Ids"
import type { RequestSpec } from "@maillm/schema/UserActor"
import type { FoldedSession } from "../readmodel/ReadModel.ts"

/** The row of a session that is known only by the request that opens it. */
export const newSession = (
  request: RequestSpec,
  sessionId: SessionId,
  atMillis: number,
  source: string,
): FoldedSession => ({
  id: sessionId,
  userId: request.userId,
  title: request.title,
  driver: request.driver ?? "shell",
  runtime: null,
  nodeId: null,
  state: "idle",
  stateAtMillis: atMillis,
  stateSource: source,
  requestCount: 0,
  lastRequestId: null,
  createdAtMillis: request.receivedAtMillis,
  updatedAtMillis: atMillis,
  ...(request.repository === undefined ? {} : { repository: request.repository }),
})
