import { MessageId, NodeId, RequestId, SessionId, TurnId, UserId } from "@maillm/schema/Ids"
import type { BlobRef } from "@maillm/schema/Message"
import type {
  ApprovalRow,
  MessageRow,
  RequestRow,
  SessionRow,
  TimelineRow,
  UnreachableRow,
} from "@maillm/schema/ReadModel"
import type { Me } from "@maillm/schema/api/SystemApi"
import { type Sample, samples, sessionTitles } from "./samples.ts"

export const user = UserId.make("u1")
export const owner = "ada@example.org"
export const address = "ada.k5m2x7qwz4c3hv6t2rybnd5oju@maillm.localhost"
const node = NodeId.make("node-atlas")
const minute = 60_000

const hash = (seed: number): string =>
  Array.from({ length: 64 }, (_, index) => ((seed * 7 + index * 13 + seed * index) % 16).toString(16)).join(
    "",
  )
const blob = (seed: number, sizeBytes: number): BlobRef => ({ sha256: hash(seed), sizeBytes })

export const me: Me = {
  user: {
    id: user,
    name: "Ada Byron",
    email: owner,
    privateLocalPart: "ada.k5m2x7qwz4c3hv6t2rybnd5oju",
    createdAtMillis: Date.now() - 40 * 24 * 60 * minute,
  },
  address,
  signedInBy: "cookie",
  expiresAtMillis: Date.now() + 14 * 24 * 60 * minute,
  version: "0.1.0",
  requestTextLimit: 32_768,
  spendingCapMicroUsd: null,
}

/** The owner's address after mail to it came back. */
export const unreachable: ReadonlyArray<UnreachableRow> = [
  {
    address: owner,
    status: "5.1.1",
    reason: "550 5.1.1 <ada@example.org>: Recipient address rejected: User unknown",
    messageId: MessageId.make("mr01"),
    sessionId: SessionId.make("s01kq4"),
    atMillis: Date.now() - 12 * minute,
  },
]

export interface World {
  readonly requests: Map<string, RequestRow>
  readonly sessions: Map<string, SessionRow>
  readonly messages: Map<string, MessageRow>
  readonly timeline: Array<TimelineRow>
  readonly approvals: Map<string, ApprovalRow>
  sequence: number
}

export const sessionIdOf = (index: number) => SessionId.make(`s${String(index + 1).padStart(2, "0")}kq4`)

const session = (index: number, now: number): SessionRow => ({
  id: sessionIdOf(index),
  userId: user,
  title: sessionTitles[index] ?? "Session",
  driver: "shell",
  runtime: index === 4 ? "host" : "docker",
  nodeId: index === 5 ? null : node,
  state: "idle",
  stateAtMillis: now - (index + 1) * 47 * minute,
  stateSource: "TurnEnded",
  requestCount: 0,
  lastRequestId: null,
  createdAtMillis: now - (index + 2) * 26 * 60 * minute,
  updatedAtMillis: now - (index + 1) * 47 * minute,
})

/** First line of an answer, as the session actor words it. */
export const outcomeOf = (exitCode: number, tookMillis: number): string => {
  const seconds = Math.round(tookMillis / 1_000)
  const time = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return exitCode === 0 ? `Done in ${time}` : `Failed after ${time}: exit code ${exitCode}`
}

export const emptyWorld = (): World => ({
  requests: new Map(),
  sessions: new Map(),
  messages: new Map(),
  timeline: [],
  approvals: new Map(),
  sequence: 1_000,
})

export const step = (
  world: World,
  row: RequestRow,
  atMillis: number,
  type: string,
  summary: string,
): TimelineRow => {
  world.sequence += 1
  const made: TimelineRow = {
    position: world.sequence * 1_000,
    userId: user,
    sessionId: row.sessionId,
    requestId: row.id,
    messageId: null,
    atMillis,
    type,
    summary,
  }
  world.timeline.push(made)
  return made
}

