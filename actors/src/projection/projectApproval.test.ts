import { ApprovalId } from "@maillm/schema/Approval"
import type { ApprovalKind } from "@maillm/schema/Approval"
import { MessageId, NodeId, RequestId, SessionId, TurnId, UserId } from "@maillm/schema/Ids"
import type { SessionEvent } from "@maillm/schema/SessionActor"
import type { TurnResult } from "@maillm/schema/Turn"
import type { RequestSpec, UserEvent } from "@maillm/schema/UserActor"
import { beforeEach, describe, expect, test } from "vitest"
import { recordOf } from "../../test/projector/syntheticRecords.ts"
import type { StoredRows } from "../readmodel/ReadModel.ts"
import { foldBatch } from "./Batch.ts"

const requestId = RequestId.make("r1")
const sessionId = SessionId.make("s1")
const turnId = TurnId.make("t1")
const nodeId = NodeId.make("node-x")
const userId = UserId.make("ada")
const request: RequestSpec = {
  requestId,
  userId,
  channel: "email",
  text: "tidy up",
  title: "Tidy up",
  attachments: [],
  replyTo: null,
  receivedAtMillis: 1_000,
  refusal: null,
  driver: "claude",
  repository: { url: "https://git.example.org/shop.git", branch: null },
}

let rows: StoredRows
let sequence: number
/** Folds one record; answers its sentences. */
const fold = (step: Parameters<typeof recordOf>[0]) => {
  sequence++
  const record = recordOf(step, 1_000 * sequence, sequence)
  const { together } = foldBatch([{ sequence, record }], rows)
  const put = <Row extends { readonly id: string }>(
    old: ReadonlyMap<string, { readonly row: Row; readonly evtSeq: number }>,
    changed: ReadonlyArray<Row>,
  ) => new Map([...old, ...changed.map((row) => [row.id, { row, evtSeq: sequence }] as const)])
  rows = {
    users: put(rows.users, together.users),
    requests: put(rows.requests, together.requests),
    sessions: put(rows.sessions, together.sessions),
    messages: put(rows.messages, together.messages),
    approvals: put(rows.approvals, together.approvals),
  }
  return together.timeline.map((row) => row.summary)
}
const session = (...events: ReadonlyArray<SessionEvent>) => fold({ kind: "session", id: "s1", events })
const user = (...events: ReadonlyArray<UserEvent>) => fold({ kind: "user", id: "ada", events })
const theRequest = () => rows.requests.get("r1")?.row
const theSession = () => rows.sessions.get("s1")?.row
const theApproval = (id: string) => rows.approvals.get(id)?.row

const asked = (
  id: string,
  kind: ApprovalKind = "tool",
  reason = "It rewrites what others have.",
): SessionEvent => ({
  _tag: "ApprovalAsked",
  approval: {
    approvalId: ApprovalId.make(id),
    requestId,
    turnId: kind === "request" ? null : turnId,
    userId,
    sessionId,
    kind,
    tool: kind === "request" ? "request" : "Bash",
    command: "git push --force\u202e",
    cwd: "/workspace",
    inputHash: "d".repeat(64),
    class: "force-push",
    reason,
    askedAtMillis: 5_000,
    expiresAtMillis: 1_790_000_000_000,
    code: "7F3K5",
    state: "pending",
    decidedBy: "",
    decidedVia: null,
    decidedAtMillis: null,
    note: "",
  },
})
type Answer = Extract<SessionEvent, { readonly _tag: "ApprovalAnswered" }>
const answered = (id: string, over: Partial<Answer> = {}): SessionEvent => ({
  _tag: "ApprovalAnswered",
  approvalId: ApprovalId.make(id),
  requestId,
  state: "allowed",
  by: "ada@example.org",
  via: "email",
  note: "",
  atMillis: 9_000,
  ...over,
})
const taken = {
  _tag: "TurnTaken",
  turnId,
  requestId,
  nodeId,
  runtime: "host",
  startedAtMillis: 4_000,
  driver: "claude",
} as const
const ended = (over: Partial<TurnResult> = {}): SessionEvent => ({
  _tag: "TurnEnded",
  turnId,
  requestId,
  result: {
    outcome: { _tag: "Answered" },
    outputText: "screen text",
    outputBytes: 11,
    truncated: false,
    outputBlob: null,
    startedAtMillis: 4_000,
    endedAtMillis: 64_000,
    ...over,
  },
})

