import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { UserProtocol } from "@maillm/schema/ActorProtocol"
import { partitionCount, partitionOf } from "@maillm/schema/Subjects"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"
import { leaseTiming, readClaim } from "../src/runtime/LeaseTable.ts"
import { preferredHost } from "../src/runtime/preferredHost.ts"
import { eventually, startClient } from "./testHost.ts"

const main = join(import.meta.dirname, "../src/main.ts")

/** The actors process as a supervisor would run it: with nothing in its environment but what it is given. */
const run = (settings: Record<string, string>) => {
  const env = { PATH: process.env["PATH"] ?? "", ...settings }
  const child = spawn(process.execPath, [main], { env, stdio: ["ignore", "pipe", "pipe"] })
  let output = ""
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000)))
  const killWithParent = () => child.kill("SIGKILL")
  process.once("exit", killWithParent)
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", (code) => {
      process.off("exit", killWithParent)
      resolve(code)
    })
  })
  return { ended, kill: (signal: NodeJS.Signals) => void child.kill(signal), output: () => output }
}

/** A user in each partition. */
const users = Array.from({ length: partitionCount }, (_, partition) => {
  for (let i = 0; ; i++) if (partitionOf("user", `u${i}`) === partition) return `u${i}`
})

describe("actors processes by themselves", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })
  const server = async () => {
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    return nats
  }
  const start = async (nats: TestNats, hostId: string, more: Record<string, string> = {}) => {
    const child = run({
      MAILLM_NATS_URL: nats.url,
      MAILLM_HOST_ID: hostId,
      MAILLM_DOMAIN: "maillm.test",
      MAILLM_SECRET: "s".repeat(43),
      ...more,
    })
    cleanups.push(async () => {
      child.kill("SIGKILL")
      await child.ended
    })
    return child
  }
  const ready = (child: ReturnType<typeof run>) =>
    eventually("ready", async () => (child.output().includes("is ready") ? true : null), 30_000)

  const watcher = async (nats: TestNats) => {
    const client = await startClient(nats)
    cleanups.push(client.close)
    const bucket = client.nats.bucket("OWN")
    /** Waits until each partition is leased to the host that should have it. */
    const shared = (...hosts: ReadonlyArray<string>) =>
      eventually(
        `shares of ${hosts.join(" and ")}`,
        async () => {
          const owners = await Promise.all(
            users.map(async (_, partition) => {
              const entry = await bucket.get(`p.${partition}`)
              return entry === null ? "" : (readClaim(entry.string())?.host ?? "")
            }),
          )
          return owners.every((owner, partition) => owner === preferredHost(partition, hosts)) ? true : null
        },
        30_000,
      )
    let sent = 0
    /** The longest that any partition took to commit once more, milliseconds. */
    const slowestCommit = async () => {
      const begun = performance.now()
      const n = ++sent
      const ask = (id: string) =>
        client.client
          .ask(UserProtocol, id, `c${n}`, {
            _tag: "CreateUser",
            name: id,
            email: `${id}-${n}@example.org`,
            privateLocalPart: id,
          })
          .pipe(Effect.retry(Schedule.spaced("20 millis").pipe(Schedule.upTo({ times: 100 }))))
      await Promise.all(users.map((id) => Effect.runPromise(ask(id))))
      return performance.now() - begun
    }
    const quiet = () =>
      eventually("empty mailboxes", async () =>
        (await client.nats.jsm.streams.info("CMD")).state.messages === 0 ? true : null,
      )
    /** Epochs in the order of each user's records. */
    const epochs = async () => {
      const found = new Map<string, Array<number>>()
      const { state } = await client.nats.jsm.streams.info("EVT")
      for (let seq = 1; seq <= state.last_seq; seq++) {
        const message = await client.nats.jsm.streams.getMessage("EVT", { seq })
        const epoch: unknown = JSON.parse(message?.string() ?? "{}")["epoch"]
        const of = found.get(message?.subject ?? "") ?? []
        if (typeof epoch === "number") found.set(message?.subject ?? "", [...of, epoch])
      }
      return [...found.values()]
    }
    return { shared, slowestCommit, quiet, epochs }
  }

  it("hand over when one is asked to end, take over when one is killed, and again when it was frozen", async () => {
    const nats = await server()
    const { shared, slowestCommit, quiet, epochs } = await watcher(nats)
    const dataDir = mkdtempSync(join(tmpdir(), "maillm-actors-"))
    cleanups.push(async () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 }))
    const a = await start(nats, "a", { MAILLM_DATA_DIR: dataDir })
    const b = await start(nats, "b")
    await Promise.all([ready(a), ready(b), shared("a", "b")])
    await slowestCommit()
    await quiet()

    a.kill("SIGTERM")
    const graceful = await slowestCommit()
    expect(await a.ended).toBe(0)
    // The promise of one second is held by ownershipHandOver.test.ts; this is a single try, which waits for no lease.
    expect(graceful).toBeLessThan(leaseTiming.expireMillis - leaseTiming.beatMillis)
    await shared("b")

    const c = await start(nats, "c")
    await shared("b", "c")
    b.kill("SIGKILL")
    const killed = await slowestCommit()
    expect(killed).toBeLessThan(12_000)
    await shared("c")

    const d = await start(nats, "d")
    await shared("c", "d")
    c.kill("SIGSTOP")
    const frozen = await slowestCommit()
    expect(frozen).toBeLessThan(12_000)
    c.kill("SIGCONT")
    await shared("c", "d")
    await slowestCommit()
    expect(c.output()).toMatch(/no lease renewal/)
    for (const of of await epochs()) expect(of).toEqual(of.toSorted((x, y) => x - y))
    d.kill("SIGTERM")
    expect(await d.ended).toBe(0)
  }, 120_000)

  it("end with what is wrong: settings that are missing, an id that is in use, a NATS that is not there", async () => {
    const nats = await server()
    const unset = run({})
    expect(await unset.ended).toBe(2)
    for (const name of ["MAILLM_NATS_URL", "MAILLM_DOMAIN", "MAILLM_SECRET"])
      expect(unset.output()).toContain(name)
    const first = await start(nats, "same")
    await ready(first)
    const second = await start(nats, "same")
    expect(await second.ended).toBe(1)
    expect(second.output()).toMatch(/host id same: stop it, or set MAILLM_HOST_ID/)
    const nowhere = await start(nats, "other", { MAILLM_NATS_URL: "nats://127.0.0.1:1" })
    expect(await nowhere.ended).toBe(1)
    expect(nowhere.output()).toContain("MAILLM_NATS_URL")
    first.kill("SIGINT")
    expect(await first.ended).toBe(0)
  }, 60_000)
})
