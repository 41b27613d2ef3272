import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { MsgHdrs } from "@nats-io/transport-node"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { SessionProtocol, UserProtocol } from "@maillm/schema/ActorProtocol"
import { MessageId, NodeId, RequestId, SessionId } from "@maillm/schema/Ids"
import type { Envelope, MailContent, ParsedMail, Recipient } from "@maillm/schema/Message"
import { SessionRecord } from "@maillm/schema/Record"
import type { SessionCommand } from "@maillm/schema/SessionActor"
import { Settings } from "@maillm/schema/Settings"
import { commandSubject } from "@maillm/schema/Subjects"
import { NodeInfo } from "@maillm/schema/Turn"
import type { TurnOutcome } from "@maillm/schema/Turn"
import type { UserCommand } from "@maillm/schema/UserActor"
import { ActorsLayer } from "../src/ActorsLayer.ts"
import { ActorClient } from "../src/client/ActorClient.ts"
import { JetStreamActorClientLayer } from "../src/client/JetStreamActorClient.ts"
import { Nats } from "../src/nats/Nats.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { encodeSnapshot } from "../src/runtime/Snapshot.ts"
import { SessionActor } from "../src/session/SessionActor.ts"
import { UserActor } from "../src/user/UserActor.ts"
import { stateOf } from "./fixtures.ts"

/**
 * Tells real actors a story that needs every command, event and effect, and writes what then stands in streams and
 * buckets into a folder, as fixtures of a version: `node actors/test/writeFixtures.ts schema/fixtures/v2`, run with
 * the commit that is released. A new tag needs a new sentence. See schema/fixtures/README.md.
 */
const [folder = ""] = process.argv.slice(2)
if (folder === "") throw new Error("say a folder, such as schema/fixtures/v2")
mkdirSync(join(folder, "expected"), { recursive: true })

interface Message {
  readonly subject: string
  readonly headers: Readonly<Record<string, string>>
  readonly data: unknown
}
const messageOf = (subject: string, headers: MsgHdrs | undefined, text: string): Message => {
  const kept = [...(headers?.keys() ?? [])].filter((name) => !name.startsWith("Nats-Batch"))
  let data: unknown = text
  try {
    data = JSON.parse(text)
  } catch {
    // A directory's entry is a bare id.
  }
  return { subject, headers: Object.fromEntries(kept.map((name) => [name, headers?.get(name) ?? ""])), data }
}

const server = await startTestNats()
const host = ManagedRuntime.make(
  ActorsLayer.pipe(
    Layer.provideMerge(JetStreamActorClientLayer),
    Layer.provideMerge(Nats.layer({ servers: server.url, name: "fixtures" })),
    Layer.provide(
      Layer.succeed(Settings, {
        dataDir: "/nonexistent",
        bind: "127.0.0.1",
        httpPort: 0,
        smtpPort: 0,
        domain: "maillm.test",
        mongodbUrl: null,
        smtpRelay: null,
        runtime: null,
        secret: Redacted.make("a secret of at least thirty-two bytes"),
        publicUrl: null,
        replyDays: 90,
        mailSizeLimitBytes: 1_000_000,
        hostId: "host-a",
        nodeId: "node-a",
        version: "fixtures",
      }),
    ),
  ),
)
const { client, nats } = await host.runPromise(Effect.all({ client: ActorClient, nats: Nats }))
const { bucket, connection, js, jsm } = nats

const commands: Array<Message> = []
connection.subscribe("cmd.>", {
  callback: (_, message) => {
    commands.push(messageOf(message.subject, message.headers, message.string()))
  },
})
const timers: Array<Message> = []
const fired = await (await js.consumers.get("TIMER")).consume()
void (async () => {
  for await (const message of fired)
    timers.push(messageOf(message.subject, message.headers, message.string()))
})()

const eventually = async <A>(what: string, look: () => Promise<A | undefined>): Promise<A> => {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`not in time: ${what}`)
}
const stored = async (stream: string): Promise<ReadonlyArray<Message & { readonly sequence: number }>> => {
  const found = []
  const { state } = await jsm.streams.info(stream)
  for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq++) {
    const message = await jsm.streams.getMessage(stream, { seq })
    if (message !== null)
      found.push({ sequence: seq, ...messageOf(message.subject, message.header, message.string()) })
  }
  return found
}
const decodeRecord = Schema.decodeUnknownSync(SessionRecord)
const sessionEvents = async () =>
  (await stored("EVT"))
    .filter(({ subject }) => subject.startsWith("evt.session."))
    .flatMap(({ data }) =>
      decodeRecord(data).events.map((event) => ({ event, sessionId: decodeRecord(data).id })),
    )
const nth = (tag: string, count: number) =>
  eventually(`${tag} ${count}`, async () => {
    const all = (await sessionEvents()).filter(({ event }) => event._tag === tag)
    return all[count - 1]
  })

const ada = "u-ada"
const tellUser = (id: string, command: UserCommand) =>
  host.runPromise(client.ask(UserProtocol, ada, id, command))
