import { MessageId, NodeId, RequestId, SessionId, TurnId, UserId } from "@maillm/schema/Ids"
import type { SessionEvent } from "@maillm/schema/SessionActor"
import type { TurnOutcome } from "@maillm/schema/Turn"
import type { RequestSpec, UserEvent } from "@maillm/schema/UserActor"
import { beforeEach, describe, expect, test } from "vitest"
import { recordOf } from "../../test/projector/syntheticRecords.ts"
import type { StoredRows } from "../readmodel/ReadModel.ts"
import { foldBatch } from "./Batch.ts"

const requestId = RequestId.make("r1")
const sessionId = SessionId.make("s1")
const mailId = MessageId.make("mail1")
const messageId = MessageId.make("mr1")
const turnId = TurnId.make("t1")
const nodeId = NodeId.make("node-x")
const raw = { sha256: "a".repeat(64), sizeBytes: 5_120 }

const request: RequestSpec = {
  requestId,
  userId: UserId.make("ada"),
  channel: "email",
  text: "make test",
  title: "Run the tests",
  attachments: [],
  replyTo: {
    address: "ada@example.org",
    thread: { subject: "Run the tests", messageId: "", references: [] },
  },
  receivedAtMillis: 1_000,
  refusal: null,
}
const content = { _tag: "Unreadable", reason: "no MIME" } as const
const resultWith = (outcome: TurnOutcome) => ({
  outcome,
  outputText: "ok\n",
  outputBytes: 3_400,
  truncated: false,
  outputBlob: null,
  startedAtMillis: 10_000,
  endedAtMillis: 144_000,
})

let rows: StoredRows
let sequence: number
beforeEach(() => {
  rows = {
    users: new Map(),
    requests: new Map(),
    sessions: new Map(),
    messages: new Map(),
    approvals: new Map(),
  }
  sequence = 0
})

/** Folds one record of these events; answers what the timeline says about them. */
const fold = (step: Parameters<typeof recordOf>[0]) => {
  sequence++
  const record = recordOf(step, 1_000 * sequence, sequence)
  const { together, single } = foldBatch([{ sequence, record }], rows)
  const merge = <Row extends { readonly id: string }>(
    old: ReadonlyMap<string, { readonly row: Row; readonly evtSeq: number }>,
    changed: ReadonlyArray<Row>,
  ) => new Map([...old, ...changed.map((row) => [row.id, { row, evtSeq: sequence }] as const)])
  rows = {
    users: merge(rows.users, together.users),
    requests: merge(rows.requests, together.requests),
    sessions: merge(rows.sessions, together.sessions),
    messages: merge(rows.messages, together.messages),
    approvals: merge(rows.approvals, together.approvals),
  }
  expect(single.map((one) => one.failure)).toEqual([null])
  return together.timeline.map((row) => row.summary)
}
const user = (...events: ReadonlyArray<UserEvent>) => fold({ kind: "user", id: "ada", events })
const session = (...events: ReadonlyArray<SessionEvent>) => fold({ kind: "session", id: "s1", events })
const theRequest = () => rows.requests.get("r1")?.row
const theSession = () => rows.sessions.get("s1")?.row
const theMessage = (id: string) => rows.messages.get(id)?.row

const received = (from = "ada@example.org"): UserEvent => ({
  _tag: "MailReceived",
  mailId,
  raw,
  envelope: {
    from,
    to: "ada.x@maillm.localhost",
    remoteAddress: "127.0.0.1",
    helo: "h",
    secure: false,
    authenticatedAs: null,
  },
  recipient: { _tag: "Private" },
  receivedAtMillis: 900,
})
const opened: UserEvent = { _tag: "RequestOpened", request, sessionId, newSession: true }
const queued = () =>
  session(
    { _tag: "SessionOpened", title: "Run the tests", driver: "shell" },
    { _tag: "RequestQueued", request },
  )
