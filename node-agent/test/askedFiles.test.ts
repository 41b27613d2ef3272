import { createHash } from "node:crypto"
import { execFileSync } from "node:child_process"
import { mkdir, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { FetchFilesJob } from "@maillm/schema/Files"
import { AskedFiles } from "../src/workspace/AskedFiles.ts"
import { makeHostWorkspace } from "./testing/hostWorkspace.ts"
import type { HostWorkspace } from "./testing/hostWorkspace.ts"

let at: HostWorkspace
let stored: Map<string, Uint8Array>
beforeEach(async () => {
  at = await makeHostWorkspace()
  stored = new Map()
})
afterEach(() => at.remove())

const blobs = {
  put: (bytes: Uint8Array) => {
    const sha256 = createHash("sha256").update(bytes).digest("hex")
    stored.set(sha256, bytes)
    return Effect.succeed({ sha256, sizeBytes: bytes.length })
  },
  get: () => Effect.die("nothing is read"),
}
const ask = (
  paths: ReadonlyArray<string>,
  { credentials = false, workFolder = undefined as string | undefined } = {},
) => {
  const job = Schema.decodeUnknownSync(FetchFilesJob)({
    _tag: "FetchFiles",
    userId: at.owner.userId,
    sessionId: "s1",
    requestId: "r1",
    nodeId: "n1",
    paths,
    credentials,
  })
  return new AskedFiles(at.runtime, blobs, job, workFolder).all()
}
const one = async (path: string, options?: Parameters<typeof ask>[1]) => {
  const [fetched] = await ask([path], options)
  if (fetched?._tag !== "Found") return fetched
  const { blob, name, type } = fetched.file
  return { name, type, text: Buffer.from(stored.get(blob.sha256) ?? "").toString() }
}

test("files by their path, with every byte and a name of their own", async () => {
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => i % 256))
  await at.write("docs/report.pdf", "%PDF-1.7 x")
  await at.write("my report.txt", "blank")
  await at.write("data.bin", bytes)
  await at.write("docs/data.bin", "other")
  await at.write("-n", "option")
  await at.write("$(touch pwned)", "no command")
  expect(await one("docs/report.pdf")).toEqual({
    name: "report.pdf",
    type: "application/pdf",
    text: "%PDF-1.7 x",
  })
  expect(await one("./docs/../my report.txt")).toMatchObject({ text: "blank" })
  expect(await one(join(at.root, "my report.txt"))).toMatchObject({ text: "blank" })
  expect(await one("-n")).toMatchObject({ name: "n", text: "option" })
  expect(await one("$(touch pwned)")).toMatchObject({ text: "no command" })
  const both = await ask(["data.bin", "docs/data.bin", "empty"])
  expect(both.map((fetched) => (fetched._tag === "Found" ? fetched.file.name : fetched._tag))).toEqual([
    "data.bin",
    "data-2.bin",
    "Missing",
  ])
  expect([...stored.values()].some((content) => bytes.equals(content))).toBe(true)
  expect(await one("pwned")).toMatchObject({ _tag: "Missing" })
})

test("the session's own folder goes first, then the workspace", async () => {
  const workFolder = join(at.root, "work/s1")
  await at.write("work/s1/a.txt", "worktree")
  await at.write("a.txt", "workspace")
  await at.write("b.txt", "workspace only")
  expect(await one("a.txt", { workFolder })).toMatchObject({ text: "worktree" })
  expect(await one("b.txt", { workFolder })).toMatchObject({ text: "workspace only" })
  expect(await one("a.txt")).toMatchObject({ text: "workspace" })
})

describe("nothing outside the workspace", () => {
  test.each(["/etc/passwd", "../plain.txt", "a/../../plain.txt", "~/x/../../../etc/passwd"])(
    "%s",
    async (path) => {
      await writeFile(join(at.root, "../plain.txt"), "outside")
      expect(await ask([path])).not.toMatchObject([{ _tag: "Found" }])
      expect(stored.size).toBe(0)
    },
  )

  test("by a link, a link in the way, or a link to a link", async () => {
    await writeFile(join(at.dataDir, "plain.txt"), "outside")
    await symlink(join(at.dataDir, "plain.txt"), join(at.root, "link.txt"))
    await symlink(at.dataDir, join(at.root, "folder"))
    await symlink("link.txt", join(at.root, "again.txt"))
    await symlink(`${at.root}/loop`, join(at.root, "loop"))
    for (const path of ["link.txt", "folder/plain.txt", "again.txt"])
      expect(await one(path)).toMatchObject({
        _tag: "Refused",
        reason: expect.stringContaining("outside") as string,
      })
    expect(await one("loop")).toMatchObject({ _tag: "Missing" })
    expect(stored.size).toBe(0)
  })

  test("a link that stays inside is the file it leads to, by that file's name", async () => {
    await at.write("reports/2026-11.pdf", "%PDF-1")
    await symlink("reports/2026-11.pdf", join(at.root, "latest.pdf"))
    expect(await one("latest.pdf")).toMatchObject({ name: "2026-11.pdf", text: "%PDF-1" })
  })

  test("a workspace beside ours whose name begins the same", async () => {
    const beside = `${at.root}-other`
    await mkdir(beside)
    await writeFile(join(beside, "a.txt"), "other")
    expect(await one(`${beside}/a.txt`)).toMatchObject({ _tag: "Refused" })
    expect(await one(`../${at.owner.userId}-other/a.txt`)).toMatchObject({ _tag: "Refused" })
  })
})

test("credentials are not sent, by name, by a link's end or by content, unless the policy allows it", async () => {
  await at.write(".env", "TOKEN=1")
  await at.write("keys/id_rsa", "x")
  await at.write("innocent.txt", "-----BEGIN RSA PRIVATE KEY-----")
  await symlink(".env", join(at.root, "settings.txt"))
  for (const path of [".env", "keys/id_rsa", "innocent.txt", "settings.txt"])
    expect(await one(path)).toMatchObject({
      _tag: "Refused",
      reason: expect.stringContaining("credentials") as string,
    })
  expect(stored.size).toBe(0)
  expect(await one(".env", { credentials: true })).toMatchObject({ text: "TOKEN=1" })
})

test("folders, pipes and what is too large are refused with what to do", async () => {
  await at.write("build/a.txt", "a")
  await at.write("build/b.txt", "b")
  await at.write("large.bin", Buffer.alloc(26 * 1024 * 1024))
  execFileSync("mkfifo", [join(at.root, "pipe")])
  expect(await one("build")).toMatchObject({
    _tag: "Refused",
    reason: "it is a folder with a.txt, b.txt; ask for files in it",
  })
  expect(await one(".")).toMatchObject({
    _tag: "Refused",
    reason: expect.stringContaining("it is a folder") as string,
  })
  expect(await one("pipe")).toMatchObject({ _tag: "Refused", reason: "it is no file that can be read" })
  expect(await one("large.bin")).toMatchObject({
    _tag: "Refused",
    reason: "it is larger than 25 MiB, the most that can be sent",
  })
})

test("what is not there: what comes close, not what is generated or hidden away", async () => {
  await at.write("docs/report.pdf", "x")
  await at.write("node_modules/x/raport.pdf", "x")
  await at.write(".maillm/requests/raport.pdf", "x")
  expect(await one("raport.pdf")).toEqual({ _tag: "Missing", path: "raport.pdf", close: ["docs/report.pdf"] })
  expect(await one("nothing-like-it.xyz")).toMatchObject({ close: [] })
  expect(await one("a\0b")).toMatchObject({ _tag: "Missing" })
})