export const mailOf = (
  row: RequestRow,
  direction: "in" | "out",
  number: number,
  atMillis: number,
  state: MessageRow["state"],
): MessageRow => ({
  id: MessageId.make(`${direction}-${row.id}`),
  userId: user,
  direction,
  channel: "email",
  state,
  reasons: state === "kept" ? ["kept in the outbox, for no relay is set"] : [],
  sessionId: row.sessionId,
  requestId: row.id,
  from: direction === "in" ? owner : `re.u1.${row.sessionId}.c4qk7m2zt6wv3xha@maillm.localhost`,
  to: direction === "in" ? address : owner,
  subject: direction === "in" ? row.title : `Re: ${row.title}`,
  text: direction === "in" ? row.text : `${row.outcome}\n\n${row.answer}\n\nTime: ${row.outcome}\n`,
  quotedText: "",
  internetMessageId: `<${direction}-${number}@maillm.localhost>`,
  inReplyTo: direction === "in" ? "" : `<in-${number}@maillm.localhost>`,
  attachments: [],
  raw: blob(number, 1_900 + number * 37),
  remoteAddress: direction === "in" ? "127.0.0.1" : "",
  atMillis,
  updatedAtMillis: atMillis,
})

/** A request that has not begun. */
export const newRequest = (
  world: World,
  sample: Sample,
  number: number,
  createdAtMillis: number,
): RequestRow => {
  const row: RequestRow = {
    id: RequestId.make(`r${String(number).padStart(4, "0")}x7`),
    userId: user,
    sessionId: sessionIdOf(sample.session),
    channel: sample.channel,
    title: sample.title,
    text: sample.text,
    state: "queued",
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
    createdAtMillis,
    startedAtMillis: null,
    endedAtMillis: null,
    updatedAtMillis: createdAtMillis,
  }
  world.requests.set(row.id, row)
  return row
}

/** What a turn's end makes of a request. */
export const ended = (row: RequestRow, sample: Sample, endedAtMillis: number): RequestRow => ({
  ...row,
  state: sample.exitCode === 0 ? "done" : "failed",
  outcome: outcomeOf(sample.exitCode, sample.tookMillis),
  answer: sample.answer,
  outputBytes: new TextEncoder().encode(sample.answer).length,
  exitCode: sample.exitCode,
  endedAtMillis,
  updatedAtMillis: endedAtMillis,
})

const finished = (world: World, sample: Sample, number: number, createdAt: number) => {
  const queued = newRequest(world, sample, number, createdAt)
  const startedAt = createdAt + 640
  const endedAt = startedAt + sample.tookMillis
  const row = ended(
    { ...queued, startedAtMillis: startedAt, nodeId: node, turnId: TurnId.make(`t${number}`) },
    sample,
    endedAt,
  )
  const large = number % 9 === 4
  world.requests.set(
    row.id,
    large ? { ...row, truncated: true, outputBytes: 4_812_330, outputBlob: blob(number, 4_812_330) } : row,
  )
  if (sample.channel === "email") {
    step(world, row, createdAt - 210, "MailReceived", `A mail came from ${owner}`)
    step(world, row, createdAt - 40, "MailAccepted", "The mail was read and is a request")
    world.messages.set(`in-${row.id}`, mailOf(row, "in", number, createdAt - 210, "accepted"))
  }
  step(world, row, createdAt, "RequestQueued", `Queued in “${sessionTitles[sample.session] ?? ""}”`)
  step(world, row, createdAt + 24, "TurnOrdered", "Ordered on node-atlas")
  step(world, row, startedAt, "TurnTaken", "The shell took it (docker)")
  step(world, row, endedAt, "TurnEnded", row.outcome)
  step(world, row, endedAt + 12, "RequestEnded", `The request is ${row.state}`)
  if (sample.channel === "email") {
    step(world, row, endedAt + 13, "ReplyQueued", `A reply to ${owner} was written`)
    step(world, row, endedAt + 96, "ReplySent", "The reply is kept in the outbox: no relay is set")
    world.messages.set(`out-${row.id}`, mailOf(row, "out", number, endedAt + 13, "kept"))
  }
}

