import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
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
import type { Settings } from "@maillm/schema/Settings"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import type { RowChanges } from "@maillm/actors/readmodel/ReadModel"
import { SqliteReadModel } from "@maillm/actors/readmodel/SqliteReadModel"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { HealthProbes } from "../src/http/HealthProbes.ts"
import { HttpLayer } from "../src/http/HttpLayer.ts"
import { HttpAddress } from "../src/http/NodeServer.ts"
import { SmtpProbeLayer } from "../src/http/SmtpProbe.ts"
import { SignInLinks } from "../src/identity/SignInLinks.ts"
import { SmtpServerLayer } from "../src/smtp/SmtpServerLayer.ts"
import { owner, testAuthenticator, testBase } from "./testStack.ts"

export interface HttpStackOptions {
  readonly settings?: Partial<Settings["Service"]>
  readonly consoleFolder?: string
  readonly smtp?: boolean
}

/** The gateway's HTTP side on a real nats-server, with the SQLite read model; no actors. */
export const httpStack = (natsUrl: string, options: HttpStackOptions = {}) => {
  const smtp =
    options.smtp === true
      ? SmtpProbeLayer.pipe(Layer.provide(SmtpServerLayer()), Layer.provide(testAuthenticator()))
      : Layer.empty
  const layer = Layer.mergeAll(
    HttpLayer({ consoleFolder: options.consoleFolder ?? "/nonexistent" }),
    smtp,
  ).pipe(
    Layer.provideMerge(Layer.mergeAll(SqliteReadModel.layer(":memory:"), HealthProbes.layer)),
    Layer.provideMerge(testBase(natsUrl, options.settings)),
  )
  return ManagedRuntime.make(layer)
}
export type HttpStack = ReturnType<typeof httpStack>

/** A nats-server and a gateway on it, for the tests of one file. */
export const startHttpStack = async (options: HttpStackOptions = {}) => {
  const nats = await startTestNats()
  const runtime = httpStack(nats.url, options)
  const { url, port } = await runtime.runPromise(HttpAddress)
  const stop = async () => {
    await runtime.dispose()
    await nats.stop()
  }
  return { nats, runtime, url, port, stop }
}
export type StartedHttp = Awaited<ReturnType<typeof startHttpStack>>

export const bearer = { authorization: `Bearer ${owner.token}` }

export const temporaryFolder = () => {
  const path = mkdtempSync(join(tmpdir(), "maillm-http-"))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 10 }) }
}

/** The token of a new one-time link. */
export const linkToken = async ({ runtime, url }: StartedHttp) => {
  const link = await runtime.runPromise(
    Effect.flatMap(SignInLinks, (links) => links.make(UserId.make(owner.userId), url)),
  )
  return link.slice(link.indexOf("#token=") + "#token=".length)
}

/** Signs in as the console does; answers the cookie as a `Cookie` header. */
export const signIn = async (stack: StartedHttp) => {
  const response = await fetch(`${stack.url}/api/auth/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: stack.url },
    body: JSON.stringify({ token: await linkToken(stack) }),
  })
  const [cookie] = response.headers.getSetCookie()
  if (cookie === undefined) throw new Error(`sign-in gave ${response.status} and no cookie`)
  return cookie.slice(0, cookie.indexOf(";"))
}

let sequence = 0

/** Folds rows into the read model, as the projector would. */
export const fold = (stack: StartedHttp, changes: Partial<RowChanges>) =>
  stack.runtime.runPromise(
    Effect.flatMap(ReadModel, (readModel) =>
      readModel.apply(++sequence, "test", {
        users: [],
        requests: [],
        sessions: [],
        messages: [],
        approvals: [],
        timeline: [],
        ...changes,
      }),
    ),
  )

export const userRow = (change: Partial<UserRow> = {}): UserRow => ({
  id: UserId.make(owner.userId),
  name: "Ada",
  email: owner.email,
  privateLocalPart: "ada.aaaaaaaaaaaaaaaaaaaaaaaaaa",
  createdAtMillis: 1,
  ...change,
})

export const requestRow = (id: string, change: Partial<RequestRow> = {}): RequestRow => ({
  id: RequestId.make(id),
  userId: UserId.make(owner.userId),
  sessionId: SessionId.make("s1"),
  channel: "console",
  title: "list files",
  text: "ls",
  state: "running",
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
  ...change,
})

export const sessionRow = (id: string, change: Partial<SessionRow> = {}): SessionRow => ({
  id: SessionId.make(id),
  userId: UserId.make(owner.userId),
  title: "list files",
  driver: "shell",
  runtime: null,
  nodeId: null,
  state: "idle",
  stateAtMillis: 1_000,
  stateSource: "RequestAdded",
  requestCount: 1,
  lastRequestId: null,
  createdAtMillis: 1_000,
  updatedAtMillis: 1_000,
  ...change,
})

export const messageRow = (id: string, change: Partial<MessageRow> = {}): MessageRow => ({
  id: MessageId.make(id),
  userId: UserId.make(owner.userId),
  direction: "in",
  channel: "email",
  state: "accepted",
  reasons: [],
  sessionId: null,
  requestId: null,
  from: owner.email,
  to: "ada@maillm.localhost",
  subject: "hello",
  text: "ls",
  quotedText: "",
  internetMessageId: "<1@example.org>",
  inReplyTo: "",
  attachments: [],
  raw: null,
  remoteAddress: "127.0.0.1",
  atMillis: 1_000,
  updatedAtMillis: 1_000,
  ...change,
})

export const approvalRow = (id: string, change: Partial<ApprovalRow> = {}): ApprovalRow => ({
  id: ApprovalId.make(id),
  approvalId: ApprovalId.make(id),
  userId: UserId.make(owner.userId),
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
  expiresAtMillis: Date.now() + 8 * 3_600_000,
  code: "7F3K5",
  state: "pending",
  decidedBy: "",
  decidedVia: null,
  decidedAtMillis: null,
  note: "",
  title: "list files",
  nodeId: null,
  updatedAtMillis: 1_000,
  ...change,
})

export const timelineRow = (position: number, change: Partial<TimelineRow> = {}): TimelineRow => ({
  position,
  userId: UserId.make(owner.userId),
  sessionId: null,
  requestId: null,
  messageId: null,
  atMillis: 1_000,
  type: "RequestOpened",
  summary: "asked for something",
  ...change,
})

/** Waits for a fact with a deadline, looking every 10 ms. */
export const until = async (what: string, fact: () => boolean | Promise<boolean>, millis = 20_000) => {
  const deadline = performance.now() + millis
  while (!(await fact())) {
    if (performance.now() > deadline) throw new Error(`not within ${millis} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
