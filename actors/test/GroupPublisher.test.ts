import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { connect } from "@nats-io/transport-node"
import type { NatsConnection } from "@nats-io/transport-node"
import { jetstreamManager } from "@nats-io/jetstream"
import type { JetStreamManager } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"
import { PublishRefused } from "../src/nats/AckInbox.ts"
import { GroupPublisher } from "../src/nats/GroupPublisher.ts"
import { ensureStreams } from "../src/nats/Streams.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"

const bytes = (text: string) => new TextEncoder().encode(text)

describe("GroupPublisher on a real server", () => {
  let nats: TestNats
  let connection: NatsConnection
  let jsm: JetStreamManager

  beforeAll(async () => {
    nats = await startTestNats()
    connection = await connect({ servers: nats.url })
    jsm = await jetstreamManager(connection)
    await Effect.runPromise(ensureStreams(jsm, 1, {}))
  })
  afterAll(async () => {
    await connection.close()
    await nats.stop()
  })

  it("gives every member of a batch the sequence it is stored at", async () => {
    const publisher = new GroupPublisher(connection)
    const stored = await Promise.all(
      Array.from({ length: 300 }, (_, i) =>
        publisher.publish(`evt.user.many${i}`, bytes(String(i)), [
          ["Nats-Expected-Last-Subject-Sequence", "0"],
        ]),
      ),
    )
    for (const [i, ack] of stored.entries()) {
      const message = await jsm.streams.getMessage("EVT", { seq: ack.sequence })
      expect(message?.subject).toBe(`evt.user.many${i}`)
      expect(message?.string()).toBe(String(i))
    }
  })

  it("lets the others through when one expectation of a batch is stale", async () => {
    const publisher = new GroupPublisher(connection)
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        publisher.publish(`evt.user.mixed${i}`, bytes("x"), [
          ["Nats-Expected-Last-Subject-Sequence", i === 7 ? "99999" : "0"],
        ]),
      ),
    )
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(19)
    const refused = results[7]
    expect(
      refused?.status === "rejected" && refused.reason instanceof PublishRefused && refused.reason.code,
    ).toBe(10071)
  })

  it("answers a repeated id as a duplicate and a full mailbox with 10077, in or out of a batch", async () => {
    const publisher = new GroupPublisher(connection)
    const send = (id: string) => publisher.publish("cmd.0.user.full", bytes(id), [["Nats-Msg-Id", id]])
    expect((await send("a")).duplicate).toBe(false)
    const again = await Promise.all([
      send("a"),
      publisher.publish("cmd.0.user.other", bytes("b"), [["Nats-Msg-Id", "b"]]),
    ])
    expect(again.map((r) => r.duplicate)).toEqual([true, false])
    for (let i = 1; i < 256; i++) await send(`n${i}`)
    await expect(send("one too many")).rejects.toMatchObject({ code: 10077 })
    const mixed = await Promise.allSettled([
      send("too"),
      publisher.publish("cmd.0.user.third", bytes("c"), [["Nats-Msg-Id", "c"]]),
    ])
    expect(mixed.map((r) => r.status)).toEqual(["rejected", "fulfilled"])
  })

  it("refuses streams that differ from their declaration, naming the difference", async () => {
    await jsm.streams.update("DEAD", { max_msgs_per_subject: 5 })
    const error = await Effect.runPromise(Effect.flip(ensureStreams(jsm, 1, {})))
    expect(error.message).toContain("max_msgs_per_subject is 5, declared")
  })
})
