import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Schema from "effect/Schema"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { NodeInfo } from "@maillm/schema/Turn"
import { nodeFolder } from "../src/files/NodeFolder.ts"
import { childEnvironment } from "../src/container/paneEnvironment.ts"
import { TmuxServer } from "../src/pane/TmuxServer.ts"
import { TestNode } from "./testing/TestNode.ts"

let place = ""
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "maillm-start-"))
})
afterAll(() => rm(place, { recursive: true, force: true, maxRetries: 10 }))

test("says that it lives, and what it is", async () => {
  const node = await TestNode.start()
  try {
    await node.startAgent()
    const read = async () => {
      const reply = await node.connection.request(
        "$JS.API.STREAM.MSG.GET.KV_NODES",
        JSON.stringify({ last_by_subj: "$KV.NODES.test-node" }),
      )
      const { message } = JSON.parse(reply.string()) as { message?: { data: string } }
      if (message === undefined) throw new Error("no heartbeat yet")
      const json = Buffer.from(message.data, "base64").toString()
      return Schema.decodeUnknownSync(Schema.fromJsonString(NodeInfo))(json)
    }
    const first = await vi.waitUntil(() => read().catch(() => undefined), 20_000)
    expect(first).toMatchObject({ nodeId: "test-node", runtime: "host", drivers: ["shell"], paneCount: 0 })
    await node.run("one", "h1", "true")
    await vi.waitUntil(async () => (await read()).paneCount === 1, 20_000)
    expect((await read()).beatAtMillis).toBeGreaterThan(first.beatAtMillis)
  } finally {
    await node.stop()
  }
})

test("tmux that is missing is named, with the remedy", async () => {
  const environment = { ...childEnvironment(), PATH: join(place, "empty") }
  const path = process.env["PATH"]
  process.env["PATH"] = environment.PATH
  try {
    await expect(TmuxServer.open(nodeFolder(join(place, "a")), environment)).rejects.toThrow(
      /tmux is not installed.*apt-get install tmux/,
    )
  } finally {
    process.env["PATH"] = path
  }
})

test("a data folder too deep for a socket uses a private folder elsewhere, and finds it again", async () => {
  const folder = nodeFolder(join(place, "deep".repeat(30)))
  const environment = childEnvironment()
  const server = await TmuxServer.open(folder, environment)
  await server.run(["new-session", "-d", "-s", "m_x", "--", "sleep", "60"])
  const recorded = await readFile(join(folder.tmux, "socket"), "utf8")
  try {
    expect((await stat(recorded)).mode & 0o777).toBe(0o700)
    const again = await TmuxServer.open(folder, environment)
    expect((await again.panes()).map((pane) => pane.sessionId)).toEqual(["x"])
    await chmod(recorded, 0o755)
    await expect(TmuxServer.open(folder, environment)).rejects.toThrow(/only you can enter/)
    await chmod(recorded, 0o700)
  } finally {
    await server.run(["kill-server"])
    await rm(recorded, { recursive: true, force: true, maxRetries: 10 })
  }
  await mkdir(join(place, "theirs"))
  await symlink(join(place, "theirs"), recorded)
  await expect(TmuxServer.open(folder, environment)).rejects.toThrow(/only you can enter/)
  await rm(recorded)
})
