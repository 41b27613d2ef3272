import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { jetstreamManager } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"
import { streams } from "@maillm/schema/Streams"
import { GroupPublisher } from "../src/nats/GroupPublisher.ts"
import { dial } from "../src/nats/Nats.ts"
import { streamConfig } from "../src/nats/Streams.ts"
import { acksBeforeSync, straceMissing, straceOf } from "../src/nats/testing/AckTrace.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"

const missing = straceMissing()
const bytes = new TextEncoder()
const rounds = 20
const together = 128

/** Publishes through a server under strace: alone, a few at once, many at once. Answers the trace and what is where. */
const tracedPublishes = async (syncAlways: boolean) => {
  const folder = mkdtempSync(join(tmpdir(), "maillm-durability-"))
  const traceFile = join(folder, "trace")
  const server = await startTestNats({ syncAlways, runBy: straceOf(traceFile) })
  const marks = new Map<number, string>()
  try {
    const connection = await Effect.runPromise(dial({ servers: server.url, name: "durability" }))
    const jsm = await jetstreamManager(connection)
    await jsm.streams.add(streamConfig(streams.EVT, 1))
    const publisher = new GroupPublisher(connection)
    let count = 0
    const publish = async () => {
      const mark = `:mark-${count++}:`
      const { sequence } = await publisher.publish(`evt.session.s${count}`, bytes.encode(mark), [
        ["Nats-Expected-Last-Subject-Sequence", "0"],
      ])
      marks.set(sequence, mark)
    }
    for (let round = 0; round < rounds; round++) {
      for (const size of [1, 3, together]) await Promise.all(Array.from({ length: size }, publish))
    }
    await connection.close()
    await server.stop()
    // The tracer is a process of its own, and ends after the server.
    const ended = new RegExp(`^${server.pid} .*\\+\\+\\+ (exited|killed)`, "m")
    await expect.poll(() => ended.test(readFileSync(traceFile, "utf8")), { timeout: 15_000 }).toBe(true)
    return { trace: readFileSync(traceFile, "utf8"), marks }
  } finally {
    await server.stop("SIGKILL")
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

describe.skipIf(missing !== undefined)(
  `an ack leaves the server after the fsync of what it stands for${missing === undefined ? "" : ` (${missing})`}`,
  () => {
    it("of single messages and of batches, with sync_interval: always", async () => {
      const { trace, marks } = await tracedPublishes(true)
      const report = acksBeforeSync(trace, "EVT", marks)
      expect(report.early).toEqual([])
      expect(report.acked).toBe(rounds * (1 + 3 + together))
      expect(report.singles).toBeGreaterThan(rounds)
      expect(report.batches).toBeGreaterThan(0)
      console.log(
        `${report.acked} messages in ${report.singles} single acks and ${report.batches} batch acks: none early`,
      )
    }, 60_000)

    it("and not with the server's default, so the check can fail", async () => {
      const { trace, marks } = await tracedPublishes(false)
      const report = acksBeforeSync(trace, "EVT", marks)
      expect(report.acked).toBe(marks.size)
      expect(report.early.length).toBeGreaterThan(marks.size / 2)
    }, 60_000)
  },
)