const ordered: SessionEvent = { _tag: "TurnOrdered", turnId, requestId, nodeId }
const taken: SessionEvent = {
  _tag: "TurnTaken",
  turnId,
  requestId,
  nodeId,
  runtime: "host",
  startedAtMillis: 10_000,
}
const ended = (outcome: TurnOutcome): SessionEvent => ({
  _tag: "TurnEnded",
  turnId,
  requestId,
  result: resultWith(outcome),
})
const final = (state: "done" | "failed" | "cancelled", outcome: string): SessionEvent => ({
  _tag: "RequestEnded",
  requestId,
  state,
  outcome,
  by: "ada",
})

describe("a request that came by mail", () => {
  test("goes from the mail to its end, each row true at every step", () => {
    expect(user(received())).toEqual(["Mail from ada@example.org received (5 KiB)"])
    expect(theMessage("mail1")).toMatchObject({
      state: "received",
      from: "ada@example.org",
      atMillis: 900,
      raw,
    })

    expect(user({ _tag: "MailAccepted", mailId, content, requestId, sessionId }, opened)).toEqual([
      "Read and accepted as a request",
      "Request opened in a new session",
    ])
    expect(theMessage("mail1")).toMatchObject({ state: "accepted", requestId, sessionId })
    expect(theRequest()).toMatchObject({ state: "received", channel: "email", createdAtMillis: 1_000 })
    expect(theSession()).toMatchObject({ state: "idle", requestCount: 0, stateSource: "RequestOpened" })

    expect(queued()).toEqual(["Session opened with the shell driver", "Queued in its session"])
    expect(theRequest()?.state).toBe("queued")
    expect(theSession()).toMatchObject({ state: "queued", requestCount: 1, lastRequestId: requestId })

    expect(session({ _tag: "TurnDelayed", requestId, reason: "No node answers." })).toEqual([
      "Waiting: No node answers.",
    ])
    expect(theRequest()).toMatchObject({ state: "waiting", stateReason: "No node answers." })

    expect(session(ordered)).toEqual(["Sent to node node-x"])
    expect(theRequest()).toMatchObject({ state: "queued", stateReason: "", turnId, nodeId })
    expect(theSession()).toMatchObject({ state: "running", stateSource: "TurnOrdered", nodeId })

    expect(session(taken)).toEqual(["Typed into the pane on node node-x; the shell took it"])
    expect(theRequest()).toMatchObject({ state: "running", startedAtMillis: 10_000 })
    expect(theSession()).toMatchObject({ state: "running", runtime: "host" })

    expect(session({ _tag: "CancelAsked", requestId, by: "ada" })).toEqual(["ada asked to stop it"])
    expect(theRequest()).toMatchObject({ state: "running", stateReason: "Being stopped, as ada asked." })

    expect(session(ended({ _tag: "Exited", exitCode: 0 }), final("done", "Done in 2 min 14 s."))).toEqual([
      "Ended with exit code 0 after 2 min 14 s, 3.3 KiB of output",
      "Done in 2 min 14 s.",
    ])
    expect(theRequest()).toMatchObject({
      state: "done",
      stateReason: "",
      outcome: "Done in 2 min 14 s.",
      answer: "ok\n",
      exitCode: 0,
      outputBytes: 3_400,
      endedAtMillis: 144_000,
    })
    expect(theSession()).toMatchObject({ state: "idle", stateSource: "RequestEnded", openRequestIds: [] })
  })

  test("keeps its end, whatever is said about it later", () => {
    user(opened)
    queued()
    session(final("cancelled", "Cancelled before it began."))
    session(ordered, { _tag: "TurnDelayed", requestId, reason: "late" }, taken, {
      _tag: "CancelAsked",
      requestId,
      by: "x",
    })
    expect(theRequest()).toMatchObject({ state: "cancelled", stateReason: "Cancelled before it began." })
  })
})

