import { accountEvents } from "./accountEvents.ts"
import { MessageId, NodeId, RequestId, SessionId, TurnId, UserId } from "@maillm/schema/Ids"
import { ApprovalId } from "@maillm/schema/Approval"
import type { MailContent, OutboundMail } from "@maillm/schema/Message"
import type { SessionRecord, UserRecord } from "@maillm/schema/Record"
import type { SessionEvent } from "@maillm/schema/SessionActor"
import type { TurnResult } from "@maillm/schema/Turn"
import type { RequestSpec, UserEvent } from "@maillm/schema/UserActor"
import type { ActorRecord } from "../../src/projection/project.ts"
import { relayedOrigin } from "../../src/user/testing/sampleMails.ts"

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export const randomOf = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const blob = (sizeBytes: number) => ({ sha256: sizeBytes.toString(16).padStart(64, "0"), sizeBytes })
const startMillis = 1_790_000_000_000

/** An event, and whose journal it goes to. */
type Step =
  | { readonly kind: "user"; readonly id: string; readonly events: ReadonlyArray<UserEvent> }
  | { readonly kind: "session"; readonly id: string; readonly events: ReadonlyArray<SessionEvent> }

export const recordOf = (step: Step, at: number, serial: number): ActorRecord => {
  const common = {
    v: 1 as const,
    id: step.id,
    commitId: `c${serial}`,
    epoch: 1,
    host: "h1",
    commandSeq: serial,
    commandId: `command-${serial}`,
    prevSeq: 0,
    atMillis: at,
    effects: [],
  }
  return step.kind === "user"
    ? { kind: "user", record: { ...common, kind: "user", events: step.events } satisfies UserRecord }
    : { kind: "session", record: { ...common, kind: "session", events: step.events } satisfies SessionRecord }
}

const readable = (from: string, subject: string, text: string): MailContent => ({
  _tag: "Readable",
  mail: {
    from: [from],
    fromHeaderCount: 1,
    fromName: "Ada",
    subject,
    messageId: "<one@example.org>",
    inReplyTo: "",
    references: [],
    dateMillis: null,
    automatic: null,
    newestText: text,
    quotedText: "> quoted",
    signature: "",
    attachments: [{ name: "a.txt", type: "text/plain", blob: blob(12) }],
  },
})

const resultOf = (random: () => number, at: number): TurnResult => {
  const kind = random()
  const usage = {
    inputTokens: 1_200,
    outputTokens: 340,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    costMicroUsd: random() < 0.2 ? null : 41_000,
    models: ["claude-opus-5"],
  }
  const agent =
    random() < 0.4 ? { answer: "**Done**: three tests pass.", usage, recording: blob(70_000) } : {}
  return {
    ...agent,
    outcome:
      kind < 0.7
        ? { _tag: "Exited", exitCode: kind < 0.5 ? 0 : 2 }
        : kind < 0.85
          ? { _tag: "PaneEnded", exitCode: null, signal: 9 }
          : { _tag: "Failed", reason: "The node was lost.", ran: "unknown" },
    outputText: "line of output\n".repeat(Math.floor(random() * 60)),
    outputBytes: Math.floor(random() * 100_000),
    truncated: random() < 0.1,
    outputBlob: random() < 0.1 ? blob(5_000_000) : null,
    startedAtMillis: at - 134_000,
    endedAtMillis: at,
  }
}

const replyTo = (request: RequestSpec, sessionId: SessionId, at: number): OutboundMail => ({
  messageId: MessageId.make(`m-${request.requestId}`),
  internetMessageId: `<${request.requestId}@maillm.localhost>`,
  userId: request.userId,
  sessionId,
  requestId: request.requestId,
  epoch: 1,
  to: "ada@example.org",
  fromName: "maillm",
  fromAddress: "re.x@maillm.localhost",
  subject: `Re: ${request.title}`,
  inReplyTo: "<one@example.org>",
  references: ["<one@example.org>"],
  outcome: "Done in 2 min 14 s.",
  answer: "line of output",
  answerFormat: "terminal",
  facts: [{ label: "Exit code", value: "0" }],
  link: "",
  attachments: [],
  createdAtMillis: at,
})