const strangers = (world: World, now: number) => {
  const base = world.messages.values().next().value
  if (base === undefined) return
  const blank = { ...base, requestId: null, sessionId: null, direction: "in" as const, inReplyTo: "" }
  const odd: ReadonlyArray<Partial<MessageRow>> = [
    {
      from: "billing@parcel-notice.example",
      subject: "Your parcel could not be delivered",
      text: "Open the attached form and confirm your address within 24 hours.",
      state: "quarantined",
      reasons: [
        "its author billing@parcel-notice.example is not an address of this account",
        "the signature of parcel-notice.example (selector k1) does not cover Subject: others may have changed that",
      ],
      remoteAddress: "203.0.113.77",
      origin: {
        _tag: "Relayed",
        standing: "unproven",
        author: "billing@parcel-notice.example",
        reasons: [
          "the signature of parcel-notice.example (selector k1) does not cover Subject: others may have changed that",
        ],
        spf: { result: "softfail", detail: "203.0.113.77 is not a server of parcel-notice.example" },
        dkim: { result: "pass", detail: "parcel-notice.example (k1): pass" },
        dmarc: { result: "pass", detail: "a policy (p=none) was found and met" },
        arc: { result: "none", detail: "" },
        marks: [],
      },
      atMillis: now - 96 * minute,
      attachments: [{ name: "form.pdf.exe", type: "application/octet-stream", blob: blob(77, 418_233) }],
    },
    {
      from: owner,
      subject: "Out of office: Re: Check the wiki backup of last night",
      text: "I am away until Monday.",
      state: "quarantined",
      reasons: ["The mail is automatic (Auto-Submitted: auto-replied), so it is not a request."],
      atMillis: now - 320 * minute,
      quotedText: "> Done in 47 s\n> no errors were found",
    },
    {
      from: owner,
      subject: "",
      text: "",
      state: "refused",
      reasons: ["The mail has no text. Write what is to be done in the body of the mail."],
      atMillis: now - 610 * minute,
    },
  ]
  for (const [index, change] of odd.entries()) {
    const id = MessageId.make(`in-odd${index}`)
    world.messages.set(id, { ...blank, ...change, id, updatedAtMillis: change.atMillis ?? now })
  }
  const failing = [...world.messages.values()].find((row) => row.direction === "out")
  if (failing !== undefined) {
    world.messages.set(failing.id, {
      ...failing,
      state: "retrying",
      reasons: ["451 4.3.2 the relay is busy; tried 2 times, next at 14:31:00"],
    })
  }
}

/** Six sessions and `count` ended requests of the last two days, made from the samples in turn. */
export const makeWorld = (now: number, asked: ReadonlyArray<Sample> = samples, count = 40): World => {
  const world = emptyWorld()
  for (let index = 0; index < sessionTitles.length; index += 1) {
    const row = session(index, now)
    world.sessions.set(row.id, row)
  }
  for (let number = count; number >= 1; number -= 1) {
    const sample = asked[number % asked.length]
    if (sample !== undefined)
      finished(world, sample, count + 1 - number, now - (number + 1) * 38 * minute - number * 7_000)
  }
  strangers(world, now)
  for (const row of world.requests.values()) {
    const of = world.sessions.get(row.sessionId)
    if (of === undefined) continue
    world.sessions.set(of.id, {
      ...of,
      requestCount: of.requestCount + 1,
      lastRequestId: row.id,
      stateAtMillis: row.endedAtMillis ?? of.stateAtMillis,
      updatedAtMillis: row.updatedAtMillis,
    })
  }
  return world
}

/** The mail that `unreachable` names, with its server's report. */
export const cameBack = (now: number): MessageRow | undefined => {
  const mail = [...makeWorld(now).messages.values()].find((row) => row.direction === "out")
  return mail === undefined
    ? undefined
    : {
        ...mail,
        id: MessageId.make("mr01"),
        state: "failed",
        reasons: ["it came back: 550 5.1.1 <ada@example.org>: Recipient address rejected: User unknown"],
        report: {
          sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
          sizeBytes: 2_816,
        },
      }
}