beforeEach(() => {
  rows = {
    users: new Map(),
    requests: new Map(),
    sessions: new Map(),
    messages: new Map(),
    approvals: new Map(),
  }
  sequence = 0
  session(
    { _tag: "SessionOpened", title: "Tidy up", driver: "claude" },
    { _tag: "RequestQueued", request },
    { _tag: "TurnOrdered", turnId, requestId, nodeId, driver: "claude" },
  )
  expect(session(taken)).toEqual(["Typed into the pane on node node-x; Claude Code took it"])
})

describe("a tool call that was stopped", () => {
  test("waits for its person, and goes on when it is allowed", () => {
    expect(session(asked("a1"))).toEqual([
      "Asked before Bash runs `git push --force\\u{202e}`: It rewrites what others have. Denied unless answered by 2026-09-21 14:13:20 UTC",
    ])
    expect(theApproval("a1")).toMatchObject({
      id: "a1",
      state: "pending",
      title: "Tidy up",
      nodeId: "node-x",
    })
    expect(theRequest()).toMatchObject({
      state: "waiting",
      stateReason: "Waiting for your answer: It rewrites what others have.",
    })
    expect(theSession()).toMatchObject({ state: "waiting", stateSource: "ApprovalAsked" })

    expect(session(answered("a1"))).toEqual(["Allowed by ada@example.org by email"])
    expect(theApproval("a1")).toMatchObject({
      state: "allowed",
      decidedBy: "ada@example.org",
      decidedVia: "email",
      decidedAtMillis: 9_000,
    })
    expect(theRequest()).toMatchObject({ state: "running", stateReason: "" })
    expect(theSession()).toMatchObject({ state: "running", stateSource: "ApprovalAnswered" })

    session({ _tag: "ApprovalConsumed", approvalId: ApprovalId.make("a1"), requestId })
    expect(theApproval("a1")).toMatchObject({ state: "consumed", decidedBy: "ada@example.org" })
  })

  test("goes on waiting while a second one is open", () => {
    session(asked("a1"), asked("a2", "prompt", "It asks by itself."))
    session(answered("a1"))
    expect(theRequest()).toMatchObject({
      state: "waiting",
      stateReason: "Waiting for your answer: It asks by itself.",
    })
    expect(theSession()?.state).toBe("waiting")
    session(answered("a2", { state: "denied", via: "link", note: "use a branch" }))
    expect(theRequest()?.state).toBe("running")
    expect(theApproval("a2")).toMatchObject({ state: "denied", note: "use a branch" })
  })

  test.each([
    [{ state: "denied", note: "use a branch" }, "Denied by ada@example.org by email: “use a branch”"],
    [{ state: "expired", by: "nobody", via: null }, "Nobody answered in time, so it is denied"],
    [
      { state: "cancelled", by: "the turn has ended", via: null },
      "No answer is needed any more: the turn has ended",
    ],
    [{ via: "terminal", by: "ada" }, "Allowed by ada in the terminal"],
  ] as const)("%j is told", (over, sentence) => {
    session(asked("a1"))
    expect(session(answered("a1", over))).toEqual([sentence])
    expect(theApproval("a1")?.state).toBe("state" in over ? over.state : "allowed")
  })

  test("is waited for no more when its turn is over, whatever comes later", () => {
    session(asked("a1"))
    session(ended(), {
      _tag: "RequestEnded",
      requestId,
      state: "done",
      outcome: "Done in 1 min 0 s.",
      by: "",
    })
    expect(theRequest()?.state).toBe("done")
    expect(theSession()).toMatchObject({ state: "idle", openApprovals: [] })
    session(answered("a1", { state: "cancelled", by: "the turn has ended", via: null }))
    expect(theRequest()).toMatchObject({ state: "done", outcome: "Done in 1 min 0 s." })
    expect(theSession()?.state).toBe("idle")
  })
})

