import { createHash, randomBytes } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import type { BlobRef } from "@maillm/schema/Message"
import { packedBlobBytes } from "../src/nats/BlobPacks.ts"
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
})
afterAll(async () => {
  await runtime?.dispose()
  await server?.stop()
})

const put = (bytes: Uint8Array) => runtime.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.put(bytes)))
const get = (ref: BlobRef) => runtime.runPromise(Effect.flatMap(Blobs, (blobs) => blobs.get(ref)))
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

/** Another process, which has nothing in its memory. */
const getElsewhere = async (refs: ReadonlyArray<BlobRef>) => {
  const other = make(server.url)
  try {
    return await other.runPromise(
      Effect.flatMap(Blobs, (blobs) => Effect.forEach(refs, blobs.get, { concurrency: "unbounded" })),
    )
  } finally {
    await other.dispose()
  }
}

test("200 at once, half of them the same, are few messages and all come back", async () => {
  const same = randomBytes(2_000)
  const all = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? same : randomBytes(2_000)))
  const before = await stored()
  const refs = await Promise.all(all.map((bytes) => put(bytes)))
  expect((await stored()) - before).toBeLessThan(20)
  expect(refs.some(({ within }) => within !== undefined)).toBe(true)
  for (const read of [await Promise.all(refs.map(get)), await getElsewhere(refs)])
    expect(read.map((bytes, i) => Buffer.from(bytes).equals(all[i]!))).toEqual(all.map(() => true))
})

test("of every size at once: small ones share messages, large ones do not, all come back", async () => {
  const sizes = [0, 1, packedBlobBytes, packedBlobBytes + 1, smallBlobBytes, smallBlobBytes + 1]
  const all = [...sizes, ...sizes, ...sizes].map((size) => randomBytes(size))
  const refs = await Promise.all(all.map((bytes) => put(bytes)))
  expect(refs.every(({ sizeBytes, within }) => within === undefined || sizeBytes <= packedBlobBytes)).toBe(
    true,
  )
  expect(refs.filter(({ within }) => within !== undefined).length).toBeGreaterThan(3)
  const read = await getElsewhere(refs)
  expect(read.map((bytes, i) => Buffer.from(bytes).equals(all[i]!))).toEqual(all.map(() => true))
})

test("a pack that is not there, and a place in one that holds other bytes, are failures with a reason", async () => {
  const refs = await Promise.all([randomBytes(50), randomBytes(50)].map((bytes) => put(bytes)))
  const [first, second] = refs
  if (first?.within === undefined || second?.within === undefined) throw new Error("they share no pack")
  expect(second.within).toEqual({ pack: first.within.pack, offsetBytes: 50 })
  await expect(get({ ...first, within: { pack: "0".repeat(64), offsetBytes: 0 } })).rejects.toThrow(
    /is not in the object store/,
  )
  for (const offsetBytes of [-50, 1, 50, 90, 1_000_000])
    await expect(get({ ...first, within: { ...first.within, offsetBytes } })).rejects.toThrow(/damaged/)
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
    // In these words it is refused without asking the server, which would be waited for.
    const put = Effect.flatMap(Blobs, (blobs) => blobs.put(bytes))
    await expect(away.runPromise(put)).rejects.toMatchObject({
      reason: "NATS is not reachable at the moment",
    })
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
})
