import { createHash } from "node:crypto"
import { ApprovalId } from "@maillm/schema/Approval"
import type { ActorEffect } from "@maillm/schema/Record"
import { SessionId } from "@maillm/schema/Ids"
import type { RequestId } from "@maillm/schema/Ids"
import type { SessionEvent } from "@maillm/schema/SessionActor"
import type { DriverName } from "@maillm/schema/Turn"
import type { MessageCommand, RequestSpec } from "@maillm/schema/UserActor"
import { judgeRequest } from "../policy/judgeRequest.ts"
import { deriveId } from "../runtime/deriveId.ts"
import { nothing } from "../world/Facts.ts"
import type { WorldContext, WorldDecision } from "../world/Facts.ts"
import { askIn, cancelApprovalsOf } from "./approvals.ts"
import { defaultDriver } from "./chooseDriver.ts"
import { askFiles } from "./fetches.ts"
import { policyHere } from "./policyHere.ts"
import { Draft, endRequest } from "./SessionDraft.ts"
import { queueLimit } from "./SessionState.ts"
import type { CurrentTurn, SessionState } from "./SessionState.ts"
import { sessionStatus } from "./sessionStatus.ts"
import { startNext } from "./startNext.ts"
import type { Ending } from "./turnEnding.ts"

type SessionDecision = WorldDecision<SessionEvent>

export const addRequest = (
  state: SessionState,
  request: RequestSpec,
  context: WorldContext,
): SessionDecision => {
  if (state.knownRequests.includes(request.requestId)) return nothing
  const draft = new Draft(state)
  if (!state.opened) {
    const driver = request.driver ?? defaultDriver(context.facts)
    draft.add({ _tag: "SessionOpened", title: request.title, driver })
  }
  draft.add({ _tag: "RequestQueued", request })
  if (request.command !== undefined) {
    obey(draft, request, request.command, context)
    return draft
  }
  const refusal = request.refusal ?? refusalHere(state, request, request.driver ?? draft.state.driver)
  if (refusal === null) beginWork(draft, request, context)
  else refuse(draft, request, refusal, context)
  return draft
}

/** The request is in the queue: it is judged, and begins when it is its turn. */
export const beginWork = (draft: Draft, request: RequestSpec, context: WorldContext) => {
  if (draft.state.queue.length > queueLimit) return refuse(draft, request, queueFull, context)
  judge(draft, request, context)
  startNext(draft, context)
}

const refuse = (draft: Draft, request: RequestSpec, detail: string, context: WorldContext) =>
  endRequest(
    draft,
    request,
    { state: "failed", outcome: "This could not be run.", detail },
    null,
    "maillm",
    context,
  )

const queueFull = `${queueLimit} requests wait in this session already. Wait for some to end, or cancel them.`

/** Why this session cannot take the request. */
const refusalHere = (state: SessionState, { repository }: RequestSpec, driver: DriverName): string | null => {
  if (state.queue.length >= queueLimit) return queueFull
  if (repository !== undefined && driver === "shell")
    return "Only coding agents begin in a repository; the shell works in the workspace. Name an agent: /agent claude."
  if (repository === undefined || !state.opened) return null
  const { repository: own } = state
  return own?.url === repository.url && own.branch === repository.branch
    ? null
    : `This session ${own === null ? "has no repository" : `works on ${own.url}`}, and keeps that. Start a new one for ${repository.url}: write to your private address, with /repo and /new.`.slice(
        0,
        500,
      )
}

/** Where a request will run is not known yet; in containers it is here. */
const anyContainer = { cwd: "/workspace", workspace: "/workspace", home: "/workspace" }

