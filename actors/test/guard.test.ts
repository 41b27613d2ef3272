import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Scope from "effect/Scope"
import { streams } from "@maillm/schema/Streams"
import { Nats } from "../src/nats/Nats.ts"
import type { NatsOptions } from "../src/nats/Nats.ts"
import { StreamsLost } from "../src/nats/StreamMarks.ts"
import { streamConfig } from "../src/nats/Streams.ts"
import { consumeWork } from "../src/nats/WorkConsumer.ts"
import type { Verdict } from "../src/nats/WorkConsumer.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import { Counter } from "../examples/counter.ts"
import { startHost } from "./testHost.ts"

const cleanups: Array<() => Promise<unknown>> = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), "maillm-guard-"))
  cleanups.push(async () => rmSync(path, { recursive: true, force: true, maxRetries: 10 }))
  return path
}

const server = async (storeDir = folder(), port?: number): Promise<TestNats> => {
  const nats = await startTestNats({ storeDir, ...(port === undefined ? {} : { port }) })
  cleanups.push(() => nats.stop())
  return nats
}

/** One process's connection, or why there is none. */
const start = async (nats: TestNats, options: Partial<NatsOptions> = {}) => {
  const scope = Effect.runSync(Scope.make())
  const layer = Nats.layer({ servers: nats.url, name: "guard-test", ...options })
  const built = await Effect.runPromise(Effect.result(Layer.buildWithScope(layer, scope)))
  const close = () => Effect.runPromise(Scope.close(scope, Exit.void))
  cleanups.push(close)
  return Result.map(built, (context) => ({ nats: Context.get(context, Nats), close }))
}
const started = async (...args: Parameters<typeof start>) => Result.getOrThrow(await start(...args))
const refused = async (...args: Parameters<typeof start>) => {
  const result = await start(...args)
  if (Result.isSuccess(result) || !(result.failure instanceof StreamsLost)) throw new Error("was not refused")
  return result.failure
}

type Service = Nats["Service"]

/** Stores `count` commands, each in its own mailbox; answers the last sequence. */
const commands = async ({ js }: Service, count: number) => {
  let sequence = 0
  for (let i = 0; i < count; i++) sequence = (await js.publish(`cmd.0.session.s${i}`, "c")).seq
  return sequence
}

/** Has the guard look now, which it does every few seconds by itself. */
const remembered = async (nats: Service, stream: string, sequence: number) => {
  expect(await nats.guard.lossNow()).toBeNull()
  expect(nats.guard.highestSeen(stream)).toBeGreaterThanOrEqual(sequence)
}

/** The folder of one stream in a server's store. */
const streamFolder = ({ storeDir }: TestNats, stream: string) =>
  join(storeDir, "jetstream", "$G", "streams", stream)

