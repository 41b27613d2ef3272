import { afterEach, describe, expect, test } from "vitest"
import { headers as newHeaders } from "@nats-io/transport-node"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { SessionProtocol, UserProtocol } from "@maillm/schema/ActorProtocol"
import { MessageId, NodeId } from "@maillm/schema/Ids"
import { SessionRecord, UserRecord } from "@maillm/schema/Record"
import { Settings } from "@maillm/schema/Settings"
import { ActorsLayer } from "../src/ActorsLayer.ts"
import { ActorClient } from "../src/client/ActorClient.ts"
import { JetStreamActorClientLayer } from "../src/client/JetStreamActorClient.ts"
import { originHeaders } from "../src/nats/EpochFence.ts"
import { Nats } from "../src/nats/Nats.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { SessionState } from "../src/session/SessionState.ts"
import { expectedStates, fixtures, versions } from "./fixtures.ts"
import type { Fixture } from "./fixtures.ts"

const settings = Layer.succeed(Settings, {
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
  hostId: "host-of-today",
  nodeId: "node-a",
  version: "test",
})
const soon = { timeout: 20_000, interval: 50 }
const stops: Array<() => Promise<unknown>> = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

/** A server on which an earlier version has left these messages, at their own places in the streams. */
const serverWith = async (journal: ReadonlyArray<Fixture>, commands: ReadonlyMap<number, Fixture>) => {
  const server = await startTestNats()
  stops.push(() => server.stop())
  const writer = ManagedRuntime.make(Nats.layer({ servers: server.url, name: "earlier version" }))
  stops.push(() => writer.dispose())
  const { bucket, js, jsm } = await writer.runPromise(Nats)
  for (const { subject, data, sequence } of journal) {
    expect((await js.publish(subject, JSON.stringify(data))).seq).toBe(sequence)
  }
  const handled = Math.max(...journal.map(({ data }) => commandSeqOf(data)))
  for (let sequence = 1; sequence <= handled; sequence++) {
    const command = commands.get(sequence)
    const headers = newHeaders()
    for (const [name, value] of Object.entries(command?.headers ?? {})) headers.set(name, value)
    const ack = await js.publish(
      command?.subject ?? "cmd.0.user.handled",
      JSON.stringify(command?.data ?? {}),
      { headers },
    )
    expect(ack.seq).toBe(sequence)
  }
  await jsm.streams.purge("CMD", { filter: "cmd.0.user.handled" })
  // Epochs go on from where they were.
  for (let epoch = 0; epoch < 100; epoch++) await bucket("OWN").put("attempt.0", String(epoch))
  await jsm.streams.purge("KV_OWN", { filter: "$KV.OWN.attempt.0" })
  return server.url
}
const startToday = async (url: string) => {
  const today = ManagedRuntime.make(
    ActorsLayer.pipe(
      Layer.provideMerge(JetStreamActorClientLayer),
      Layer.provideMerge(Nats.layer({ servers: url, name: "today" })),
      Layer.provide(settings),
    ),
  )
  stops.push(() => today.dispose())
  const context = await today.runPromise(Effect.all({ nats: Nats, client: ActorClient }))
  return { ...context, run: today.runPromise }
}
const Numbered = Schema.Struct({ commandSeq: Schema.Int, commandId: Schema.String })
const commandSeqOf = (data: unknown) => Schema.decodeUnknownSync(Numbered)(data).commandSeq
const commandIdOf = (data: unknown) =>
  Schema.decodeUnknownSync(Schema.Struct({ commandId: Schema.String }))(data).commandId
const sessionRecord = Schema.decodeUnknownSync(SessionRecord)

