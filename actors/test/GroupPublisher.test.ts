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

  it("refuses what cannot be sent, to its sender alone", async () => {
    const publisher = new GroupPublisher(connection)
    const room = connection.info?.max_payload ?? 0
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) =>
        publisher.publish(
          `cmd.1.user.unfit${i}`,
          // Without its headers the second would just fit.
          new Uint8Array(i === 20 ? room + 1 : i === 40 || i === 59 ? room - 2 : 1),
          [["Nats-Msg-Id", i === 30 ? "two\r\nlines" : `unfit${i}`]],
        ),
      ),
    )
    expect(results.flatMap(({ status }, i) => (status === "rejected" ? [i] : []))).toEqual([20, 30, 40, 59])
    for (const i of [20, 30, 40, 59]) expect(results[i]).toMatchObject({ reason: { _tag: "PublishRefused" } })
    const alone = publisher.publish("cmd.1.user.unfit", bytes("x"), [["Nats-Msg-Id", "two\r\nlines"]])
    await expect(alone).rejects.toMatchObject({ _tag: "PublishRefused" })
    expect((await publisher.publish("cmd.1.user.unfit", bytes("x"), [])).duplicate).toBe(false)
  })

  it("keeps the order of what one sender says to one actor, in batches and out of them", async () => {
    const publisher = new GroupPublisher(connection)
    const said: Array<Promise<{ readonly sequence: number }>> = []
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 10 + round; i++)
        said.push(
          publisher.publish(`cmd.2.user.ordered${i % 3}`, bytes(String(said.length)), [
            // Every third round has a repeat, so that its batch is refused as a whole.
            ["Nats-Msg-Id", round % 3 === 0 && i === 5 ? "repeat" : `ordered${said.length}`],
          ]),
        )
      await new Promise((resolve) => setImmediate(resolve))
    }
    const sequences = (await Promise.all(said)).map(({ sequence }) => sequence)
    const first = sequences[5] ?? 0
    const own = sequences.filter((sequence, i) => i <= 5 || sequence !== first)
    expect(own).toEqual(own.toSorted((a, b) => a - b))
  })

  it("lets nobody wait without end while the server says nothing", async () => {
    const publisher = new GroupPublisher(connection)
    process.kill(nats.pid, "SIGSTOP")
    try {
      const all = Promise.allSettled(
        Array.from({ length: 5_000 }, (_, i) => publisher.publish(`cmd.3.user.u${i}`, bytes("x"), [])),
      )
      // One after another they would take 100 s.
      const results = await Promise.race([
        all,
        new Promise<null>((resolve) => setTimeout(resolve, 40_000, null)),
      ])
      const reasons = new Set(results?.map((r) => (r.status === "rejected" ? r.reason._tag : "stored")))
      expect(reasons).toEqual(new Set(["PublishUnknown", "PublishRefused"]))
    } finally {
      process.kill(nats.pid, "SIGCONT")
    }
    const end = performance.now() + 20_000
    while (performance.now() < end) {
      const stored = await publisher.publish("cmd.3.user.after", bytes("x"), []).catch(() => null)
      if (stored !== null) return
    }
    throw new Error("nothing was stored any more")
  }, 90_000)

  it("refuses streams that differ from their declaration, naming the difference", async () => {
    await jsm.streams.update("DEAD", { max_msgs_per_subject: 5 })
    const error = await Effect.runPromise(Effect.flip(ensureStreams(jsm, 1, {})))
    expect(error.message).toContain("max_msgs_per_subject is 5, declared")
  })
})
