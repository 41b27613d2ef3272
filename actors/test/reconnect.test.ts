import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { partitionCount, partitionOf } from "@maillm/schema/Subjects"
import { Nats } from "../src/nats/Nats.ts"
import { consumeWork } from "../src/nats/WorkConsumer.ts"
import type { Verdict } from "../src/nats/WorkConsumer.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { Counter, counters, eventually, increment, startHost } from "./testHost.ts"

/** Without asking anew when the connection is back it takes 10 to 20 s, far less with it. */
const soonMillis = 8_000

/** One of every partition. */
const sessions = Array.from({ length: partitionCount }, (_, partition) => {
  let i = 0
  while (partitionOf("session", `s${i}`) !== partition) i++
  return `s${i}`
})

it("after a kill of a quiet nats-server every partition and every work queue goes on at once", async () => {
  const storeDir = mkdtempSync(join(tmpdir(), "maillm-reconnect-"))
  const first = await startTestNats({ storeDir })
  const one = await startHost(first, "h1", counters())
  const worked: Array<string> = []
  const working = Effect.runFork(
    consumeWork({
      stream: "JOBS",
      durable: "quiet",
      filter: "job.quiet.>",
      ackWaitMillis: 60_000,
      concurrency: 2,
      handle: (item) =>
        Effect.sync((): Verdict => (worked.push(new TextDecoder().decode(item.data)), "done")),
    }).pipe(Effect.provideService(Nats, one.nats)),
  )
  const commits = async () => (await one.nats.jsm.streams.info("EVT").catch(() => null))?.state.messages ?? 0
  /** The slower of a job and of a command to every partition, from now, in milliseconds. */
  const round = async (name: string) => {
    const before = await eventually("EVT answers", async () => (await commits()) || null)
    const begun = performance.now()
    const again = Effect.retry(Schedule.spaced("50 millis").pipe(Schedule.upTo({ times: 200 })))
    await Promise.all(
      sessions.map((id) => Effect.runPromise(one.client.tell(Counter, id, name, increment(1)).pipe(again))),
    )
    await eventually("the job is stored", () => one.nats.js.publish("job.quiet.x", name).catch(() => null))
    await eventually(
      "all is done",
      async () => (worked.includes(name) && (await commits()) >= before + sessions.length ? true : null),
      60_000,
    )
    return performance.now() - begun
  }
  await Effect.runPromise(one.client.ask(Counter, "first", "first", increment(1)))
  await round("before")
  await eventually("every effect is carried out", async () => {
    const { state } = await one.nats.jsm.streams.info("NODE")
    return state.messages >= (await commits()) ? true : null
  })
  await first.stop("SIGKILL")
  await eventually("the loss is noticed", async () => (one.nats.connected() ? null : true))
  const second = await startTestNats({ storeDir, port: first.port })
  try {
    await eventually("connected", async () => (one.nats.connected() ? true : null))
    // More than once: a consumer that the server has forgotten may still give what it was asked for just now.
    for (const name of ["after", "after that", "and again"]) {
      expect(await round(name)).toBeLessThan(soonMillis)
    }
  } finally {
    working.interruptUnsafe()
    await one.close()
    await second.stop()
    rmSync(storeDir, { recursive: true, force: true, maxRetries: 10 })
  }
}, 120_000)
