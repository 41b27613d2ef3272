import { afterAll, describe, expect, it } from "vitest"
import { connect } from "@nats-io/transport-node"
import { jetstreamManager } from "@nats-io/jetstream"
import { measureSync } from "../src/nats/measureSync.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"

describe("whether a server syncs every write", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterAll(async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup()
  })

  it("is taken for granted where it cannot be measured", async () => {
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    const connection = await connect({ servers: nats.url })
    // No bucket takes the message.
    expect(await measureSync(connection)).toBe(true)
    await connection.close()
  })

  it("leaves one empty message behind, however often it is asked", async () => {
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    const connection = await connect({ servers: nats.url })
    const jsm = await jetstreamManager(connection)
    await jsm.streams.add({ name: "KV_GUARD", subjects: ["$KV.GUARD.>"], max_msgs_per_subject: 1 })
    await measureSync(connection)
    await measureSync(connection)
    expect((await jsm.streams.info("KV_GUARD")).state.messages).toBe(1)
    await connection.close()
  })
})
