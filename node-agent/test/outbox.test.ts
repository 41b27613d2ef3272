import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { chmod, link, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { BlobFailed } from "@maillm/actors/nats/Blobs"
import { fileLimitBytes } from "@maillm/schema/Files"
import { defaultPolicy } from "@maillm/schema/Policy"
import { StartTurn } from "@maillm/schema/Turn"
import { Outbox, OutboxBlocked, outboxPath } from "../src/workspace/outbox.ts"
import { makeHostWorkspace } from "./testing/hostWorkspace.ts"
import type { HostWorkspace } from "./testing/hostWorkspace.ts"

const order = (change: Partial<StartTurn> = {}): StartTurn => ({
  ...Schema.decodeUnknownSync(StartTurn)({
    _tag: "StartTurn",
    orderId: "o1",
    epoch: 1,
    userId: "ada",
    sessionId: "s1",
    turnId: "t1",
    requestId: "r1",
    driver: "shell",
    text: "",
    attachments: [],
  }),
  ...change,
})

let at: HostWorkspace
let outbox: Outbox
let folder: string
let stored: Map<string, Uint8Array>
let storeFails = false
beforeEach(async () => {
  at = await makeHostWorkspace()
  stored = new Map()
  storeFails = false
  outbox = new Outbox(at.runtime, {
    put: (bytes) => {
      const sha256 = createHash("sha256").update(bytes).digest("hex")
      if (storeFails) return Effect.die(new Error("the process ends here"))
      stored.set(sha256, bytes)
      return Effect.succeed({ sha256, sizeBytes: bytes.length })
    },
    get: ({ sha256 }) => Effect.fail(new BlobFailed({ sha256, found: false, reason: "not read here" })),
  })
  folder = outboxPath(at.root, "s1")
  await mkdir(folder, { recursive: true })
})
afterEach(() => at.remove())

const put = (name: string, content: string | Buffer = "content") => writeFile(join(folder, name), content)
const textOf = (sha256: string) => Buffer.from(stored.get(sha256) ?? "").toString()
const sent = async (change?: Partial<StartTurn>) => {
  const claimed = await outbox.claim(order(change))
  return (claimed?.sent ?? []).map(({ blob, name, type }) => [name, type, textOf(blob.sha256)])
}
const left = async () => (await outbox.claim(order()))?.left ?? []

test("files are taken out of the outbox and stored, by their names; the folder stays", async () => {
  await put("report.pdf", "%PDF-1.7")
  await put("b ü.txt", "text")
  expect(await sent()).toEqual([
    ["b ü.txt", "text/plain", "text"],
    ["report.pdf", "application/pdf", "%PDF-1.7"],
  ])
  expect(await readdir(folder)).toEqual([])
})

test("nothing there is nothing, and leaves nothing; also without the folder", async () => {
  expect(await outbox.claim(order())).toBeNull()
  await rm(folder, { recursive: true })
  expect(await outbox.claim(order())).toBeNull()
  expect(await readdir(join(at.root, ".maillm"))).toEqual(["outbox"])
})

test("cut off before they are stored, they are the same turn's; the next turn has only its own", async () => {
  await put("a.txt", "one")
  storeFails = true
  await expect(outbox.claim(order())).rejects.toThrow("the process ends here")
  expect(await readdir(folder)).toEqual([])
  storeFails = false
  const claimed = await outbox.claim(order())
  expect(claimed?.sent.map(({ name }) => name)).toEqual(["a.txt"])
  // The journal has it, and the process ended before it was taken away: it is no other turn's.
  await put("a.txt", "two")
  expect(await sent({ turnId: order().turnId })).toMatchObject([["a.txt", "text/plain", "one"]])
  await outbox.remove(order().userId, claimed?.folder ?? "", claimed?.names ?? [])
  expect(await readdir(join(at.root, ".maillm/sent"))).toEqual([])
  expect(
    (
      await outbox.claim({ ...order(), turnId: Schema.decodeUnknownSync(StartTurn.fields.turnId)("t2") })
    )?.sent.map(({ blob }) => textOf(blob.sha256)),
  ).toEqual(["two"])
})

test("another session's outbox is its own", async () => {
  await put("a.txt")
  expect(
    await outbox.claim({ ...order(), sessionId: Schema.decodeUnknownSync(StartTurn.fields.sessionId)("s2") }),
  ).toBeNull()
  expect(await readdir(folder)).toEqual(["a.txt"])
})

describe("what is no file of its own stays out, and it is said why", () => {
  test("links, folders, pipes, hidden and unreadable files", async () => {
    await symlink("/etc/passwd", join(folder, "passwd"))
    await symlink(join(at.root, "nowhere"), join(folder, "broken"))
    await mkdir(join(folder, "build"))
    await writeFile(join(folder, "build/a.txt"), "in a folder")
    await put(".hidden")
    execFileSync("mkfifo", [join(folder, "pipe")])
    await put("good.txt")
    const claimed = await outbox.claim(order())
    expect(claimed?.sent.map(({ name }) => name)).toEqual(["good.txt"])
    expect([...stored.values()].map((bytes) => Buffer.from(bytes).toString())).toEqual(["content"])
    expect(claimed?.left.map(({ name, reason }) => [name, reason.split(/[;,]/)[0]])).toEqual([
      [".hidden", "it is hidden"],
      ["broken", "it is a link"],
      ["build", "it is a folder"],
      ["passwd", "it is a link"],
      ["pipe", "it is no file that can be read"],
    ])
    // Taken once: the next turn does not say it again.
    expect(await readdir(folder)).toEqual([])
  })

  test("credentials, by name or by content, unless the policy lets them out", async () => {
    await put(".env", "TOKEN=1")
    await put("id_rsa", "x")
    await put("innocent.txt", "-----BEGIN OPENSSH PRIVATE KEY-----\nabc")
    expect((await left()).map(({ name, reason }) => [name, reason.includes("credentials")])).toEqual([
      [".env", true],
      ["id_rsa", true],
      ["innocent.txt", true],
    ])
    expect(stored.size).toBe(0)
    const policy = { ...defaultPolicy, classes: { ...defaultPolicy.classes, credentials: "allow" as const } }
    expect((await sent({ policy })).map(([name]) => name)).toEqual(["id_rsa", "innocent.txt"])
  })

  test("too large, and too many: it is kept, and its place is said", async () => {
    await put("huge.bin", Buffer.alloc(fileLimitBytes + 1))
    await put("just.bin", Buffer.alloc(fileLimitBytes))
    for (let i = 10; i < 35; i++) await put(`f${i}.txt`, String(i))
    const claimed = await outbox.claim(order())
    expect(claimed?.sent).toHaveLength(20)
    expect(claimed?.left).toContainEqual({
      name: "huge.bin",
      reason:
        "it is larger than 25 MiB, the most that a file may have; it is kept as .maillm/sent/t1/huge.bin",
    })
    await outbox.remove(order().userId, claimed?.folder ?? "", claimed?.names ?? [])
    const kept = await readdir(join(at.root, ".maillm/sent/t1"))
    expect(kept).toHaveLength(7)
    expect(kept).toContain("huge.bin")
  })

  test("names that hide something are shown in the reason, and harmless as a name", async () => {
    await put("invoice\u202efdp.exe", "x")
    await put('a"\r\nBcc: eve@evil.example', "y")
    await mkdir(join(folder, "b\u202ec"))
    const claimed = await outbox.claim(order())
    expect(claimed?.sent.map(({ name }) => name)).toEqual(["a_Bcc_ eve@evil.example", "invoicefdp.exe"])
    expect(claimed?.left.map(({ name }) => name)).toEqual(["b\\u{202e}c"])
  })
})

describe("nothing is read or changed outside the workspace", () => {
  test.each([".maillm", ".maillm/outbox", ".maillm/outbox/s1"])(
    "a link in place of %s leads nowhere",
    async (path) => {
      const elsewhere = join(at.dataDir, "elsewhere")
      await mkdir(join(elsewhere, "outbox/s1"), { recursive: true })
      for (const place of ["", "outbox", "outbox/s1"])
        await writeFile(join(elsewhere, place, "secret"), "untouched")
      await rename(join(at.root, path), join(at.root, "away"))
      await symlink(elsewhere, join(at.root, path))
      const claimed = await outbox.claim(order()).catch((error: unknown) => error)
      expect(claimed === null || claimed instanceof Error).toBe(true)
      expect(stored.size).toBe(0)
      expect(await readFile(join(elsewhere, "secret"), "utf8")).toBe("untouched")
      expect(await readdir(elsewhere)).toEqual(["outbox", "secret"])
    },
  )

  test("a link in place of the folder of what is sent leads nowhere", async () => {
    const elsewhere = join(at.dataDir, "elsewhere")
    await mkdir(elsewhere)
    await symlink(elsewhere, join(at.root, ".maillm/sent"))
    await put("a.txt")
    await expect(outbox.claim(order())).rejects.toBeInstanceOf(OutboxBlocked)
    expect(await readdir(elsewhere)).toEqual([])
    expect(await readdir(folder)).toEqual(["a.txt"])
  })

  test("removing follows no link either", async () => {
    await put("a.txt")
    const claimed = await outbox.claim(order())
    const elsewhere = join(at.dataDir, "elsewhere")
    await mkdir(elsewhere)
    await writeFile(join(elsewhere, "a.txt"), "untouched")
    await rm(claimed?.folder ?? "", { recursive: true })
    await symlink(elsewhere, claimed?.folder ?? "")
    await outbox.remove(order().userId, claimed?.folder ?? "", claimed?.names ?? [])
    expect(await readFile(join(elsewhere, "a.txt"), "utf8")).toBe("untouched")
  })

  test.skipIf(process.getuid?.() === 0)(
    "a file that may not be read is told (not as root, who may)",
    async () => {
      await put("a.txt")
      await chmod(join(folder, "a.txt"), 0)
      expect(await left()).toMatchObject([{ name: "a.txt" }])
    },
  )

  test("a second name of a file is a file", async () => {
    await writeFile(join(at.root, "report.txt"), "same")
    await link(join(at.root, "report.txt"), join(folder, "report.txt"))
    expect(await sent()).toEqual([["report.txt", "text/plain", "same"]])
    expect(await readFile(join(at.root, "report.txt"), "utf8")).toBe("same")
  })
})
