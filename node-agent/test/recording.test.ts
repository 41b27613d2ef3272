import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { Nats } from "@maillm/actors/nats/Nats"
import { ObjectStoreBlobsLayer } from "@maillm/actors/nats/ObjectStoreBlobs"
import type { TurnResult } from "@maillm/schema/Turn"
import { Recording, readRecording } from "../src/turn/Recording.ts"
import type { RecordedPane } from "../src/turn/Recording.ts"
import { TestNode } from "./testing/TestNode.ts"
import { until } from "./testing/TestProxy.ts"

const blobsOf = (node: TestNode) =>
  ObjectStoreBlobsLayer().pipe(Layer.provide(Nats.layer({ servers: node.nats.url, name: "test" })))

let folder = ""
let pane: RecordedPane
const path = () => join(folder, "t.cast")
const lines = async () =>
  (await readFile(path(), "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "maillm-cast-"))
  pane = { columns: 80, rows: 24, recorder: null }
})
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))

describe("a recording", () => {
  test("is of what the pane shows from its start to its end", async () => {
    const recording = Recording.start(path(), pane, "before")
    expect(pane.recorder).toBe(recording)
    await pane.recorder?.feed(Buffer.from("one"))
    await pane.recorder?.resized(100, 30)
    await pane.recorder?.gap()
    await recording.close()
    expect(pane.recorder).toBeNull()
    await recording.feed(Buffer.from("too late"))
    const [header, ...rest] = await lines()
    expect(header).toMatchObject({ version: 2, width: 80, height: 24 })
    expect(rest.map((event) => (event as Array<unknown>).slice(1))).toEqual([
      ["o", "before"],
      ["o", "one"],
      ["r", "100x30"],
      ["o", expect.stringContaining("lost")],
    ])
    expect((await stat(path())).mode & 0o777).toBe(0o600)
    expect((await readRecording(path()))?.equals(await readFile(path()))).toBe(true)
  })

  test("goes on after a node agent that was killed, without the line it was in", async () => {
    const first = Recording.start(path(), pane)
    await first.feed(Buffer.from("one"))
    await appendFile(path(), '[99.5,"o","torn')
    const second = Recording.start(path(), pane)
    await second.feed(Buffer.from("two"))
    await second.close()
    const [, ...rest] = await lines()
    expect(rest.map((event) => (event as Array<unknown>)[2])).toEqual(["one", "80x24", "two"])
    const times = rest.map((event) => Number((event as Array<unknown>)[0]))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times.at(-1)).toBeLessThan(60)
    await first.close()
  })

  test("of nothing is none; one that cannot be written hurts nobody", async () => {
    expect(await readRecording(path())).toBeNull()
    const recording = Recording.start(path(), pane)
    await recording.close()
    expect(await readRecording(path())).toBeNull()
    const impossible = Recording.start(join(folder, "none/t.cast"), pane)
    await impossible.feed(Buffer.from("x"))
    await impossible.close()
    expect(pane.recorder).toBeNull()
  })
})

describe.skipIf(!process.env["MAILLM_TEST_TMUX"])("turns of a shell (needs tmux)", () => {
  let node: TestNode
  beforeEach(async () => {
    node = await TestNode.start()
  })
  afterEach(() => node.stop(), 30_000)

  const recordingOf = async ({ recording }: TurnResult) => {
    const ref = recording ?? { sha256: "", sizeBytes: 0 }
    const blob = Blobs.use((blobs) => blobs.get(ref)).pipe(Effect.provide(blobsOf(node)))
    const text = Buffer.from(await Effect.runPromise(blob)).toString()
    const [header, ...rest] = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Array<unknown>)
    expect(header).toMatchObject({ version: 2, width: 120, height: 40 })
    expect(text).not.toContain("7717")
    const events = rest.filter(([, kind]) => kind === "o")
    return {
      shown: events.map(([, , data]) => String(data)).join(""),
      times: events.map(([at]) => Number(at)),
    }
  }

  test("are recorded without our markers", async () => {
    await node.startAgent()
    const result = await node.run("s1", "t1", "printf 'h\\303\\244llo\\n'; echo end")
    expect((await recordingOf(result)).shown).toContain("hällo\r\nend\r\n")
  }, 60_000)

  test("are recorded across a node agent that is killed", async () => {
    await node.forkAgent()
    const go = join(node.dataDir, "go")
    await node.order({
      sessionId: "s1",
      turnId: "t1",
      text: `echo one; until [ -e ${go} ]; do sleep 0.05; done; echo two`,
    })
    await node.taken("t1")
    const cast = join(node.dataDir, "node/sessions/s1/turns/t1.cast")
    await until("the first line", async () => (await readFile(cast, "utf8").catch(() => "")).includes("one"))
    await node.killAgent()
    await writeFile(go, "")
    await node.forkAgent()
    const { shown, times } = await recordingOf(await node.ended("t1"))
    expect(shown).toMatch(/one\r\n[^]*two\r\n/)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(await readdir(join(node.dataDir, "node/sessions/s1/turns"))).toEqual([])
  }, 60_000)
})