test("a request that is asked about before it begins is confirming, and queued when it may", () => {
  const second = { ...request, requestId: RequestId.make("r2") }
  const about = (event: SessionEvent): SessionEvent =>
    event._tag === "ApprovalAsked"
      ? { ...event, approval: { ...event.approval, requestId: second.requestId } }
      : { ...(event as Answer), requestId: second.requestId }
  session({ _tag: "RequestQueued", request: second }, about(asked("a9", "request", "It deletes a database.")))
  expect(rows.requests.get("r2")?.row).toMatchObject({
    state: "confirming",
    stateReason: "Waiting for your answer: It deletes a database.",
  })
  expect(theRequest()?.state).toBe("running")
  expect(theSession()?.state).toBe("waiting")
  session(about(answered("a9")))
  expect(rows.requests.get("r2")?.row).toMatchObject({ state: "queued", stateReason: "" })
  expect(theSession()?.state).toBe("running")
})

describe("what an agent's turn leaves", () => {
  const usage = {
    inputTokens: 10,
    outputTokens: 20,
    cacheReadTokens: 30,
    cacheWriteTokens: 40,
    costMicroUsd: 41_000,
    models: ["claude-opus-5"],
  }
  const blob = { sha256: "e".repeat(64), sizeBytes: 9 }
  const changes = {
    files: [{ path: "a.ts", change: "modified" as const, added: 3, removed: 1 }],
    fileCount: 1,
    addedLines: 3,
    removedLines: 1,
    patch: blob,
  }

  test("is on the request: answer, changes, usage, recording, driver", () => {
    expect(session(ended({ answer: "**Done.**", usage, changes, recording: blob }))).toEqual([
      "Answered after 1 min 0 s, 1 file changed (+3 −1)",
    ])
    expect(theRequest()).toMatchObject({
      answer: "**Done.**",
      answerFormat: "markdown",
      driver: "claude",
      usage,
      changes,
      recording: blob,
    })
    expect(theSession()).toMatchObject({
      costMicroUsd: 41_000,
      repository: request.repository,
      driver: "claude",
    })
  })

  test("without an answer of its own is what was printed", () => {
    session(ended())
    expect(theRequest()).toMatchObject({ answer: "screen text", answerFormat: "terminal" })
  })

  test("adds up when another agent goes on, and money that is not known is not guessed", () => {
    const fault = {
      kind: "rate-limit" as const,
      message: "Its limit is reached.",
      resetAtMillis: null,
      workBegun: false,
    }
    session(ended({ outcome: { _tag: "AgentFailed", fault }, usage }), {
      _tag: "RequestParked",
      requestId,
      untilMillis: 1_790_000_000_000,
      reason: "Its limit is reached.",
    })
    expect(theRequest()).toMatchObject({
      state: "queued",
      stateReason: "Waiting until 2026-09-21 14:13:20 UTC: Its limit is reached.",
    })
    expect(theSession()?.state).toBe("queued")
    expect(
      session({ _tag: "DriverChosen", requestId, driver: "codex", reason: "Claude Code is at its limit." }),
    ).toEqual(["Codex does it: Claude Code is at its limit."])
    session(
      { _tag: "TurnOrdered", turnId: TurnId.make("t2"), requestId, nodeId, driver: "codex" },
      { ...taken, driver: "codex" },
    )
    expect(theSession()).toMatchObject({ state: "running", driver: "codex" })
    session(ended({ usage: { ...usage, costMicroUsd: null, models: ["gpt-6"] } }))
    expect(theRequest()).toMatchObject({
      driver: "codex",
      usage: { inputTokens: 20, costMicroUsd: null, models: ["claude-opus-5", "gpt-6"] },
    })
    expect(theSession()?.costMicroUsd).toBe(41_000)
  })
})

test("a mail that answers is shown as such, with what it answered", () => {
  const content = { _tag: "Unreadable", reason: "x" } as const
  const approvalId = ApprovalId.make("a1")
  const about = { approvalId, sessionId, requestId, decision: "deny" } as const
  const mailId = MessageId.make("m9")
  expect(user({ _tag: "MailAnswered", mailId, content, ...about })).toEqual([
    "Read as a no to what was asked",
  ])
  expect(rows.messages.get("m9")?.row).toMatchObject({ state: "answered", requestId, sessionId })
})

test("a question's mail is told apart from a reply", () => {
  const raw = { sha256: "a".repeat(64), sizeBytes: 9 }
  const sent = { _tag: "ReplySent", requestId, via: "outbox", raw, detail: "" } as const
  expect(session({ ...sent, messageId: MessageId.make("qa1") })).toEqual([
    "Question kept in the outbox: no relay is set",
  ])
})