/** What the policy says to the request itself: nothing, or that its sender is asked first, or that it is not run. */
const judge = (draft: Draft, request: RequestSpec, context: WorldContext) => {
  const driver = request.driver ?? draft.state.driver
  const verdict = judgeRequest(driver, request.text, anyContainer, policyHere(draft.state, request, context))
  if (verdict.verdict === "allow") return
  if (verdict.verdict === "deny") {
    const detail = `It ${verdict.reason}, which the policy of this installation does not allow.`
    const ending = { state: "failed", outcome: "Not run: the policy forbids it.", detail } as const
    endRequest(draft, request, ending, null, "maillm", context)
    return
  }
  const { now, facts } = context
  askIn(
    draft,
    request,
    {
      approvalId: ApprovalId.make(deriveId("a", draft.state.id, request.requestId, "request")),
      requestId: request.requestId,
      turnId: null,
      kind: "request",
      tool: driver === "shell" ? "shell" : "request",
      command: request.text.slice(0, 16_384),
      cwd: "",
      inputHash: createHash("sha256").update(`request\0${request.text}`).digest("hex"),
      class: verdict.class,
      reason: verdict.reason.slice(0, 500),
      askedAtMillis: now,
      expiresAtMillis: now + facts.agents.approvalMillis,
    },
    context,
  )
}

/** A message that is for maillm itself. */
const obey = (draft: Draft, request: RequestSpec, command: MessageCommand, context: WorldContext) => {
  const { requestId } = request
  const others = draft.state.queue.filter((other) => other.requestId !== requestId)
  const by = request.replyTo?.address ?? "the console"
  switch (command._tag) {
    case "Say":
      return endWith(draft, request, command.outcome, command.answer, context)
    case "Send":
      return askFiles(draft, request, command, context)
    case "Status": {
      const { answer, outcome } = sessionStatus(draft.state, others, context)
      const known = command.known === "" ? "" : `\n\n${command.known}`
      return endWith(draft, request, outcome, `${answer}${known}`, context)
    }
    case "Stop": {
      const { current } = draft.state
      for (const other of others) cancelQueued(draft, other, by, context)
      const stopping = current !== null && current.cancelAskedBy === null
      if (stopping) {
        draft.add(
          { _tag: "CancelAsked", requestId: current.request.requestId, by },
          interrupt(draft.state, current, context),
        )
      }
      const outcome = stopping
        ? `Stopping "${current.request.title}".`
        : current !== null
          ? `"${current.request.title}" is being stopped already.`
          : "Nothing was running here."
      const waiting =
        others.length === 0
          ? ""
          : `${others.length} that waited ${others.length === 1 ? "is" : "are"} cancelled.`
      return endWith(draft, request, outcome, waiting, context)
    }
  }
}

const endWith = (
  draft: Draft,
  request: RequestSpec,
  outcome: string,
  answer: string,
  context: WorldContext,
) => {
  const ending: Ending = { state: "done", outcome: outcome.slice(0, 500), detail: "" }
  endRequest(draft, request, { ...ending, detail: answer, keepOutcome: true }, null, "maillm", context)
}

const cancelQueued = (draft: Draft, request: RequestSpec, by: string, context: WorldContext) => {
  const ending = {
    state: "cancelled",
    outcome: `Cancelled before it began, as ${by} asked.`,
    detail: "",
  } as const
  cancelApprovalsOf(draft, request.requestId, context)
  endRequest(draft, request, ending, null, by, context)
}

/** Withdraws a request that waits, or interrupts the one that runs. */
export const cancelRequest = (
  state: SessionState,
  requestId: RequestId,
  by: string,
  context: WorldContext,
): SessionDecision => {
  const queued = [...state.queue, ...state.fetches].find((request) => request.requestId === requestId)
  const draft = new Draft(state)
  if (queued !== undefined) {
    cancelQueued(draft, queued, by, context)
    startNext(draft, context)
    return draft
  }
  const { current } = state
  if (current === null || current.request.requestId !== requestId || current.cancelAskedBy !== null)
    return nothing
  return draft.add({ _tag: "CancelAsked", requestId, by }, interrupt(state, current, context))
}

const interrupt = (state: SessionState, current: CurrentTurn, context: WorldContext): ActorEffect => ({
  _tag: "OrderNode",
  nodeId: current.nodeId,
  order: {
    _tag: "InterruptTurn",
    orderId: `${current.turnId}/interrupt`,
    epoch: context.epoch,
    userId: current.request.userId,
    sessionId: SessionId.make(state.id),
    turnId: current.turnId,
  },
})