/** One request's life, from the mail to its reply, in steps that others' may come between. */
function* life(
  random: () => number,
  user: string,
  sessionId: SessionId,
  serial: number,
  now: () => number,
): Generator<Step, void> {
  const userId = UserId.make(user)
  const mailId = MessageId.make(`mail-${serial}`)
  const requestId = RequestId.make(`r-${serial}`)
  const sender = `${user}@example.org`
  const typed = random() < 0.2
  const content = readable(sender, `Request number ${serial}`, `make part-${serial}`)
  if (!typed) {
    const envelope = {
      from: sender,
      to: "x@maillm.localhost",
      remoteAddress: "127.0.0.1",
      helo: "localhost",
      secure: false,
      authenticatedAs: null,
    }
    const received = { mailId, raw: blob(5_120 + serial), envelope, receivedAtMillis: now() }
    const relayed = serial % 2 === 0 ? { origin: relayedOrigin({ author: sender }) } : {}
    yield user1(user, { _tag: "MailReceived", ...received, recipient: { _tag: "Private" }, ...relayed })
    if (random() < 0.1) {
      yield user1(user, { _tag: "MailQuarantined", mailId, content, reasons: ["not the owner"] })
      if (serial % 2 > 0)
        yield user1(user, { _tag: "ReplyCapped", mailId, reason: "too many", atMillis: now() })
      if (serial % 3 > 0) return
      yield user1(user, { _tag: "MailReleased", mailId, by: sender })
    }
  }
  const refusal = random() < 0.1 ? "There is no text to act on." : null
  const thread = { subject: `Request number ${serial}`, messageId: "<one@example.org>", references: [] }
  const request: RequestSpec = {
    requestId,
    userId,
    channel: typed ? "console" : "email",
    text: `make part-${serial}`,
    title: `Request number ${serial}`,
    attachments: [],
    replyTo: typed ? null : { address: sender, thread },
    receivedAtMillis: now(),
    refusal,
  }
  const opened: UserEvent = { _tag: "RequestOpened", request, sessionId, newSession: random() < 0.5 }
  const read: UserEvent =
    refusal === null
      ? { _tag: "MailAccepted", mailId, content, requestId, sessionId }
      : { _tag: "MailRefused", mailId, content, reasons: [refusal], requestId, sessionId }
  yield user1(user, ...(typed ? [opened] : [read, opened]))
  yield* turn(random, request, sessionId, now)
}

const user1 = (id: string, ...events: ReadonlyArray<UserEvent>): Step => ({ kind: "user", id, events })
const session1 = (id: string, ...events: ReadonlyArray<SessionEvent>): Step => ({
  kind: "session",
  id,
  events,
})

function* turn(
  random: () => number,
  request: RequestSpec,
  sessionId: SessionId,
  now: () => number,
): Generator<Step, void> {
  const { requestId } = request
  const nodeId = NodeId.make(`node-${Math.floor(random() * 3)}`)
  const turnId = TurnId.make(`t-${requestId}`)
  const queued: SessionEvent = { _tag: "RequestQueued", request }
  yield session1(sessionId, { _tag: "SessionOpened", title: request.title, driver: "shell" }, queued)
  if (random() < 0.2) {
    yield session1(sessionId, { _tag: "TurnLeaveAsked", requestId })
    yield session1(sessionId, { _tag: "TurnLeaveGiven", requestId })
    yield session1(sessionId, {
      _tag: "SessionPolicySet",
      layer: { classes: { publish: "allow" } },
      by: "ada",
    })
  }
  if (random() < 0.2)
    yield session1(sessionId, {
      _tag: "DriverChosen",
      requestId,
      driver: "codex",
      reason: "you asked for it",
    })
  if (random() < 0.1) {
    const untilMillis = now() + 3_600_000
    yield session1(sessionId, {
      _tag: "RequestParked",
      requestId,
      untilMillis,
      reason: "Its limit is reached.",
    })
  }
  if (random() < 0.1) {
    yield session1(sessionId, { _tag: "FilesAsked", requestId, nodeId, reason: "" })
    if (random() < 0.5)
      return yield session1(
        sessionId,
        { _tag: "FilesFetched", requestId, nodeId, paths: [{ _tag: "Missing", path: "a.pdf", close: [] }] },
        {
          _tag: "RequestEnded",
          requestId,
          state: "failed",
          outcome: "a.pdf could not be sent.",
          by: "maillm",
        },
      )
    yield session1(sessionId, { _tag: "FetchPassedOn", requestId, reason: "a.pdf is not in the workspace." })
  }
  if (random() < 0.2)
    yield session1(sessionId, { _tag: "TurnDelayed", requestId, reason: "No node answers." })
  if (random() < 0.1) {
    const cancelled = { state: "cancelled", outcome: "Cancelled before it began.", by: "ada" } as const
    return yield session1(sessionId, { _tag: "RequestEnded", requestId, ...cancelled })
  }
  yield session1(sessionId, { _tag: "TurnOrdered", turnId, requestId, nodeId })
  const startedAtMillis = now()
  yield session1(sessionId, {
    _tag: "TurnTaken",
    turnId,
    requestId,
    nodeId,
    runtime: "host",
    startedAtMillis,
  })
  if (random() < 0.1) yield session1(sessionId, { _tag: "CancelAsked", requestId, by: "ada" })
  if (random() < 0.3) yield* question(random, request, sessionId, turnId, now)
  const result = resultOf(random, now())
  const mail = request.replyTo === null ? null : replyTo(request, sessionId, now())
  const state = result.outcome._tag === "Exited" ? "done" : "failed"
  yield session1(
    sessionId,
    { _tag: "TurnEnded", turnId, requestId, result },
    { _tag: "RequestEnded", requestId, state, outcome: "Done in 2 min 14 s.", by: "" },
    ...(mail === null ? [] : [{ _tag: "ReplyQueued", mail } as const]),
  )
  if (mail === null) return
  const { messageId } = mail
  const failed = { messageId, requestId, attempt: 1, reason: "421 busy" }
  if (random() < 0.2)
    yield session1(sessionId, { _tag: "ReplyFailed", ...failed, retryAtMillis: now() + 60_000 })
  if (random() < 0.1)
    return yield session1(sessionId, { _tag: "ReplyFailed", ...failed, retryAtMillis: null })
  const via = random() < 0.5 ? ("outbox" as const) : ("relay" as const)
  yield session1(sessionId, {
    _tag: "ReplySent",
    messageId,
    requestId,
    via,
    raw: blob(9_000),
    detail: "250 ok",
  })
  if (random() < 0.97) return
  const said = { status: "5.1.1", reason: "550 5.1.1 no such user" }
  yield session1(sessionId, { _tag: "ReplyBounced", messageId, requestId, ...said })
  const { userId } = mail
  const address = mail.to
  yield user1(userId, { _tag: "AddressUnreachable", address, ...said, messageId, sessionId, atMillis: now() })
  if (random() < 0.5) yield user1(userId, { _tag: "AddressRetried", address, by: "ada", atMillis: now() })
}

