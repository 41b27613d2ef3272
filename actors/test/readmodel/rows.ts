import { MessageId, RequestId, SessionId, UserId } from "@maillm/schema/Ids"
import { ApprovalId } from "@maillm/schema/Approval"
import type {
  ApprovalRow,
  MessageRow,
  RequestRow,
  SessionRow,
  TimelineRow,
  UserRow,
} from "@maillm/schema/ReadModel"
import type { RowChanges } from "../../src/readmodel/ReadModel.ts"

/** Rows for tests, whole and valid, with what a test cares about put over them. */
export const userRow = (id: string, over: Partial<UserRow> = {}): UserRow => ({
  id: UserId.make(id),
  name: "Ada",
  email: "ada@example.org",
  privateLocalPart: "ada.aaaaaaaaaaaaaaaaaaaaaaaaaa",
  createdAtMillis: 1_000,
  ...over,
})

export const requestRow = (id: string, over: Partial<RequestRow> = {}): RequestRow => ({
  id: RequestId.make(id),
  userId: UserId.make("u1"),
  sessionId: SessionId.make("s1"),
  channel: "email",
  title: "List files",
  text: "ls -la",
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
  attachments: [],
  createdAtMillis: 1_000,
  startedAtMillis: null,
  endedAtMillis: null,
  updatedAtMillis: 1_000,
  ...over,
})

export const sessionRow = (id: string, over: Partial<SessionRow> = {}): SessionRow => ({
  id: SessionId.make(id),
  userId: UserId.make("u1"),
  title: "List files",
  driver: "shell",
  runtime: null,
  nodeId: null,
  state: "idle",
  stateAtMillis: 1_000,
  stateSource: "SessionOpened",
  requestCount: 0,
  lastRequestId: null,
  createdAtMillis: 1_000,
  updatedAtMillis: 1_000,
  ...over,
})

export const messageRow = (id: string, over: Partial<MessageRow> = {}): MessageRow => ({
  id: MessageId.make(id),
  userId: UserId.make("u1"),
  direction: "in",
  channel: "email",
  state: "received",
  reasons: [],
  sessionId: null,
  requestId: null,
  from: "ada@example.org",
  to: "ada.aaaaaaaaaaaaaaaaaaaaaaaaaa@maillm.localhost",
  subject: "List files",
  text: "",
  quotedText: "",
  internetMessageId: "",
  inReplyTo: "",
  attachments: [],
  raw: null,
  remoteAddress: "127.0.0.1",
  atMillis: 1_000,
  updatedAtMillis: 1_000,
  ...over,
})

export const approvalRow = (id: string, over: Partial<ApprovalRow> = {}): ApprovalRow => ({
  id: ApprovalId.make(id),
  approvalId: ApprovalId.make(id),
  userId: UserId.make("u1"),
  sessionId: SessionId.make("s1"),
  requestId: RequestId.make("r1"),
  turnId: null,
  kind: "tool",
  tool: "Bash",
  command: "rm -rf ../other",
  cwd: "/workspace",
  inputHash: "c".repeat(64),
  class: "delete-outside-workspace",
  reason: "It deletes files outside of the workspace.",
  askedAtMillis: 1_000,
  expiresAtMillis: 30_000_000,
  code: "7F3K5",
  state: "pending",
  decidedBy: "",
  decidedVia: null,
  decidedAtMillis: null,
  note: "",
  title: "List files",
  nodeId: null,
  updatedAtMillis: 1_000,
  ...over,
})

export const timelineRow = (position: number, over: Partial<TimelineRow> = {}): TimelineRow => ({
  position,
  userId: UserId.make("u1"),
  sessionId: null,
  requestId: null,
  messageId: null,
  atMillis: 1_000,
  type: "MailReceived",
  summary: "Mail from ada@example.org received (5 KiB)",
  ...over,
})

export const changes = (over: Partial<RowChanges>): RowChanges => ({
  users: [],
  requests: [],
  sessions: [],
  messages: [],
  approvals: [],
  timeline: [],
  ...over,
})
