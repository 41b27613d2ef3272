import { ApprovalId } from "@maillm/schema/Approval"
import { NodeId, RequestId, SessionId, TurnId } from "@maillm/schema/Ids"
import type { BlobRef } from "@maillm/schema/Message"
import type { ApprovalRow, RequestRow, SessionRow } from "@maillm/schema/ReadModel"
import type { AgentState, DriverName } from "@maillm/schema/Turn"
import {
  dropCommand,
  fixAnswer,
  fixFiles,
  fixPatch,
  fixRecording,
  fixUsage,
  migrationUsage,
  permissionScreen,
  spoolCommand,
  waitingScreen,
} from "./agentSamples.ts"
import { newRequest, step, user, type World } from "./world.ts"

const minute = 60_000
const node = NodeId.make("node-atlas")

export const agentSessionIds = {
  fix: SessionId.make("s07kq4"),
  migration: SessionId.make("s08kq4"),
  parked: SessionId.make("s09kq4"),
} as const

const blobText = new Map<string, string>()
const stored = (seed: string, text: string): BlobRef => {
  const sha256 = seed.repeat(64).slice(0, 64)
  blobText.set(sha256, text)
  return { sha256, sizeBytes: text.length }
}
const patchBlob = stored("ab12", fixPatch)
const recordingBlob = stored("cd34", fixRecording)
const reportBlob = stored("ef56", "# Webhook age\n\nFive minutes, from the sender's clock.\n")
/** What the mock has stored under a name. */
export const mockBlob = (sha256: string): string | undefined => blobText.get(sha256)

/** A question of a request, as it would be asked now. */
export const newApproval = (
  row: RequestRow,
  given: Pick<ApprovalRow, "command" | "class" | "reason"> & Partial<ApprovalRow>,
  number: number,
  askedAtMillis: number,
): ApprovalRow => {
  const id = ApprovalId.make(given.id ?? `a${String(number).padStart(3, "0")}m2`)
  return {
    requestId: row.id,
    turnId: row.turnId,
    kind: "tool",
    tool: "Bash",
    cwd: "/workspace/checkout-service",
    inputHash: "9c4e".repeat(16),
    askedAtMillis,
    expiresAtMillis: askedAtMillis + 15 * minute,
    userId: user,
    sessionId: row.sessionId,
    code: `7F${number}K2`.slice(0, 5),
    state: "pending",
    decidedBy: "",
    decidedVia: null,
    decidedAtMillis: null,
    note: "",
    title: row.title,
    nodeId: node,
    updatedAtMillis: askedAtMillis,
    ...given,
    approvalId: id,
    id,
  }
}

const session = (
  world: World,
  id: SessionId,
  title: string,
  driver: DriverName,
  more: Partial<SessionRow>,
  now: number,
): void => {
  world.sessions.set(id, {
    id,
    userId: user,
    title,
    driver,
    runtime: "docker",
    nodeId: node,
    state: "idle",
    stateAtMillis: now,
    stateSource: "TurnEnded",
    requestCount: 1,
    lastRequestId: null,
    createdAtMillis: now - 190 * minute,
    updatedAtMillis: now,
    ...more,
  })
}

const request = (
  world: World,
  id: string,
  sessionId: SessionId,
  title: string,
  channel: RequestRow["channel"],
  createdAtMillis: number,
  more: Partial<RequestRow>,
): RequestRow => {
  const sample = { title, text: title, answer: "", exitCode: 0, tookMillis: 0, channel, session: 0 }
  const base = newRequest(world, sample, 0, createdAtMillis)
  world.requests.delete(base.id)
  const row: RequestRow = {
    ...base,
    id: RequestId.make(id),
    sessionId,
    nodeId: node,
    turnId: TurnId.make(`t-${id}`),
    startedAtMillis: createdAtMillis + 900,
    updatedAtMillis: createdAtMillis + 900,
    ...more,
  }
  world.requests.set(row.id, row)
  return row
}

