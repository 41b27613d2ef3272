import { createHash, randomBytes } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { Blobs } from "../src/nats/Blobs.ts"
import { Nats } from "../src/nats/Nats.ts"
import { blobLimitBytes, ObjectStoreBlobsLayer, smallBlobBytes } from "../src/nats/ObjectStoreBlobs.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"

const make = (url: string) =>
  ManagedRuntime.make(
    ObjectStoreBlobsLayer().pipe(Layer.provideMerge(Nats.layer({ servers: url, name: "blob-test" }))),
  )
let server: TestNats
let runtime: ReturnType<typeof make>

beforeAll(async () => {
  server = await startTestNats()
  runtime = make(server.url)
  await runtime.runPromise(Blobs)
}, 30_000)
afterAll(async () => {
  await runtime?.dispose()
  await server?.stop()
})

const put = (bytes: Uint8Array) => runtime.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.put(bytes)))
const get = (ref: { sha256: string; sizeBytes: number }) =>
  runtime.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.get(ref)))
const stored = () =>
  runtime.runPromise(
    Effect.flatMap(Nats, ({ jsm }) => Effect.promise(() => jsm.streams.info("OBJ_BLOBS"))).pipe(
      Effect.map((info) => info.state.messages),
    ),
  )

test.each([0, 1, 5_120, smallBlobBytes, smallBlobBytes + 1, 3_000_000])(
  "%i bytes come back as they were, and are stored once",
  async (size) => {
    const bytes = randomBytes(size)
    const ref = await put(bytes)
    expect(ref).toEqual({ sha256: createHash("sha256").update(bytes).digest("hex"), sizeBytes: size })
    expect(Buffer.from(await get(ref)).equals(bytes)).toBe(true)
    const before = await stored()
    expect(await put(bytes)).toEqual(ref)
    expect(await stored()).toBe(before)
  },
)

test("200 at once, half of them the same, all come back", async () => {
  const same = randomBytes(2_000)
  const all = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? same : randomBytes(2_000)))
  const refs = await Promise.all(all.map(put))
  const read = await Promise.all(refs.map(get))
  expect(read.every((bytes, i) => Buffer.from(bytes).equals(all[i]!))).toBe(true)
})

test("an absent blob and one over the limit are failures with a reason", async () => {
  await expect(get({ sha256: "0".repeat(64), sizeBytes: 3 })).rejects.toThrow(/is not in the object store/)
  await expect(get({ sha256: "0".repeat(64), sizeBytes: 1_000_000 })).rejects.toThrow(/is not in the/)
  await expect(put(new Uint8Array(blobLimitBytes + 1))).rejects.toThrow(/more than the limit/)
})

test("bytes that do not have the hash of their name are refused", async () => {
  const sha256 = createHash("sha256").update("what it should be").digest("hex")
  await runtime.runPromise(
    Effect.flatMap(Nats, ({ js }) =>
      Effect.promise(() => js.publish(`$O.BLOBS.C.${sha256}`, "what it shall be!")),
    ),
  )
  await expect(get({ sha256, sizeBytes: 17 })).rejects.toThrow(/damaged/)
})

test("fails at once while NATS is away, works again after", async () => {
  const first = await startTestNats({ storeDir: `${server.storeDir}-away` })
  const away = make(first.url)
  const bytes = randomBytes(100)
  try {
    const before = await away.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.put(randomBytes(10))))
    await first.stop("SIGKILL")
    await expect.poll(() => away.runPromise(Effect.map(Nats, (nats) => nats.connected()))).toBe(false)
    const started = performance.now()
    const exit = await away.runPromiseExit(Effect.flatMap(Blobs, (blobs) => blobs.put(bytes)))
    expect(Exit.isFailure(exit)).toBe(true)
    expect(performance.now() - started).toBeLessThan(200)
    const second = await startTestNats({ storeDir: first.storeDir, port: first.port })
    await expect
      .poll(
        () =>
          away
            .runPromise(Effect.flatMap(Blobs, (blobs) => blobs.put(bytes)).pipe(Effect.result))
            .then((r) => r._tag),
        { timeout: 15_000 },
      )
      .toBe("Success")
    expect((await away.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.get(before)))).length).toBe(10)
    await second.stop()
  } finally {
    await away.dispose()
  }
}, 40_000)
