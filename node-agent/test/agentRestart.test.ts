import { appendFile, readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { sinkLimitBytes } from "../src/pane/outputSink.ts"
import { TestNode } from "./testing/TestNode.ts"

let node: TestNode

beforeAll(async () => {
  node = await TestNode.start()
})
afterEach(() => node?.killAgent())
afterAll(() => node?.stop())

const workspaceFile = (name: string) => join(node.dataDir, "workspaces/user1", name)
const logBytes = async (sessionId: string) => {
  const folder = join(node.dataDir, "node/sessions", sessionId)
  let bytes = 0
  for (const log of (await readdir(folder)).filter((name) => name.startsWith("log-"))) {
    for (const name of await readdir(join(folder, log))) bytes += (await stat(join(folder, log, name))).size
  }
  return bytes
}

const endsTold = async (sessionId: string) =>
  (await node.storedCommands(sessionId)).flatMap(({ command }) =>
    command._tag === "TurnEnded" ? [command.turnId] : [],
  )

test("killed at any moment, every turn runs once and is told once", async () => {
  const rounds = 16
  for (let round = 0; round < rounds; round++) {
    await node.forkAgent()
    const turnId = `kill${round}`
    const pause = round % 4 === 3 ? "; sleep 0.2" : ""
    await node.order({ sessionId: "kills", turnId, text: `echo ${round} >>kills.txt${pause}; echo done` })
    // From before the order is seen to after the result is told; the first round also starts the shell.
    await setTimeout(round === 0 ? 30 : round * 8)
    await node.killAgent()
  }
  await node.forkAgent()
  for (let round = 0; round < rounds; round++) {
    const result = await node.ended(`kill${round}`)
    expect(result.outcome).toEqual({ _tag: "Exited", exitCode: 0 })
    expect(result.outputText).toBe("done")
  }
  const expected = Array.from({ length: rounds }, (_, round) => round)
  expect((await readFile(workspaceFile("kills.txt"), "utf8")).trim().split("\n").map(Number)).toEqual(
    expected,
  )
  expect(await endsTold("kills")).toEqual(expected.map((round) => `kill${round}`))
  await node.killAgent()
}, 120_000)

test("a turn that runs on while the agent is dead is told whole", async () => {
  await node.forkAgent()
  await node.order({
    sessionId: "away",
    turnId: "away1",
    text: "for i in 1 2 3 4 5 6; do echo line $i; sleep 0.4; done; (exit 5)",
  })
  await node.taken("away1")
  await node.killAgent()
  await node.forkAgent()
  const result = await node.ended("away1")
  expect(result.outcome).toEqual({ _tag: "Exited", exitCode: 5 })
  expect(result.outputText).toBe([1, 2, 3, 4, 5, 6].map((i) => `line ${i}`).join("\n"))
  expect(result.endedAtMillis - result.startedAtMillis).toBeGreaterThan(2_000)
  await node.killAgent()
}, 60_000)

test("a shell that exits while the agent is dead is told with its exit code", async () => {
  await node.forkAgent()
  await node.order({ sessionId: "away", turnId: "away2", text: "echo a; sleep 0.5; exit 4" })
  await node.taken("away2")
  await node.killAgent()
  await expect
    .poll(() => node.tmux("list-panes", "-a", "-F", "#{session_name} #{pane_dead}"))
    .toContain("m_away 1")
  await node.forkAgent()
  const result = await node.ended("away2")
  expect(result.outcome).toEqual({ _tag: "PaneEnded", exitCode: 4, signal: null })
  expect(result.outputText).toBe("a\nexit")
  await node.killAgent()
}, 60_000)

test("when the terminal is gone the turn is reported unknown and never run again", async () => {
  await node.forkAgent()
  await node.order({ sessionId: "gone", turnId: "gone1", text: "echo x >>gone.txt; sleep 60" })
  await node.taken("gone1")
  await node.killAgent()
  await node.tmux("kill-server")
  await node.forkAgent()
  const result = await node.ended("gone1")
  expect(result.outcome).toMatchObject({
    _tag: "Failed",
    ran: "unknown",
    reason: expect.stringMatching(/gone/),
  })
  expect((await node.run("gone", "gone2", "cat gone.txt")).outputText).toBe("x")
  await node.killAgent()
}, 60_000)

test("an interrupt asked before a crash is carried out after it", async () => {
  await node.forkAgent()
  await node.order({ sessionId: "int", turnId: "int1", text: "bash -c 'trap \"\" INT; sleep 60'; true" })
  await node.taken("int1")
  await node.order({ sessionId: "int", turnId: "int1", interrupt: true })
  await expect
    .poll(() => readFile(join(node.dataDir, "node/sessions/int/turns/int1.json"), "utf8"))
    .toContain('"interruptAsked":true')
  await node.killAgent()
  await node.forkAgent()
  expect((await node.ended("int1")).outcome._tag).toBe("Exited")
  await node.killAgent()
}, 60_000)

test("a flood while the agent is dead stays within the disk's bound, and its end is known", async () => {
  await node.forkAgent()
  await node.order({ sessionId: "flood", turnId: "flood1", text: 'yes | head -c 48M; echo; echo "la""st"' })
  await node.taken("flood1")
  await node.killAgent()
  let most = 0
  await expect
    .poll(
      async () => {
        most = Math.max(most, await logBytes("flood"))
        return node.tmux("capture-pane", "-p", "-t", "=m_flood:")
      },
      { timeout: 90_000, interval: 200 },
    )
    .toContain("last")
  expect(most).toBeGreaterThan(sinkLimitBytes / 2)
  expect(most).toBeLessThan(sinkLimitBytes + 9 * 1024 * 1024)
  await node.forkAgent()
  const result = await node.ended("flood1", 60_000)
  expect(result.outcome).toEqual({ _tag: "Exited", exitCode: 0 })
  // 48 MiB of "y\n" as the terminal shows it: CR LF, half as much again.
  expect(result.outputBytes).toBe(48 * 1024 * 1024 * 1.5 + "\r\nlast\r\n".length)
  expect(result.truncated).toBe(true)
  expect(result.outputText.endsWith("y\n\nlast")).toBe(true)
  await expect.poll(() => logBytes("flood"), { timeout: 10_000 }).toBeLessThan(10 * 1024 * 1024)
  await node.killAgent()
}, 200_000)

test("orders: repeats do nothing, older epochs are refused, rubbish is buried, a lost sink is replaced", async () => {
  await node.forkAgent()
  await node.run("orders", "o1", "echo 1 >>orders.txt")
  await node.order({
    sessionId: "orders",
    turnId: "o1",
    text: "echo again >>orders.txt",
    orderId: "other-id",
  })
  await node.order({ sessionId: "orders", turnId: "o2", text: "echo 2 >>orders.txt", epoch: 5 })
  await node.ended("o2")
  await node.order({ sessionId: "orders", turnId: "o3", text: "echo stale >>orders.txt", epoch: 4 })
  await node.publishRaw("node.test-node.turn", '{"v":1,"order":{"_tag":"Evil"}}')
  const result = await node.run("orders2", "o4", "true")
  expect(result.outcome).toEqual({ _tag: "Exited", exitCode: 0 })
  await node.order({ sessionId: "orders", turnId: "o5", text: "cat orders.txt", epoch: 5 })
  expect((await node.ended("o5")).outputText).toBe("1\n2")
  const dead = await node.connection.request("$JS.API.STREAM.INFO.DEAD", "")
  expect(JSON.parse(dead.string())).toMatchObject({ state: { messages: 1 } })

  const panes = await node.tmux("list-panes", "-a", "-F", "#{session_name} #{pane_pipe}")
  expect(panes).toContain("m_orders 1")
  await node.tmux("pipe-pane", "-t", "=m_orders:")
  await expect
    .poll(() => node.tmux("list-panes", "-a", "-F", "#{session_name} #{pane_pipe}"), { timeout: 5_000 })
    .toContain("m_orders 1")
  await node.order({ sessionId: "orders", turnId: "o6", text: "echo recorded", epoch: 5 })
  expect((await node.ended("o6")).outputText).toBe("recorded")
  await node.killAgent()
}, 60_000)

test("a journal file that was being replaced when the machine stopped is the old or the new one", async () => {
  await node.forkAgent()
  await node.run("torn", "torn1", "true")
  await node.killAgent()
  await appendFile(join(node.dataDir, "node/sessions/torn/session.json.new"), '{"v":1,"half')
  await node.forkAgent()
  expect((await node.run("torn", "torn2", "echo fine")).outputText).toBe("fine")
  await node.killAgent()
}, 60_000)

test("an interrupt that comes before its turn, as after a crash it may, stops it from being run", async () => {
  await node.forkAgent()
  await node.order({ sessionId: "early", turnId: "early1", interrupt: true })
  await node.order({ sessionId: "early", turnId: "early1", text: "echo ran >early.txt" })
  expect((await node.ended("early1")).outcome).toMatchObject({ _tag: "Failed", ran: "no" })
  expect((await node.run("early", "early2", "ls early.txt")).outcome).toEqual({ _tag: "Exited", exitCode: 2 })
  await node.killAgent()
}, 60_000)
