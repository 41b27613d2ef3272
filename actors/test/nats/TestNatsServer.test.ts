import { jetstreamManager } from "@nats-io/jetstream"
import { connect } from "@nats-io/transport-node"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { startTestNats } from "../../src/nats/testing/TestNatsServer.ts"

test("keeps JetStream data over a crash and a restart at the same address", async () => {
  const storeDir = mkdtempSync(join(tmpdir(), "maillm-store-"))
  try {
    const first = await startTestNats({ storeDir })
    const connection = await connect({ servers: first.url })
    const manager = await jetstreamManager(connection)
    await manager.streams.add({ name: "KEPT", subjects: ["kept"] })
    await manager.jetstream().publish("kept", "payload")
    await connection.close()
    await first.stop("SIGKILL")

    const second = await startTestNats({ storeDir, port: first.port })
    expect(second.url).toBe(first.url)
    const again = await connect({ servers: second.url })
    const info = await (await jetstreamManager(again)).streams.info("KEPT")
    expect(info.state.messages).toBe(1)
    await again.close()
    await second.stop()
  } finally {
    rmSync(storeDir, { recursive: true, force: true, maxRetries: 10 })
  }
})

test("says what the server printed when it cannot start", async () => {
  await expect(startTestNats({ config: "no_such_option: 1" })).rejects.toThrow(/no_such_option/)
})
