import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { waitingLimit } from "../src/turn/SessionWorker.ts"
import { TestNode } from "./testing/TestNode.ts"

let node: TestNode
beforeAll(async () => {
  node = await TestNode.start()
})
afterEach(() => node?.killAgent())
afterAll(() => node?.stop())

const order = (sessionId: string, turnId: string, epoch: number, text: string) =>
  node.order({ sessionId, turnId, epoch, text: `echo ${turnId} >>${sessionId}.txt; ${text}` })
const ran = (sessionId: string) =>
  readFile(join(node.dataDir, "workspaces/user1", `${sessionId}.txt`), "utf8")
const sessionFile = (sessionId: string) => join(node.dataDir, "node/sessions", sessionId, "session.json")

test("an order behind one of a higher epoch is refused, also after the agent was killed at any moment", async () => {
  await node.forkAgent()
  await order("fence", "f1", 1, "true")
  await node.ended("f1")
  await order("fence", "f2", 3, "true")
  await node.ended("f2")
  for (let round = 0; round < 6; round++) {
    await order("fence", `stale${round}`, 2, "true")
    // While it is being refused, or before it was seen.
    await new Promise((resolve) => setTimeout(resolve, round * 10))
    await node.killAgent()
    await node.forkAgent()
  }
  await order("fence", "f3", 3, "true")
  await node.ended("f3")
  expect(await ran("fence")).toBe("f1\nf2\nf3\n")
  expect((await node.storedCommands("fence")).map(({ commandId }) => commandId)).toEqual(
    ["f1", "f2", "f3"].flatMap((turnId) => [`${turnId}/taken`, `${turnId}/ended`]),
  )
}, 120_000)

test("an order that there was no room for is not refused when it comes behind one of a higher epoch", async () => {
  await node.forkAgent()
  await order("room", "r0", 1, "until [ -e go ]; do sleep 0.1; done")
  await node.taken("r0")
  for (let turn = 1; turn <= waitingLimit; turn++) await order("room", `r${turn}`, 1, "true")
  // The last one finds no room; this one, by a new owner, is taken before it comes again.
  await node.order({ sessionId: "room", turnId: "r1", interrupt: true, epoch: 2 })
  await expect
    .poll(() => readFile(sessionFile("room"), "utf8").catch(() => ""), { timeout: 10_000 })
    .toContain('"epoch":2')
  await order("room", "late", 1, "true")
  await writeFile(join(node.dataDir, "workspaces/user1/go"), "")
  await node.ended(`r${waitingLimit}`, 60_000)
  const all = Array.from({ length: waitingLimit + 1 }, (_, turn) => `r${turn}`)
  expect((await ran("room")).trim().split("\n")).toEqual(all.filter((turn) => turn !== "r1"))
}, 150_000)

test("a session of 0.1.0, which kept its highest epoch only, goes on", async () => {
  await node.forkAgent()
  await order("old", "o1", 5, "true")
  await node.ended("o1")
  await node.killAgent()
  const { fence, ...kept } = JSON.parse(await readFile(sessionFile("old"), "utf8"))
  expect(fence).toHaveLength(1)
  await writeFile(sessionFile("old"), JSON.stringify(kept))
  await node.forkAgent()
  await order("old", "o2", 5, "true")
  await node.ended("o2")
  await order("old", "o3", 4, "true")
  await order("old", "o4", 6, "true")
  await node.ended("o4")
  expect(await ran("old")).toBe("o1\no2\no4\n")
}, 120_000)

test("a turn that an old epoch ordered is told once, whatever came of its owner meanwhile", async () => {
  await node.forkAgent()
  await order("told", "t1", 1, "until [ -e told-go ]; do sleep 0.1; done")
  await node.taken("t1")
  // The new owner says something of its own, and hands the old order on again.
  await node.order({ sessionId: "told", turnId: "other", interrupt: true, epoch: 2 })
  await order("told", "t1", 1, "true")
  await order("told", "t1", 2, "true")
  await node.killAgent()
  await node.forkAgent()
  await writeFile(join(node.dataDir, "workspaces/user1/told-go"), "")
  expect((await node.ended("t1")).outcome).toEqual({ _tag: "Exited", exitCode: 0 })
  await order("told", "t2", 2, "true")
  await node.ended("t2")
  expect(await ran("told")).toBe("t1\nt2\n")
  expect((await node.storedCommands("told")).map(({ commandId }) => commandId)).toEqual(
    ["t1", "t2"].flatMap((turnId) => [`${turnId}/taken`, `${turnId}/ended`]),
  )
}, 120_000)