describe.each(versions.filter((version) => version !== "next").map((version) => [version]))(
  "%s",
  (version) => {
    const journal = fixtures(version).filter(({ file }) => file === "journal.json")
    const [state] = Object.entries(expectedStates(version)).flatMap(([actor, encoded]) => {
      if (!actor.startsWith("session.")) return []
      const decoded = Schema.decodeUnknownSync(SessionState)(encoded)
      return decoded.current?.taken === true ? [decoded] : []
    })

    test("stopped between a commit and its effects: what is unfinished is handed on, as its own epoch's", async () => {
      const end = journal.findIndex(
        ({ subject, data }) =>
          subject === `evt.session.${state?.id ?? ""}` &&
          sessionRecord(data).events.some(({ _tag }) => _tag === "TurnOrdered"),
      )
      const last = journal[end]
      if (last === undefined) throw new Error("no turn is ordered in the fixtures")
      const record = sessionRecord(last.data)
      const command = fixtures(version).find(
        ({ file, data }) => file === "commands.json" && commandIdOf(data) === record.commandId,
      )
      if (command === undefined) throw new Error("the command is not in the fixtures")
      const url = await serverWith(journal.slice(0, end + 1), new Map([[record.commandSeq, command]]))
      const { nats } = await startToday(url)
      await expect.poll(() => nats.jsm.streams.info("NODE").then((info) => info.state.messages), soon).toBe(1)
      const order = await nats.jsm.streams.getMessage("NODE", { seq: 1 })
      const then = fixtures(version).find(({ subject }) => subject.startsWith("node."))
      expect(order?.subject).toBe(then?.subject)
      expect(order?.json()).toEqual(then?.data)
      expect(order?.header.get("Nats-Msg-Id")).toBe(then?.headers?.["Nats-Msg-Id"])
      expect(order?.header.get(originHeaders.actor)).toBe(`session.${state?.id ?? ""}`)
      expect(order?.header.get(originHeaders.epoch)).toBe(String(record.epoch))
      await expect.poll(() => nats.jsm.streams.info("CMD").then((info) => info.state.messages), soon).toBe(0)
      // The turn is not ordered again; its timer, long past, may say that the node is slow.
      const after = await nats.jsm.streams.getMessage("EVT", { last_by_subj: last.subject })
      const events = after?.seq === last.sequence ? [] : sessionRecord(after?.json()).events
      expect(events.filter(({ _tag }) => _tag !== "TurnDelayed")).toEqual([])
    })

    test("a whole journal goes on with new commands, and knows the old ones again", async () => {
      const { nats, client, run } = await startToday(await serverWith(journal, new Map()))
      const lastOf = async (subject: string) => nats.jsm.streams.getMessage("EVT", { last_by_subj: subject })
      if (state?.current === undefined || state.current === null)
        throw new Error("no turn runs in the fixtures")
      const { turnId } = state.current
      const [waiting] = state.queue
      const subject = `evt.session.${state.id}`
      const before = journal.findLast((record) => record.subject === subject)

      // An old command, told again: nothing new, and the answer is its record's place.
      const first = journal.find((record) => record.subject === subject)
      const repeated = await run(
        client.ask(SessionProtocol, state.id, commandIdOf(first?.data), {
          _tag: "TimerFired",
          timer: "x",
          generation: 0,
        }),
      )
      expect(repeated.sequence).toBe(first?.sequence)

      const ended = await run(
        client.ask(SessionProtocol, state.id, `${turnId}/ended`, {
          _tag: "TurnEnded",
          turnId,
          nodeId: NodeId.make("node-a"),
          result: {
            outcome: { _tag: "Exited", exitCode: 0 },
            outputText: "",
            outputBytes: 0,
            truncated: false,
            outputBlob: null,
            startedAtMillis: 1,
            endedAtMillis: 2,
          },
        }),
      )
      const record = sessionRecord((await lastOf(subject))?.json())
      expect(ended.sequence).toBe((await lastOf(subject))?.seq)
      expect(record.prevSeq).toBe(before?.sequence)
      expect(record.events.map(({ _tag }) => _tag).slice(0, 3)).toEqual([
        "TurnEnded",
        "RequestEnded",
        "TurnOrdered",
      ])
      const order = await nats.jsm.streams.getMessage("NODE", { seq: 1 })
      expect(order?.json()).toMatchObject({ order: { _tag: "StartTurn", requestId: waiting?.requestId } })

      // A mail that was being read when the earlier version was stopped.
      const user = journal.find((record) => record.subject.startsWith("evt.user."))?.subject ?? ""
      await run(
        client.ask(UserProtocol, user.slice("evt.user.".length), "m-pending/read", {
          _tag: "MailRead",
          mailId: MessageId.make("m-pending"),
          content: { _tag: "Unreadable", reason: "damaged" },
        }),
      )
      const read = Schema.decodeUnknownSync(UserRecord)((await lastOf(user))?.json())
      expect(read.events.map(({ _tag }) => _tag)).toEqual(["MailRefused", "RequestOpened"])
    })
  },
)
