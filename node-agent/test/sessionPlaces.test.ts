import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { paneHeaders } from "@maillm/schema/Pane"
import { paneOutput } from "@maillm/schema/Subjects"
import { TestNode } from "./testing/TestNode.ts"

let first: TestNode
let second: TestNode
beforeAll(async () => {
  first = await TestNode.start()
  second = await first.another("second-node")
})
afterEach(async () => {
  first?.resumeAgent()
  await first?.killAgent()
  await second?.killAgent()
})
afterAll(async () => {
  await second?.stop()
  await first?.stop()
})

const written = (node: TestNode, name: string) =>
  readFile(join(node.dataDir, "workspaces/user1", name), "utf8").catch(() => "")
const soon = { timeout: 20_000, interval: 50 }

test("a node that was stopped while its session was given to another types nothing, runs nothing and shows nothing", async () => {
  await first.forkAgent()
  await second.forkAgent()
  const sessionId = "moved"
  // Its pane goes on printing, whatever becomes of the agent.
  await first.order({
    sessionId,
    turnId: "t1",
    epoch: 1,
    text: "(while sleep 0.1; do echo tick; done) & disown",
  })
  await first.ended("t1")
  const seen: Array<string> = []
  first.connection.subscribe(paneOutput(sessionId), {
    callback: (_, message) => {
      seen.push(message.headers?.get(paneHeaders.generation) ?? "")
    },
  })
  const old = await first.shot(sessionId, 120)
  await expect.poll(() => seen, soon).toContain(old.generation)

  first.pauseAgent()
  await first.order({ sessionId, turnId: "stale", epoch: 1, text: "echo stale >>ran.txt" })
  await second.order({ sessionId, turnId: "t2", epoch: 2, text: "echo t2 >>ran.txt" })
  expect((await second.ended("t2", 40_000)).outcome).toEqual({ _tag: "Exited", exitCode: 0 })
  const now = await second.shot(sessionId, 120)
  expect(now.generation).not.toBe(old.generation)
  // Viewers type on: at the stopped node this waits in its connection.
  seen.length = 0
  second.input(sessionId, { _tag: "Keys", data: "echo typed >>keys.txt\r" })
  await expect.poll(() => written(second, "keys.txt"), soon).toBe("typed\n")

  first.resumeAgent()
  // Another session of the woken node is served as before, so it is awake when this has ended.
  await first.order({ sessionId: "stays", turnId: "s1", epoch: 1, text: "echo awake" })
  await first.ended("s1")
  second.input(sessionId, { _tag: "Keys", data: "echo again >>keys.txt\r" })
  await expect.poll(() => written(second, "keys.txt"), soon).toBe("typed\nagain\n")
  await first.order({ sessionId, turnId: "stale2", epoch: 1, text: "echo stale2 >>ran.txt" })
  await first.order({ sessionId: "stays", turnId: "s2", epoch: 1, text: "echo done" })
  await first.ended("s2")
  for (let i = 0; i < 20; i++) expect((await first.shot(sessionId)).generation).toBe(now.generation)
  expect(await written(first, "keys.txt")).toBe("")
  expect(await written(first, "ran.txt")).toBe("")
  expect(await written(second, "ran.txt")).toBe("t2\n")
  expect(new Set(seen)).toEqual(new Set([now.generation]))
  const told = (await first.storedCommands(sessionId)).map(({ commandId }) => commandId)
  expect(told).toEqual(["t1/taken", "t1/ended", "t2/taken", "t2/ended"])

  // Nor after its restart.
  await first.killAgent()
  await first.forkAgent()
  await first.order({ sessionId: "stays", turnId: "s3", epoch: 1, text: "echo done" })
  await first.ended("s3")
  second.input(sessionId, { _tag: "Keys", data: "echo third >>keys.txt\r" })
  await expect.poll(() => written(second, "keys.txt"), soon).toBe("typed\nagain\nthird\n")
  expect((await first.shot(sessionId)).generation).toBe(now.generation)
  expect(await written(first, "keys.txt")).toBe("")
}, 120_000)

test("a session that comes back is served by its first node again, and by no other", async () => {
  await first.forkAgent()
  await second.forkAgent()
  const sessionId = "back"
  await first.order({ sessionId, turnId: "b1", epoch: 1, text: "true" })
  await first.ended("b1")
  await second.order({ sessionId, turnId: "b2", epoch: 1, text: "true" })
  await second.ended("b2", 40_000)
  await first.order({ sessionId, turnId: "b3", epoch: 1, text: "echo third" })
  expect((await first.ended("b3", 40_000)).outputText).toBe("third")
  expect((await first.shot(sessionId)).screen).toContain("third")
  first.input(sessionId, { _tag: "Keys", data: "echo typed >>back.txt\r" })
  await expect.poll(() => written(first, "back.txt"), soon).toBe("typed\n")
  expect(await written(second, "back.txt")).toBe("")
}, 120_000)