describe("mail that is no request", () => {
  test.each([
    [
      { _tag: "MailQuarantined", mailId, content, reasons: ["a stranger", "a machine"] },
      "quarantined",
      "Kept in quarantine and not acted on: a stranger; a machine",
    ],
    [
      { _tag: "MailRefused", mailId, content, reasons: ["no text"], requestId, sessionId },
      "refused",
      "Refused, and answered: no text",
    ],
  ] as const)("%j", (event, state, summary) => {
    user(received(""))
    expect(user(event)).toEqual([summary])
    expect(theMessage("mail1")).toMatchObject({ state, reasons: event.reasons, raw })
  })

  test("has a row even if its receipt is not known any more", () => {
    user({ _tag: "MailQuarantined", mailId, content, reasons: [] })
    expect(theMessage("mail1")).toMatchObject({ state: "quarantined", raw: null })
  })
})

test("a request typed in the console is a message of its own", () => {
  user({ _tag: "UserCreated", name: "Ada", email: "ada@example.org", privateLocalPart: "ada.x" })
  const typed = { ...request, channel: "console" as const, replyTo: null }
  expect(user({ _tag: "RequestOpened", request: typed, sessionId, newSession: false })).toEqual([
    "Request opened in a session that goes on, typed in the console",
  ])
  expect(theMessage("r1")).toMatchObject({
    direction: "in",
    channel: "console",
    state: "accepted",
    from: "ada@example.org",
    text: "make test",
    requestId,
  })
})

describe("a turn's end", () => {
  test.each([
    [{ _tag: "Exited", exitCode: 2 }, 2, "Ended with exit code 2 after 2 min 14 s, 3.3 KiB of output"],
    [
      { _tag: "PaneEnded", exitCode: null, signal: 9 },
      null,
      "The pane's process ended with signal 9 after 2 min 14 s, 3.3 KiB of output",
    ],
    [
      { _tag: "PaneEnded", exitCode: 3, signal: null },
      3,
      "The pane's process ended with exit code 3 after 2 min 14 s, 3.3 KiB of output",
    ],
    [{ _tag: "Failed", reason: "no tmux", ran: "no" }, null, "Not run: no tmux"],
    [
      { _tag: "Failed", reason: "lost", ran: "unknown" },
      null,
      "Interrupted; how far it got is not known: lost",
    ],
  ] as const)("%j", (outcome, exitCode, summary) => {
    user(opened)
    queued()
    expect(session(ended(outcome))).toEqual([summary])
    expect(theRequest()).toMatchObject({ exitCode, answer: "ok\n" })
  })
})

describe("a session with several requests", () => {
  const second = { ...request, requestId: RequestId.make("r2") }

  test("goes on waiting while another request is open", () => {
    user(opened)
    queued()
    session({ _tag: "RequestQueued", request: second })
    session({ _tag: "TurnDelayed", requestId, reason: "No node answers." })
    session({
      _tag: "RequestEnded",
      requestId: second.requestId,
      state: "cancelled",
      outcome: "c",
      by: "ada",
    })
    expect(theSession()).toMatchObject({ state: "queued", requestCount: 2, openRequestIds: ["r1"] })
    session(final("cancelled", "c"))
    expect(theSession()).toMatchObject({ state: "idle", openRequestIds: [] })
  })

  test("runs on when a waiting one is cancelled, and is queued between two turns", () => {
    user(opened)
    queued()
    session({ _tag: "RequestQueued", request: second }, ordered, taken)
    session({
      _tag: "RequestEnded",
      requestId: second.requestId,
      state: "cancelled",
      outcome: "c",
      by: "ada",
    })
    expect(theSession()?.state).toBe("running")
    session({ _tag: "RequestQueued", request: { ...request, requestId: RequestId.make("r3") } })
    session(ended({ _tag: "Exited", exitCode: 0 }), final("done", "d"))
    expect(theSession()).toMatchObject({ state: "queued", openRequestIds: ["r3"] })
  })
})