const begun = (world: World, row: RequestRow, agent: string) => {
  const at = row.createdAtMillis
  step(world, row, at, "RequestQueued", "Queued in its session")
  step(world, row, at + 31, "TurnOrdered", "Sent to node node-atlas")
  step(world, row, at + 900, "TurnTaken", `Typed into the pane on node node-atlas; ${agent} took it`)
}

const fixed = (world: World, now: number) => {
  const at = now - 96 * minute
  const row = request(
    world,
    "rfix01",
    agentSessionIds.fix,
    "Find out why webhook.test.ts fails and fix it",
    "email",
    at,
    {
      text: "Find out why webhook.test.ts fails on main and fix it.\nDo not change the limit itself: five minutes is right.",
      state: "done",
      outcome: "Done in 4 min 12 s: 4 files changed",
      answer: fixAnswer,
      answerFormat: "markdown",
      endedAtMillis: at + 252_900,
      updatedAtMillis: at + 252_900,
      driver: "claude",
      changes: { files: fixFiles, fileCount: 4, addedLines: 16, removedLines: 7, patch: patchBlob },
      usage: fixUsage,
      recording: recordingBlob,
      files: {
        sent: [{ name: "webhook-age.md", type: "text/markdown", blob: reportBlob, from: "outbox" }],
        left: [{ name: "coverage", reason: "it is a folder; pack it into an archive to have it sent" }],
        leftCount: 1,
      },
    },
  )
  begun(world, row, "Claude Code")
  const push = newApproval(
    row,
    {
      command: "git push --set-upstream origin fix/webhook-age",
      class: "git-push",
      reason: "It sends commits to origin, where others see them.",
      state: "consumed",
      decidedBy: "ada@example.org",
      decidedVia: "email",
      decidedAtMillis: at + 221_000,
    },
    11,
    at + 180_000,
  )
  const publish = newApproval(
    row,
    {
      command: "npm publish --tag next",
      class: "publish",
      reason: "A published version cannot be taken back.",
      state: "denied",
      decidedBy: "ada@example.org",
      decidedVia: "link",
      decidedAtMillis: at + 238_000,
      note: "Not before the release notes are there.",
    },
    12,
    at + 229_000,
  )
  for (const approval of [push, publish]) {
    const decided = { ...approval, updatedAtMillis: approval.decidedAtMillis ?? at }
    world.approvals.set(decided.id, decided)
    step(world, row, approval.askedAtMillis, "ApprovalAsked", `Asked: ${approval.reason}`)
    step(
      world,
      row,
      approval.decidedAtMillis ?? at,
      "ApprovalAnswered",
      approval.state === "denied"
        ? `Denied: ada@example.org, by link (${approval.note})`
        : "Allowed: ada@example.org, by email",
    )
    if (approval.state === "consumed")
      step(world, row, at + 221_400, "ApprovalConsumed", "What was allowed has begun")
  }
  step(world, row, at + 252_900, "TurnEnded", "Answered after 4 min 12 s")
  step(world, row, at + 252_912, "RequestEnded", row.outcome)
}

const waiting = (world: World, now: number) => {
  const spool = request(
    world,
    "rspool",
    agentSessionIds.fix,
    "Clear the spool of the fixtures that nobody uses any more",
    "email",
    now - 7 * minute,
    {
      state: "waiting",
      stateReason: "Waiting for your answer to a question.",
      driver: "claude",
      usage: { ...fixUsage, costMicroUsd: 91_330, outputTokens: 1_204 },
    },
  )
  begun(world, spool, "Claude Code")
  const delete1 = newApproval(
    spool,
    {
      command: spoolCommand,
      class: "delete-outside-workspace",
      reason:
        "It deletes files below /var/lib and /srv/shared, which are not in the workspace of this session.",
    },
    3,
    now - 4 * minute,
  )
  const prices = request(
    world,
    "rprice",
    agentSessionIds.migration,
    "Move the price table to the new layout, keep the old one until Friday",
    "console",
    now - 11 * minute,
    {
      state: "waiting",
      stateReason: "Waiting for your answer to two questions.",
      driver: "codex",
      usage: migrationUsage,
    },
  )
  begun(world, prices, "Codex")
  const drop = newApproval(
    prices,
    {
      command: dropCommand,
      class: "database-destroy",
      cwd: "/workspace/prices",
      reason:
        "It drops the table prices_2026 with all that depends on it; the request says to keep it until Friday.",
    },
    5,
    now - 3 * minute,
  )
  const push = newApproval(
    prices,
    {
      kind: "prompt",
      command: "git push origin HEAD:refs/heads/price-table",
      class: "git-push",
      cwd: "/workspace/prices",
      reason: "It sends commits to origin, where others see them.",
      expiresAtMillis: now + 52_000,
    },
    6,
    now - minute,
  )
  for (const approval of [delete1, drop, push]) {
    world.approvals.set(approval.id, approval)
    const of = approval.requestId === spool.id ? spool : prices
    step(world, of, approval.askedAtMillis, "ApprovalAsked", `Asked: ${approval.reason}`)
  }
}

