import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Counter } from "../examples/counter.ts"
import { Nats } from "../src/nats/Nats.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import { startHost } from "./testHost.ts"

const cleanups: Array<() => Promise<unknown>> = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), "maillm-back-"))
  cleanups.push(async () => rmSync(path, { recursive: true, force: true, maxRetries: 10 }))
  return path
}

/** Runs a host on the store, tells each of the actors so many times to add one, and ends all of it. */
const count = async (storeDir: string, times: number, ...ids: ReadonlyArray<string>) => {
  const nats = await startTestNats({ storeDir })
  const one = await startHost(nats, "h1", [actorCells(Counter)])
  try {
    const last = []
    for (const id of ids) {
      let reply = 0
      for (let i = 0; i < times; i++) {
        const command = { _tag: "Increment", by: 1 } as const
        reply = (await Effect.runPromise(one.client.ask(Counter, id, crypto.randomUUID(), command))).reply
      }
      last.push(reply)
    }
    // The guard looks now, which it does every few seconds by itself.
    await one.nats.guard.lossNow()
    return last
  } finally {
    await one.close()
    await nats.stop()
  }
}

const connects = async (nats: TestNats, acceptStreams: string) => {
  const layer = Nats.layer({ servers: nats.url, name: "back-test", acceptStreams })
  return Effect.runPromise(Effect.result(Effect.scoped(Layer.build(layer))))
}

it("goes on from the records when the journal went back behind a snapshot, and that was accepted", async () => {
  const storeDir = folder()
  const journal = join(storeDir, "jetstream", "$G", "streams", "EVT")
  const copy = join(folder(), "EVT")
  expect(await count(storeDir, 3, "x")).toEqual([3])
  cpSync(journal, copy, { recursive: true })
  // Beyond the hundredth record there is a snapshot.
  expect(await count(storeDir, 120, "x")).toEqual([123])
  rmSync(journal, { recursive: true })
  cpSync(copy, journal, { recursive: true })

  const nats = await startTestNats({ storeDir })
  const lost = await connects(nats, "")
  if (!("failure" in lost) || lost.failure._tag !== "StreamsLost") throw new Error("was not refused")
  expect(await connects(nats, lost.failure.acceptance)).toMatchObject({ _tag: "Success" })
  await nats.stop()
  // Those of others take the sequences that were lost.
  expect(await count(storeDir, 150, "y")).toEqual([150])
  expect(await count(storeDir, 2, "x")).toEqual([5])
  expect(await count(storeDir, 2, "x")).toEqual([7])
}, 60_000)