/** A question of the agent's, and what became of it, which the user's actor notes as well. */
function* question(
  random: () => number,
  request: RequestSpec,
  sessionId: SessionId,
  turnId: TurnId,
  now: () => number,
): Generator<Step, void> {
  const { requestId, userId } = request
  const approvalId = ApprovalId.make(`a-${requestId}`)
  const note = { _tag: "ApprovalNoted", approvalId, sessionId, requestId, code: "7F3K5" } as const
  const approval = {
    approvalId,
    requestId,
    turnId,
    userId,
    sessionId,
    kind: "tool" as const,
    tool: "Bash",
    command: "git push --force",
    cwd: "/workspace",
    inputHash: "d".repeat(64),
    class: "force-push",
    reason: "It rewrites what others have.",
    askedAtMillis: now(),
    expiresAtMillis: now() + 3_600_000,
    code: "7F3K5",
    state: "pending" as const,
    decidedBy: "",
    decidedVia: null,
    decidedAtMillis: null,
    note: "",
  }
  yield session1(sessionId, { _tag: "ApprovalAsked", approval })
  yield user1(userId, { ...note, open: true })
  if (random() < 0.3) yield session1(sessionId, { _tag: "ApprovalReminded", approvalId, requestId })
  const mailId = MessageId.make(`answer-${requestId}`)
  const content = readable("ada@example.org", `Re: ${request.title}`, "yes")
  if (random() < 0.5) {
    const answer = { mailId, content, approvalId, sessionId, requestId, decision: "allow" } as const
    yield user1(userId, { _tag: "MailAnswered", ...answer })
  }
  const state = random() < 0.6 ? ("allowed" as const) : ("denied" as const)
  const answered = { approvalId, requestId, by: "ada@example.org", via: "email" } as const
  yield session1(sessionId, { _tag: "ApprovalAnswered", ...answered, state, note: "", atMillis: now() })
  yield user1(userId, { ...note, open: false })
  if (random() < 0.3)
    yield session1(sessionId, { _tag: "ApprovalAnsweredLate", ...answered, decision: "deny", via: "link" })
  if (state === "allowed") yield session1(sessionId, { _tag: "ApprovalConsumed", approvalId, requestId })
  yield user1(userId, { _tag: "PolicySet", layer: { classes: { publish: "deny" } }, by: "ada" })
  yield user1(userId, { _tag: "CostNoted", sessionId, turnId, costMicroUsd: 41_000, atMillis: now() })
}

/** About `count` schema-valid records of a few users and many sessions, mixed as they would be in EVT. */
export const syntheticRecords = (count: number, seed: number): ReadonlyArray<ActorRecord> => {
  const random = randomOf(seed)
  const records: Array<ActorRecord> = []
  let clock = startMillis
  const now = () => (clock += Math.floor(random() * 3))
  const add = (step: Step) => records.push(recordOf(step, now(), records.length + 1))
  const users = ["ada", "ben", "cyd"]
  for (const name of users) {
    const created = { name, email: `${name}@example.org`, privateLocalPart: `${name}.${"a".repeat(26)}` }
    add(user1(name, { _tag: "UserCreated", ...created }))
    for (const event of accountEvents(name, now)) add(user1(name, event))
  }
  const lives: Array<Generator<Step, void>> = []
  let serial = 0
  while (records.length < count) {
    if (lives.length < 12) {
      serial++
      const sessionId = SessionId.make(`s-${Math.floor(random() * (1 + serial / 2))}`)
      // A session has one owner.
      const user = users[Number(sessionId.slice(2)) % users.length] ?? "ada"
      lives.push(life(random, user, sessionId, serial, now))
    }
    const at = Math.floor(random() * lives.length)
    const next = lives[at]?.next()
    if (next?.done === false) add(next.value)
    else lives.splice(at, 1)
    if (random() < 0.01) {
      const failed = { commandId: `x${serial}`, commandTag: "MailRead", reason: "boom" }
      add(user1("ada", { _tag: "CommandFailed", ...failed }))
    }
  }
  return records
}