const blob = (letter: string, sizeBytes: number) => ({ sha256: letter.repeat(64), sizeBytes })
const envelope = (from = "ada@example.org", remoteAddress = "127.0.0.1"): Envelope => ({
  from,
  to: "ada.k3v9@maillm.test",
  remoteAddress,
  helo: "mx.example.org",
  secure: true,
  authenticatedAs: null,
})
const mail = (patch: Partial<ParsedMail> = {}): MailContent => ({
  _tag: "Readable",
  mail: {
    from: ["ada@example.org"],
    fromHeaderCount: 1,
    fromName: "Ada Lovelace",
    subject: "Count the lines",
    messageId: "<1@example.org>",
    inReplyTo: "",
    references: [],
    dateMillis: 1_790_000_000_000,
    automatic: null,
    newestText: "wc -l *.txt\n",
    quotedText: "> earlier",
    signature: "-- \nAda",
    attachments: [{ name: "notes.txt", type: "text/plain", blob: blob("b", 1_200) }],
    ...patch,
  },
})
const receive = (id: string, recipient: Recipient = { _tag: "Private" }, from = envelope()) =>
  tellUser(`mail/${id}`, {
    _tag: "ReceiveMail",
    mailId: MessageId.make(id),
    raw: blob("a", 4_321),
    envelope: from,
    recipient,
    receivedAtMillis: 1_790_000_001_000,
  })
const read = (id: string, content: MailContent) =>
  tellUser(`${id}/read`, { _tag: "MailRead", mailId: MessageId.make(id), content })

// The user, and a first mail while no node is there: its turn is delayed, and a timer looks again.
await tellUser("create", {
  _tag: "CreateUser",
  name: "Ada",
  email: "ada@example.org",
  privateLocalPart: "ada.k3v9",
})
await receive("m-first")
await read("m-first", mail())
const { sessionId: session } = await nth("TurnDelayed", 1)
const tellSession = (id: string, command: SessionCommand) =>
  host.runPromise(client.ask(SessionProtocol, session, id, command))
const heartbeat = Schema.encodeSync(Schema.fromJsonString(NodeInfo))({
  nodeId: NodeId.make("node-a"),
  hostname: "node-a.example",
  runtime: "host",
  runtimeReason: "MAILLM_RUNTIME is host",
  drivers: ["shell"],
  version: "fixtures",
  cpuCount: 2,
  memoryBytes: 4_294_967_296,
  memoryFreeBytes: 2_147_483_648,
  loadAverage: 0.5,
  paneCount: 2,
  turnsRunning: 1,
  startedAtMillis: 1_790_000_000_000,
  beatAtMillis: 1_790_000_000_000,
})
const beating = setInterval(() => void bucket("NODES").put("node-a", heartbeat), 1_000)

/** The turn that was ordered as the `count`th of this session. */
const turn = (count: number) =>
  eventually(`turn ${count}`, async () => {
    const own = (await sessionEvents()).filter(({ sessionId }) => sessionId === session)
    return own.flatMap(({ event }) => (event._tag === "TurnOrdered" ? [event.turnId] : []))[count - 1]
  })
const taken = async (count: number) => {
  const turnId = await turn(count)
  await tellSession(`${turnId}/taken`, {
    _tag: "TurnTaken",
    turnId,
    nodeId: NodeId.make("node-a"),
    runtime: "host",
    startedAtMillis: 1_790_000_010_000,
  })
}
const ended = async (count: number, outcome: TurnOutcome, truncated = false) => {
  const turnId = await turn(count)
  await tellSession(`${turnId}/ended`, {
    _tag: "TurnEnded",
    turnId,
    nodeId: NodeId.make("node-a"),
    result: {
      outcome,
      outputText: "  12 notes.txt\n",
      outputBytes: 15,
      truncated,
      outputBlob: truncated ? blob("c", 300_000) : null,
      startedAtMillis: 1_790_000_010_000,
      endedAtMillis: 1_790_000_012_100,
    },
  })
}
const reply = async (count: number) => {
  const { event } = await nth("ReplyQueued", count)
  if (event._tag !== "ReplyQueued") throw new Error("no reply")
  return event.mail
}
const failed = (messageId: MessageId, attempt: number, reason: string, retryAtMillis: number | null) =>
  tellSession(`${messageId}/failed/${attempt}`, {
    _tag: "MailFailed",
    messageId,
    attempt,
    reason,
    retryAtMillis,
  })

// A turn that ends by itself; its reply fails once and is sent then.
await taken(1)
await ended(1, { _tag: "Exited", exitCode: 0 }, true)
const first = await reply(1)
await failed(first.messageId, 1, "451 4.7.1 try later", 1_790_000_030_000)
await tellSession(`${first.messageId}/sent`, {
  _tag: "MailSent",
  messageId: first.messageId,
  via: "relay",
  raw: blob("d", 2_100),
  detail: "250 2.0.0 Ok: queued",
})