describe("a reply", () => {
  const mail = {
    messageId,
    internetMessageId: "<mr1@maillm.localhost>",
    userId: request.userId,
    sessionId,
    requestId,
    epoch: 1,
    to: "ada@example.org",
    fromName: "maillm",
    fromAddress: "re.x@maillm.localhost",
    subject: "Re: Run the tests",
    inReplyTo: "<one@example.org>",
    references: [],
    outcome: "Done in 2 min 14 s.",
    answer: "ok\n",
    answerFormat: "terminal" as const,
    facts: [
      { label: "Exit code", value: "0" },
      { label: "Output", value: "3.3 KiB" },
    ],
    link: "http://127.0.0.1:4000/requests/r1",
    attachments: [],
    createdAtMillis: 150_000,
  }
  const about = { messageId, requestId }
  beforeEach(() => {
    user(opened)
    queued()
    expect(session({ _tag: "ReplyQueued", mail })).toEqual(["Reply to ada@example.org written"])
  })

  test("is there as it is to be sent", () => {
    expect(theMessage("mr1")).toMatchObject({
      direction: "out",
      state: "queued",
      to: "ada@example.org",
      text: "Done in 2 min 14 s.\n\nok\n\nExit code: 0\nOutput: 3.3 KiB\nConsole: http://127.0.0.1:4000/requests/r1",
      raw: null,
    })
  })

  test.each([
    [
      { _tag: "ReplySent", ...about, via: "outbox", raw, detail: "" },
      "kept",
      "Reply kept in the outbox: no relay is set",
    ],
    [
      { _tag: "ReplySent", ...about, via: "relay", raw, detail: "250 ok" },
      "delivered",
      "Reply taken by the relay: 250 ok",
    ],
    [
      { _tag: "ReplyFailed", ...about, attempt: 2, reason: "421 busy", retryAtMillis: 1_790_000_000_000 },
      "retrying",
      "Reply not sent at attempt 2, tried again at 2026-09-21 14:13:20 UTC: 421 busy",
    ],
    [
      { _tag: "ReplyFailed", ...about, attempt: 9, reason: "550 no", retryAtMillis: null },
      "failed",
      "Reply given up after attempt 9: 550 no",
    ],
  ] as const)("%j", (event, state, summary) => {
    expect(session(event)).toEqual([summary])
    expect(theMessage("mr1")?.state).toBe(state)
  })
})

test("a command that was put aside is told, and changes no request", () => {
  user(opened)
  queued()
  const failed = { _tag: "CommandFailed", commandId: "c", commandTag: "TurnEnded", reason: "boom" } as const
  const before = theRequest()
  expect(session(failed)).toEqual(["TurnEnded could not be handled and was put aside: boom"])
  expect(user(failed)).toEqual(["TurnEnded could not be handled and was put aside: boom"])
  expect(theRequest()).toEqual(before)
})

test("a request that was sent to its node and ends without a result leaves its session idle", () => {
  user(opened)
  queued()
  session(ordered)
  expect(theSession()?.state).toBe("running")
  session({ _tag: "RequestEnded", requestId, state: "failed", outcome: "lost", by: "maillm" })
  expect(theRequest()).toMatchObject({ state: "failed", outcome: "lost" })
  expect(theSession()).toMatchObject({ state: "idle", stateSource: "RequestEnded" })
})

test("a record of a session that nothing is known of changes nothing and says why", () => {
  const record = recordOf({ kind: "session", id: "s9", events: [ordered] }, 1, 1)
  const { together, single } = foldBatch([{ sequence: 1, record }], rows)
  expect(single[0]?.failure).toBe("nothing says whose session it is of")
  expect(together).toEqual({
    users: [],
    requests: [],
    sessions: [],
    messages: [],
    approvals: [],
    timeline: [],
  })
})
