import { createHash } from "node:crypto"
import { lstat, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import { afterEach, beforeEach, expect, test } from "vitest"
import { BlobFailed } from "@maillm/actors/nats/Blobs"
import { RequestId } from "@maillm/schema/Ids"
import type { Attachment } from "@maillm/schema/Message"
import { AttachmentsFailed, placeAttachments } from "../src/workspace/attachments.ts"
import { makeHostWorkspace } from "./testing/hostWorkspace.ts"
import type { HostWorkspace } from "./testing/hostWorkspace.ts"

let at: HostWorkspace
let stored: Map<string, Uint8Array>
const requestId = RequestId.make("r1")
const folder = () => join(at.root, "attachments/r1")

beforeEach(async () => {
  at = await makeHostWorkspace()
  stored = new Map()
})
afterEach(() => at.remove())

const attach = (name: string, content: string | Buffer): Attachment => {
  const bytes = Buffer.from(content)
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  stored.set(sha256, bytes)
  return { name, type: "text/plain", blob: { sha256, sizeBytes: bytes.length } }
}
const blobs = {
  put: () => Effect.die("nothing is put"),
  get: ({ sha256 }: { sha256: string }) => {
    const found = stored.get(sha256)
    return found === undefined
      ? Effect.fail(new BlobFailed({ sha256, found: false, missing: true, reason: "is not there" }))
      : Effect.succeed(found)
  },
}
const place = (...attachments: ReadonlyArray<Attachment>) =>
  Effect.runPromise(placeAttachments(at.runtime, blobs, at.owner, requestId, attachments))
const refused = (...attachments: ReadonlyArray<Attachment>) =>
  Effect.runPromise(Effect.flip(placeAttachments(at.runtime, blobs, at.owner, requestId, attachments)))

test("files get safe names and their bytes, in order; done twice they are there once", async () => {
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => i % 256))
  const files = [
    attach("../../a.txt", "one"),
    attach("a.txt", "two"),
    attach("b\u202e.bin", bytes),
    attach("", ""),
  ]
  const paths = ["a.txt", "a-2.txt", "b.bin", "attachment"].map((name) => join(folder(), name))
  for (const round of [1, 2]) {
    const placed = await place(...files)
    expect(
      placed.map(({ path }) => path),
      `round ${round}`,
    ).toEqual(paths)
    expect((await readdir(folder())).toSorted()).toEqual(["a-2.txt", "a.txt", "attachment", "b.bin"])
  }
  expect(await readFile(paths[0]!, "utf8")).toBe("one")
  expect(await readFile(paths[1]!, "utf8")).toBe("two")
  expect((await readFile(paths[2]!)).equals(bytes)).toBe(true)
  expect((await stat(paths[0]!)).mode & 0o777).toBe(0o644)
})

test("a file of the agent's is never overwritten, nor is its link followed", async () => {
  await mkdir(folder(), { recursive: true })
  await writeFile(join(folder(), "a.txt"), "the agent's")
  await writeFile(join(at.dataDir, "victim"), "untouched")
  await symlink(join(at.dataDir, "victim"), join(folder(), "a-2.txt"))
  await symlink(join(at.dataDir, "nowhere"), join(folder(), "a-3.txt"))
  await mkdir(join(folder(), "a-4.txt"))
  const [placed] = await place(attach("a.txt", "new"))
  expect(placed?.path).toBe(join(folder(), "a-5.txt"))
  expect(await readFile(join(folder(), "a.txt"), "utf8")).toBe("the agent's")
  expect(await readFile(join(at.dataDir, "victim"), "utf8")).toBe("untouched")
  expect(await readdir(join(folder(), "a-4.txt"))).toEqual([])
  expect(await readdir(at.dataDir)).not.toContain("nowhere")
})

test("a link of the same content does not pass for the file", async () => {
  await mkdir(folder(), { recursive: true })
  await writeFile(join(at.root, "same"), "new")
  await symlink(join(at.root, "same"), join(folder(), "a.txt"))
  const [placed] = await place(attach("a.txt", "new"))
  expect((await lstat(placed?.path ?? "")).isFile()).toBe(true)
  expect(placed?.path).toBe(join(folder(), "a-2.txt"))
})

test.each(["attachments", "attachments/r1"])(
  "a link in place of the folder %s leads nowhere",
  async (path) => {
    const elsewhere = join(at.dataDir, "elsewhere")
    await mkdir(elsewhere)
    await mkdir(join(at.root, path, ".."), { recursive: true })
    await symlink(elsewhere, join(at.root, path))
    expect(await refused(attach("a.txt", "x"))).toBeInstanceOf(AttachmentsFailed)
    expect(await readdir(elsewhere)).toEqual([])
    await rm(join(at.root, path))
    await writeFile(join(at.root, path), "a file")
    expect(await refused(attach("a.txt", "x"))).toMatchObject({ passing: false })
  },
)

test("what is missing, damaged or too much is told", async () => {
  const lost = attach("lost.txt", "x")
  stored.delete(lost.blob.sha256)
  expect(await refused(lost)).toMatchObject({
    passing: false,
    message: expect.stringContaining('"lost.txt"') as string,
  })
  const damaged = attach("damaged.txt", "x")
  stored.set(damaged.blob.sha256, Buffer.from("y"))
  await refused(damaged)
  expect(await readdir(folder())).toEqual([])
  const large = attach("large", "x")
  expect(await refused({ ...large, blob: { ...large.blob, sizeBytes: 300 * 1024 * 1024 } })).toMatchObject({
    message: expect.stringContaining("at most 100") as string,
  })
  expect(await refused(...Array.from({ length: 101 }, () => large))).toMatchObject({ passing: false })
  expect(await place()).toEqual([])
})