// The thread goes on; the request is interrupted; its reply is given up.
await receive("m-second", { _tag: "Session", sessionId: SessionId.make(session) })
await read(
  "m-second",
  mail({ subject: "Re: Count the lines", messageId: "<2@example.org>", inReplyTo: first.internetMessageId }),
)
await taken(2)
const second = await eventually("the second request", async () =>
  (await sessionEvents())
    .flatMap(({ event }) => (event._tag === "TurnOrdered" ? [event.requestId] : []))
    .at(1),
)
await tellSession("cancel-second", { _tag: "CancelRequest", requestId: second, by: "ada@example.org" })
await ended(2, { _tag: "PaneEnded", exitCode: null, signal: 9 })
await failed((await reply(2)).messageId, 7, "550 5.1.1 no such user", null)

// A mail that is no command, and one that cannot be read.
await receive("m-stranger", { _tag: "Private" }, envelope("eve@example.net", "203.0.113.7"))
await read("m-stranger", mail({ from: ["eve@example.net"], automatic: "Auto-Submitted: auto-replied" }))
await receive("m-broken")
await read("m-broken", { _tag: "Unreadable", reason: "it takes longer than 10 s to read." })

// From the console: one that could not be run, one under way, one that waits, one withdrawn, one of its own.
const submit = async (requestId: string, text: string, sessionId: SessionId | null) => {
  await tellUser(requestId, { _tag: "SubmitRequest", requestId: RequestId.make(requestId), text, sessionId })
  await eventually(requestId, async () =>
    (await sessionEvents()).find(
      ({ event }) => event._tag === "RequestQueued" && event.request.requestId === requestId,
    ),
  )
}
await submit("r-third", "make all", SessionId.make(session))
await ended(3, { _tag: "Failed", reason: "The terminal could not be started: no space left", ran: "no" })
await submit("r-fourth", "sleep 1000", SessionId.make(session))
await taken(4)
await submit("r-fifth", "echo waits", SessionId.make(session))
await submit("r-sixth", "echo withdrawn", SessionId.make(session))
await tellSession("withdraw", {
  _tag: "CancelRequest",
  requestId: RequestId.make("r-sixth"),
  by: "ada@example.org",
})
await submit("r-new", "date", null)

// What cannot be handled, and a mail that is still being read.
const unheard = { v: 1, commandId: "from-a-later-version", sentAtMillis: 0, command: { _tag: "Unheard" } }
for (const subject of [commandSubject("user", ada), commandSubject("session", session)])
  await js.publish(subject, JSON.stringify(unheard))
await eventually("two dead letters", async () => ((await stored("DEAD")).length === 2 ? true : undefined))
await receive("m-pending")
await eventually("an empty CMD", async () =>
  (await jsm.streams.info("CMD")).state.messages === 0 ? true : undefined,
)
clearInterval(beating)

const write = (name: string, value: unknown) =>
  writeFileSync(join(folder, name), `${JSON.stringify(value, null, 1)}\n`)
write("journal.json", await stored("EVT"))
write("commands.json", commands)
write("timers.json", timers)
for (const [name, stream] of [
  ["node.json", "NODE"],
  ["outbox.json", "OUTBOX"],
  ["jobs.json", "JOBS"],
  ["dead.json", "DEAD"],
  ["nodes.json", "KV_NODES"],
  ["directory.json", "KV_DIRECTORY"],
] as const) {
  const messages = await stored(stream)
  write(
    name,
    messages.map(({ subject, headers, data }) => ({ subject, headers, data })),
  )
}

/** The states that the journal leads to, and what passivation would have written of them. */
const { created } = await jsm.streams.info("EVT")
const journal = await stored("EVT")
const decodeHead = Schema.decodeUnknownSync(
  Schema.Struct({ commandSeq: Schema.Int, commandId: Schema.String, epoch: Schema.Int }),
)
const actors = [...new Set(journal.map(({ subject }) => subject.slice("evt.".length)))]
const images = actors.map((actor) => {
  const own = journal.filter(({ subject }) => subject === `evt.${actor}`)
  const heads = own.map(({ data }) => decodeHead(data))
  const { commandSeq, epoch } = heads.at(-1) ?? { commandSeq: 0, epoch: 0 }
  const image = {
    state: stateOf(
      actor,
      own.map(({ data }) => data),
    ),
    evtSeq: own.at(-1)?.sequence ?? 0,
    commandSeq,
    epoch,
    recentCommandIds: heads.map(({ commandId }) => commandId),
    recentSequences: own.map(({ sequence }) => sequence),
  }
  const { stateVersion } = actor.startsWith("user.") ? UserActor : SessionActor
  return { actor, state: image.state, snapshot: encodeSnapshot(image, stateVersion, created) }
})
write(
  "snapshots.json",
  images.map(({ actor, snapshot }) => messageOf(`$KV.SNAP.${actor}`, undefined, snapshot)),
)
write("expected/states.json", Object.fromEntries(images.map(({ actor, state }) => [actor, state])))
await host.dispose()
await server.stop()
process.exit(0)