const parked = (world: World, now: number) => {
  const row = request(
    world,
    "rpark1",
    agentSessionIds.parked,
    "Upgrade the wiki to the next minor version on a copy first",
    "email",
    now - 22 * minute,
    {
      state: "waiting",
      stateReason: `The provider's limit is reached. It goes on by itself at ${new Date(now + 38 * minute).toISOString().slice(11, 16)} UTC.`,
      driver: "opencode",
      startedAtMillis: null,
      nodeId: null,
    },
  )
  step(world, row, row.createdAtMillis, "RequestQueued", "Queued in its session")
  step(world, row, row.createdAtMillis + 4_000, "RequestParked", `Waiting: ${row.stateReason}`)
}

/** Sessions of coding agents: one that answered and asks again, one with two questions, one that waits for a limit. */
export const addAgents = (world: World, now: number): World => {
  const repository = { url: "https://git.example.org/checkout-service.git", branch: "main" }
  session(
    world,
    agentSessionIds.fix,
    "Webhook signatures",
    "claude",
    {
      state: "waiting",
      stateSource: "ApprovalAsked",
      stateAtMillis: now - 4 * minute,
      updatedAtMillis: now - 4 * minute,
      requestCount: 2,
      lastRequestId: RequestId.make("rspool"),
      costMicroUsd: 629_750,
      repository,
    },
    now,
  )
  session(
    world,
    agentSessionIds.migration,
    "Price table",
    "codex",
    {
      state: "waiting",
      stateSource: "ApprovalAsked",
      stateAtMillis: now - minute,
      updatedAtMillis: now - minute,
      lastRequestId: RequestId.make("rprice"),
    },
    now,
  )
  session(
    world,
    agentSessionIds.parked,
    "Upgrade of the wiki",
    "opencode",
    {
      state: "queued",
      nodeId: null,
      runtime: null,
      stateSource: "RequestParked",
      stateAtMillis: now - 22 * minute,
      updatedAtMillis: now - 22 * minute,
      lastRequestId: RequestId.make("rpark1"),
    },
    now,
  )
  fixed(world, now)
  waiting(world, now)
  parked(world, now)
  return world
}

/** What the mock's panes know of their agents; a shell has none. */
export const mockAgent = (sessionId: string, now: number): AgentState | undefined => {
  const base = { sinceMillis: now - 4 * minute, seenAtMillis: now - 3_000, conflict: "" }
  switch (sessionId) {
    case agentSessionIds.fix:
      return {
        ...base,
        driver: "claude",
        state: "waiting",
        source: "session file",
        waitingFor: "an answer to Bash(find /var/lib/checkout/spool …)",
      }
    case agentSessionIds.migration:
      return {
        ...base,
        driver: "codex",
        state: "waiting",
        source: "hook PermissionRequest",
        waitingFor: "permission to push",
        conflict: "the screen shows it working",
      }
    default:
      return undefined
  }
}
export const mockScreen = (sessionId: string): string | undefined => {
  if (sessionId === agentSessionIds.fix) return waitingScreen
  return sessionId === agentSessionIds.migration ? permissionScreen : undefined
}
