import { existsSync, readdirSync, readFileSync } from "node:fs"
import { mkdir, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Layer from "effect/Layer"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { Nats } from "@maillm/actors/nats/Nats"
import { ObjectStoreBlobsLayer } from "@maillm/actors/nats/ObjectStoreBlobs"
import type { BlobRef } from "@maillm/schema/Message"
import { fetchSubject } from "@maillm/schema/Subjects"
import type { TurnResult } from "@maillm/schema/Turn"
import { nodeFolder } from "../src/files/NodeFolder.ts"
import { outboxPath } from "../src/workspace/outbox.ts"
import { TestNode } from "./testing/TestNode.ts"

describe("files out of real panes", () => {
  let node: TestNode
  let blobs: ManagedRuntime.ManagedRuntime<Blobs, unknown>
  let workspace: string
  beforeEach(async () => {
    node = await TestNode.start()
    blobs = ManagedRuntime.make(
      ObjectStoreBlobsLayer().pipe(Layer.provide(Nats.layer({ servers: node.nats.url, name: "test" }))),
    )
    workspace = nodeFolder(node.dataDir).workspace("user1")
  })
  afterEach(async () => {
    await blobs.dispose()
    await node.stop()
  })

  const read = (ref: BlobRef) =>
    blobs.runPromise(Effect.flatMap(Blobs, (store) => store.get(ref))).then((bytes) => Buffer.from(bytes))
  const filesOf = async ({ files }: TurnResult) =>
    Promise.all((files?.sent ?? []).map(async ({ blob, name }) => [name, (await read(blob)).toString()]))

  test("what a turn puts into the outbox comes with its result, once; links do not", async () => {
    await node.startAgent()
    const first = await node.run(
      "s1",
      "t1",
      'printf report >report.txt; cp report.txt "$MAILLM_OUTBOX"; ln -s /etc/passwd "$MAILLM_OUTBOX/accounts.txt"',
    )
    expect(await filesOf(first)).toEqual([["report.txt", "report"]])
    expect(first.files?.left).toMatchObject([{ name: "accounts.txt" }])
    const second = await node.run("s1", "t2", 'ls -A "$MAILLM_OUTBOX" | wc -l')
    expect(second.files).toBeUndefined()
    expect(second.outputText.trim()).toBe("0")
    expect(readFileSync(join(workspace, "report.txt"), "utf8")).toBe("report")
  })

  test("a shell that stands in the outbox stays there, and the variable cannot be changed", async () => {
    await node.startAgent()
    await node.run("s1", "t1", 'cd "$MAILLM_OUTBOX" && echo one >one.txt')
    const second = await node.run("s1", "t2", "echo two >two.txt; pwd")
    expect(await filesOf(second)).toEqual([["two.txt", "two\n"]])
    expect(second.outputText.trim()).toBe(outboxPath(workspace, "s1"))
    const third = await node.run("s1", "t3", "MAILLM_OUTBOX=/etc")
    expect(third.outcome).toMatchObject({ exitCode: 1 })
  })

  test("a turn that fails, or whose shell ends, sends what it has made", async () => {
    await node.startAgent()
    const failed = await node.run("s1", "t1", 'echo log >"$MAILLM_OUTBOX/a.log"; false')
    expect(failed.outcome).toMatchObject({ exitCode: 1 })
    expect(await filesOf(failed)).toEqual([["a.log", "log\n"]])
    const ended = await node.run("s1", "t2", 'echo log >"$MAILLM_OUTBOX/b.log"; exit 3')
    expect(await filesOf(ended)).toEqual([["b.log", "log\n"]])
  })

  test.each([
    ["the files are taken out of the outbox", () => existsSync(join(workspace, ".maillm/sent/t1"))],
    ["the journal has them", () => journal().includes('"files":{"files"')],
  ])("kill -9 once %s: told once, with every byte, and not again", async (_, moment) => {
    await node.forkAgent()
    await node.order({
      sessionId: "s1",
      turnId: "t1",
      text: 'head -c 20000000 /dev/zero | tr "\\\\0" x >"$MAILLM_OUTBOX/a.txt"; echo b >"$MAILLM_OUTBOX/b.txt"',
    })
    const deadline = performance.now() + 20_000
    while (!moment()) {
      if (performance.now() > deadline) throw new Error("the moment did not come")
      await new Promise((resolve) => setImmediate(resolve))
    }
    await node.killAgent()
    await node.forkAgent()
    const result = await node.ended("t1")
    expect(result.files?.sent.map(({ blob, name }) => [name, blob.sizeBytes])).toEqual([
      ["a.txt", 20_000_000],
      ["b.txt", 2],
    ])
    const second = await node.run("s1", "t2", "echo again")
    expect(second.files).toBeUndefined()
    const ends = (await node.storedCommands("s1")).filter(({ command }) => command._tag === "TurnEnded")
    expect(ends).toHaveLength(2)
    expect(readdirSync(join(workspace, ".maillm/sent"))).toEqual([])
  })
  const journal = () => {
    const path = nodeFolder(node.dataDir).turnFile("s1", "t1")
    return existsSync(path) ? readFileSync(path, "utf8") : ""
  }

  test("attachments of a shell's request lie in the workspace before it is run", async () => {
    await node.startAgent()
    const blob = await blobs.runPromise(
      Effect.flatMap(Blobs, (store) => store.put(Buffer.from("from outside"))),
    )
    const attachments = [{ name: "../../data.csv", type: "text/csv", blob }]
    await node.order({
      sessionId: "s1",
      turnId: "t1",
      text: "cat attachments/*/data.csv",
      more: { attachments },
    })
    expect((await node.ended("t1")).outputText).toBe("from outside")
  })

  const fetch = (paths: ReadonlyArray<string>, requestId: string) =>
    node.publishRaw(
      fetchSubject(node.nodeId, "user1"),
      JSON.stringify({
        v: 1,
        effectId: `fetch-${requestId}`,
        job: {
          _tag: "FetchFiles",
          userId: "user1",
          sessionId: "s1",
          requestId,
          nodeId: node.nodeId,
          paths,
          credentials: false,
        },
      }),
    )
  const fetched = async (requestId: string) => {
    const found = await node.until(`files for ${requestId}`, 15_000, () =>
      node.commands.find(({ command }) => command._tag === "FilesFetched" && command.requestId === requestId),
    )
    return found.command._tag === "FilesFetched" ? found.command.paths : []
  }

  test("files that a message asks for are read while a turn runs, and told once", async () => {
    await node.startAgent()
    await node.run("s1", "t1", "printf report >report.txt")
    await node.order({ sessionId: "s1", turnId: "t2", text: "until [ -e go ]; do sleep 0.1; done" })
    await node.taken("t2")
    await fetch(["report.txt", "raport.txt", "../../../etc/passwd"], "r1")
    const [report, ...others] = await fetched("r1")
    expect(report).toMatchObject({ _tag: "Found", file: { name: "report.txt", type: "text/plain" } })
    if (report?._tag === "Found") expect((await read(report.file.blob)).toString()).toBe("report")
    expect(others).toMatchObject([{ _tag: "Missing", close: ["report.txt"] }, { _tag: "Refused" }])
    await fetch(["report.txt"], "r1")
    await fetch(["report.txt"], "r2")
    await fetched("r2")
    const told = (await node.storedCommands("s1")).filter(
      ({ command }) => command._tag === "FilesFetched" && command.requestId === "r1",
    )
    expect(told).toHaveLength(1)
    await writeFile(join(workspace, "go"), "")
    await node.ended("t2")
  })

  test("a job that came while the node agent was away is done when it is back", async () => {
    await node.startAgent()
    await node.run("s1", "t1", "printf report >report.txt")
    await node.stopAgent()
    await fetch(["report.txt"], "r1")
    await node.startAgent()
    expect(await fetched("r1")).toMatchObject([{ _tag: "Found" }])
  })

  test("without its folders, and with links in their place, a turn ends and says so", async () => {
    await node.startAgent()
    await node.run("s1", "t1", "rm -rf .maillm; true")
    await mkdir(join(node.dataDir, "elsewhere"))
    await symlink(join(node.dataDir, "elsewhere"), join(workspace, ".maillm"))
    const result = await node.run("s1", "t2", 'mkdir -p "$MAILLM_OUTBOX" && echo x >"$MAILLM_OUTBOX/x.txt"')
    expect(result.outcome).toMatchObject({ exitCode: 0 })
    expect(result.files?.sent ?? []).toEqual([])
    expect(result.files?.left).toMatchObject([{ name: "The outbox" }])
  })
})