describe("at start", () => {
  it("refuses when a stream is gone, and goes on above its positions once that loss is accepted", async () => {
    const nats = await server()
    const first = await started(nats)
    const last = await commands(first.nats, 5)
    await remembered(first.nats, "CMD", last)
    const { jsm } = first.nats
    await first.close()
    const other = await started(nats)
    await other.nats.jsm.streams.delete("CMD")
    const lost = await refused(nats)
    expect(lost.message).toMatch(/stream CMD was made \S+ and reached message 5; now there is none/)
    expect(lost.message).toContain(`MAILLM_ACCEPT_STREAMS=${lost.acceptance}`)
    await expect(other.nats.jsm.streams.info("CMD")).rejects.toThrow("stream not found")
    await other.close()
    expect(jsm).toBeDefined()

    await refused(nats, { acceptStreams: "0123456789ab" })
    const accepted = { acceptStreams: lost.acceptance }
    const again = await started(nats, accepted)
    expect(await commands(again.nats, 1)).toBeGreaterThan(last + 100_000)
    await again.close()
    // Left in the settings it does no harm: the next loss has another value.
    const left = await started(nats, accepted)
    await left.nats.jsm.streams.delete("CMD")
    await left.close()
    expect((await refused(nats, accepted)).acceptance).not.toBe(lost.acceptance)
  }, 60_000)

  it("refuses when a stream was made anew, and lifts the new one", async () => {
    const nats = await server()
    const first = await started(nats)
    const { seq } = await first.nats.js.publish("out.email.u1", "mail")
    await remembered(first.nats, "OUTBOX", seq)
    const { jsm } = first.nats
    await jsm.streams.delete("OUTBOX")
    await jsm.streams.add(streamConfig(streams.OUTBOX, 1))
    await first.close()
    const lost = await refused(nats)
    expect(lost.message).toMatch(/stream OUTBOX .* now there is another, made \S+, that ends at 0/)
    const again = await started(nats, { acceptStreams: lost.acceptance })
    expect((await again.nats.js.publish("out.email.u1", "mail")).seq).toBeGreaterThan(seq + 100_000)
  }, 60_000)

  it("refuses when a stream went back, and keeps what it still holds when that is accepted", async () => {
    let nats = await server()
    const first = await started(nats)
    await commands(first.nats, 3)
    await first.close()
    await nats.stop()
    const copy = join(folder(), "CMD")
    cpSync(streamFolder(nats, "CMD"), copy, { recursive: true })
    nats = await server(nats.storeDir)
    const second = await started(nats)
    const last = await commands(second.nats, 7)
    await remembered(second.nats, "CMD", last)
    await second.close()
    await nats.stop()
    rmSync(streamFolder(nats, "CMD"), { recursive: true })
    cpSync(copy, streamFolder(nats, "CMD"), { recursive: true })
    nats = await server(nats.storeDir)
    const lost = await refused(nats)
    expect(lost.message).toMatch(/stream CMD .* reached message 10; now it ends at 3/)
    const again = await started(nats, { acceptStreams: lost.acceptance })
    expect((await again.nats.jsm.streams.info("CMD")).state.messages).toBe(3)
    expect(await commands(again.nats, 1)).toBeGreaterThan(last + 90_000)
  }, 120_000)

  it("finds out by the file when all of NATS is another, or an old copy", async () => {
    const memoryFile = join(folder(), "streams.json")
    let nats = await server()
    const first = await started(nats, { memoryFile })
    await commands(first.nats, 2)
    await first.close()
    await nats.stop()
    const copy = join(folder(), "store")
    cpSync(nats.storeDir, copy, { recursive: true })
    nats = await server(nats.storeDir)
    const second = await started(nats, { memoryFile })
    await remembered(second.nats, "CMD", await commands(second.nats, 4))
    await second.close()
    await nats.stop()

    const old = await server(copy)
    expect((await refused(old, { memoryFile })).losses.map(({ stream }) => stream)).toContain("CMD")
    const empty = await server()
    const lost = await refused(empty, { memoryFile })
    expect(lost.losses.map(({ stream }) => stream)).toEqual(expect.arrayContaining(["CMD", "EVT", "OUTBOX"]))
    await started(empty, { memoryFile, acceptStreams: lost.acceptance })
    await started(empty, { memoryFile })
  }, 120_000)

  it("writes its own memory anew when only that was lost, and the leases' bucket goes on above its epochs", async () => {
    const nats = await server()
    const first = await started(nats)
    const epoch = await first.nats.bucket("OWN").put("p.1", "claim")
    await remembered(first.nats, "KV_OWN", epoch)
    const { jsm } = first.nats
    await jsm.streams.delete("KV_OWN")
    await first.close()
    const second = await started(nats)
    expect(await second.nats.bucket("OWN").put("p.1", "claim")).toBeGreaterThan(epoch + 100_000)
    await second.nats.jsm.streams.delete("KV_GUARD")
    await second.close()
    const third = await started(nats)
    expect(third.nats.guard.highestSeen("KV_OWN")).toBeGreaterThan(epoch + 100_000)
  }, 60_000)

  it("refuses a bucket with other settings, and three replicas where one server stands alone", async () => {
    const nats = await server()
    const first = await started(nats)
    await first.nats.jsm.streams.update("KV_MARKS", { max_bytes: 1_000_000 })
    await first.close()
    const differs = await start(nats)
    expect(Result.isFailure(differs) && differs.failure.message).toMatch(
      /stream KV_MARKS differs .* max_bytes is 1000000/,
    )
    const alone = await start(await server(), { replicas: 3 })
    expect(Result.isFailure(alone) && alone.failure.message).toMatch(/3 replicas need 3 nats-servers/)
  }, 60_000)
})

describe("while running", () => {
  for (const stream of ["CMD", "EVT"] as const) {
    it(`stops serving when ${stream} is made anew, and says so`, async () => {
      const nats = await server()
      const { nats: running } = await started(nats)
      await running.js.publish(stream === "CMD" ? "cmd.0.session.s1" : "evt.session.s1", "x")
      await remembered(running, stream, 1)
      expect(running.connected()).toBe(true)
      await running.jsm.streams.delete(stream)
      await running.jsm.streams.add(streamConfig(streams[stream], 1))
      const refusal = await Effect.runPromise(running.guard.refused)
      expect(refusal.message).toContain(`stream ${stream}`)
      expect(running.connected()).toBe(false)
      expect(running.guard.refusal()).toBe(refusal)
    }, 60_000)
  }

  it("hosts let go of their partitions, senders are refused, work queues rest", async () => {
    const nats = await server()
    const host = await startHost(nats, "h1", [actorCells(Counter)])
    cleanups.push(host.close)
    const tell = (commandId: string) =>
      Effect.runPromise(host.client.ask(Counter, "c", commandId, { _tag: "Increment", by: 1 }))
    expect((await tell("one")).reply).toBe(1)
    const worked: Array<string> = []
    const working = Effect.runFork(
      consumeWork({
        stream: "JOBS",
        durable: "rest",
        filter: "job.rest.>",
        ackWaitMillis: 60_000,
        concurrency: 1,
        handle: ({ subject }) => Effect.sync((): Verdict => (worked.push(subject), "done")),
      }).pipe(Effect.provideService(Nats, host.nats)),
    )
    cleanups.push(async () => working.interruptUnsafe())
    await host.nats.js.publish("job.rest.before", "x")
    await expect.poll(() => worked, { timeout: 10_000 }).toEqual(["job.rest.before"])
    await remembered(host.nats, "CMD", 1)
    await host.nats.jsm.streams.delete("CMD")
    await expect.poll(() => host.host.workers().length, { timeout: 20_000 }).toBe(0)
    await expect(tell("two")).rejects.toThrow("NATS does not hold what it held")
    await host.nats.js.publish("job.rest.after", "x")
    const { jsm } = host.nats
    const asks = async () => (await jsm.consumers.info("JOBS", "rest")).num_waiting
    await expect.poll(asks, { timeout: 15_000 }).toBe(0)
    expect(worked).toEqual(["job.rest.before"])
  }, 60_000)
})
