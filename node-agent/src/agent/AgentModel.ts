import type { SessionId, TurnId, UserId } from "@maillm/schema/Ids"
import type { AgentFault, Usage } from "@maillm/schema/Turn"
import type { AgentDriver, ModelRoute } from "../driver/AgentDriver.ts"

/** The agents' way to their models, with what each turn came to. */
export interface AgentModel {
  /** Empty when the driver's provider is set; else what to set. */
  readonly problem: (driver: AgentDriver["name"]) => string
  /** What to do when the provider refuses the driver's key: the end of a sentence. */
  readonly remedy: (driver: AgentDriver["name"]) => string
  /** Until when the driver's provider takes nothing; null when it does, as far as is known. */
  readonly limitedUntilMillis: (driver: AgentDriver["name"]) => number | null
  readonly route: (driver: AgentDriver["name"], sessionId: SessionId, userId: UserId) => Promise<ModelRoute>
  readonly beginTurn: (sessionId: SessionId, userId: UserId, turnId: TurnId) => Promise<void>
  readonly endTurn: (sessionId: SessionId) => Promise<{
    readonly usage: Usage | null
    readonly fault: Pick<AgentFault, "kind" | "message" | "resetAtMillis"> | null
  }>
}
