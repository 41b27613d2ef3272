import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { confirmMillis } from "@maillm/schema/Account"
import { lastDay } from "@maillm/schema/Address"
import type { SignedKind } from "@maillm/schema/Address"
import { AgentSettings } from "@maillm/schema/AgentSettings"
import type { AgentOptions } from "@maillm/schema/AgentSettings"
import type { Policy } from "@maillm/schema/Policy"
import type { ActorEffect } from "@maillm/schema/Record"
import { senderConfirmPath } from "@maillm/schema/SenderToken"
import { Settings } from "@maillm/schema/Settings"
import type { NodeInfo } from "@maillm/schema/Turn"
import type { ActorContext, ActorDefinition, Decision } from "../runtime/Actor.ts"
import { watchLiveNodes } from "../runtime/LiveNodes.ts"
import { approvalKey } from "../session/approvalKey.ts"
import type { ApprovalKey } from "../session/approvalKey.ts"
import { approvalToken } from "../session/approvalLink.ts"
import { replyLocalPart } from "../session/replyAddress.ts"
import { senderToken } from "../user/senderToken.ts"

/** What user and session actors may know of the world. */
export interface Facts {
  /** Nodes whose heartbeat is fresh, in the order of their ids. */
  readonly nodes: ReadonlyArray<NodeInfo>
  readonly domain: string
  /** Base of links in mails without a trailing slash, or null. */
  readonly publicUrl: string | null
  /** What is set about agents, approvals and spending. */
  readonly agents: Pick<
    AgentOptions,
    "approvalMillis" | "defaultDriver" | "failover" | "reminderMillis" | "spendingCapMicroUsd"
  >
  /** What requests and tool calls are judged by. */
  readonly policy: Policy
  /** The page that shows an approval and takes its answer without signing in; empty without a public address. */
  readonly approvalLink: (userId: string, sessionId: string, approvalId: string) => string
  /** What an answer to an approval must carry. */
  readonly approvalKey: (approvalId: string) => ApprovalKey
  /** Local part of the reply address of a mail that is written at the moment given. */
  readonly replyLocalPart: (kind: SignedKind, userId: string, id: string, nowMillis: number) => string
  /** The console's page that confirms a sender address; empty without a public address. */
  readonly senderLink: (userId: string, confirmId: string) => string
}

export type WorldContext = ActorContext<Facts>
export type WorldDecision<Event> = Decision<Event, ActorEffect> & {
  readonly effects: ReadonlyArray<ActorEffect>
}
export interface WorldActor<State, Command extends { readonly _tag: string }, Event> extends Omit<
  ActorDefinition<State, Command, Event, ActorEffect, null, Facts>,
  "decide"
> {
  readonly decide: (state: State, command: Command, context: WorldContext) => WorldDecision<Event>
}

/** The facts of each moment, while the scope lives. */
export const watchFacts = Effect.gen(function* () {
  const settings = yield* Settings
  const liveNodes = yield* watchLiveNodes
  const agents = yield* AgentSettings
  const secret = Redacted.value(settings.secret)
  return (): Facts => ({
    nodes: liveNodes(),
    domain: settings.domain,
    publicUrl: settings.publicUrl,
    agents,
    policy: agents.policy,
    approvalKey: (approvalId) => approvalKey(secret, approvalId),
    approvalLink: (userId, sessionId, approvalId) =>
      settings.publicUrl === null
        ? ""
        : `${settings.publicUrl}/approve/${approvalToken(secret, userId, sessionId, approvalId)}`,
    replyLocalPart: (kind, userId, id, nowMillis) => {
      const lifeMillis = kind === "confirmation" ? confirmMillis : settings.replyDays * 86_400_000
      return replyLocalPart(secret, { kind, userId, id, day: lastDay(nowMillis, lifeMillis) })
    },
    senderLink: (userId, confirmId) =>
      settings.publicUrl === null
        ? ""
        : `${settings.publicUrl}${senderConfirmPath}/${senderToken(secret, userId, confirmId)}`,
  })
})

export const nothing = { events: [], effects: [] } as const
