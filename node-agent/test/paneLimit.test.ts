import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { afterEach, beforeEach, expect, test } from "vitest"
import { TestNode } from "./testing/TestNode.ts"

let node: TestNode
beforeEach(async () => {
  node = await TestNode.start()
  node.paneLimit = 3
})
afterEach(() => node?.stop())

const sessionFolder = (sessionId: string) => join(node.dataDir, "node/sessions", sessionId)
const logFolders = async (sessionId: string) =>
  (await readdir(sessionFolder(sessionId))).filter((name) => name.startsWith("log-"))

/** Sessions with a pane, as tmux has them. */
const panes = async () => {
  const listed = await node.tmux("list-panes", "-a", "-F", "#{session_name}").catch(() => "")
  return listed
    .split("\n")
    .filter((name) => name !== "")
    .map((name) => name.replace("m_", ""))
    .toSorted()
}

/** Sessions that keep a pane's output on disk. */
const kept = async () => {
  const found: Array<string> = []
  for (const sessionId of await readdir(join(node.dataDir, "node/sessions"))) {
    if ((await logFolders(sessionId)).length > 0) found.push(sessionId)
  }
  return found.toSorted()
}

/** Sessions whose pane is being closed. */
const halfClosed = async () => {
  const found: Array<string> = []
  for (const sessionId of await kept()) {
    const record = await readFile(join(sessionFolder(sessionId), "pane.json"), "utf8").catch(() => "{}")
    if (record.includes('"closed"')) found.push(sessionId)
  }
  return found
}

/** Makes it so that the pane printed nothing for as long. */
const age = async (sessionId: string, hours: number) => {
  const at = Date.now() / 1_000 - hours * 3_600 - 60
  for (const log of await logFolders(sessionId)) {
    for (const name of await readdir(join(sessionFolder(sessionId), log)))
      await utimes(join(sessionFolder(sessionId), log, name), at, at)
  }
}

/** Runs a turn that must end well, and answers what it printed. */
const idle = async (sessionId: string, turnId: string, text: string) => {
  const result = await node.run(sessionId, turnId, text)
  expect(result.outcome).toEqual({ _tag: "Exited", exitCode: 0 })
  return result.outputText
}

const whyNone = async (sessionId: string) => {
  const reply = await node.snapshot(sessionId, { watchSeconds: 0, wantScreen: false })
  return reply._tag === "NoPane" ? reply.reason : `a pane that is ${reply.state}`
}

test("limit 3, five sessions: the two that were idle for the longest are closed, and say so", async () => {
  await node.startAgent()
  await idle("s1", "t1", "cd /; x=1")
  await idle("s2", "t2", "echo kept >kept.txt")
  await idle("s3", "t3", "true")
  await age("s2", 5)
  await age("s1", 2)
  await idle("s4", "t4", "true")
  expect(await panes()).toEqual(["s1", "s3", "s4"])
  await idle("s5", "t5", "true")
  expect(await panes()).toEqual(["s3", "s4", "s5"])
  expect(await kept()).toEqual(["s3", "s4", "s5"])
  expect(await readdir(join(sessionFolder("s1"), "turns"))).toEqual([])

  expect(await whyNone("s2")).toBe(
    "The shell was closed after 5 h idle, because this node keeps at most 3. The next request starts a new one.",
  )
  expect(await idle("s2", "t6", "cat kept.txt; echo ${x-new}")).toBe("kept\nnew")
  const { screen } = await node.shot("s2")
  expect(screen.split("\r\n")[0]).toContain(
    "New shell: the former one was closed after 5 h idle, because this node keeps at most 3.",
  )
  expect(await panes()).toHaveLength(3)
  // A shell that ended by itself goes first, however lately it was used, and its successor has nothing to say.
  await node.run("s2", "t7", "exit 3")
  await node.stopAgent()
  await node.startAgent()
  await idle("s6", "t8", "true")
  expect(await kept()).not.toContain("s2")
  expect(await whyNone("s2")).toBe("This session has no terminal now. The next request starts one.")
  await idle("s2", "t9", "true")
  expect((await node.shot("s2")).screen).not.toContain("New shell")
}, 90_000)

test("what runs, is watched or has a job in the background is never closed: the next turn waits for a place", async () => {
  await node.startAgent()
  await idle("watched", "w1", "true")
  await idle("job", "j1", "sleep 600 & true")
  await node.order({ sessionId: "running", turnId: "r1", text: "read line; echo got $line" })
  await node.taken("r1")
  for (const sessionId of ["watched", "job", "running"]) await age(sessionId, 9)
  await node.shot("watched", 60)
  await node.order({ sessionId: "waits", turnId: "q1", text: "echo at last" })
  await node.order({ sessionId: "behind", turnId: "q2", text: "echo me too" })
  await node.order({ sessionId: "cancelled", turnId: "q3", text: "echo never" })
  await expect
    .poll(() => whyNone("waits"))
    .toMatch(/^The next request waits: this node keeps at most 3 terminals\./)
  await expect.poll(() => whyNone("cancelled")).toMatch(/^The next request waits/)
  await node.order({ sessionId: "cancelled", turnId: "q3", interrupt: true })
  expect((await node.ended("q3")).outcome).toEqual({
    _tag: "Failed",
    reason: "Cancelled while it waited; nothing was run.",
    ran: "no",
  })
  expect(await panes()).toEqual(["job", "running", "watched"])
  // A turn in a session that has its pane need not wait.
  expect(await idle("watched", "w2", "echo here")).toBe("here")
  node.input("running", { _tag: "Keys", data: "on\r" })
  expect((await node.ended("r1")).outputText).toContain("got on")
  expect((await node.ended("q1")).outputText).toBe("at last")
  expect((await node.ended("q2")).outputText).toBe("me too")
  expect(await panes()).toEqual(["behind", "job", "watched"])
  expect(await kept()).toEqual(["behind", "job", "watched"])
}, 90_000)

test("a pane into which a turn is just being typed is not closed, and a pane that cannot be made takes no place", async () => {
  await node.startAgent()
  await mkdir(join(node.dataDir, "workspaces"), { recursive: true })
  await writeFile(join(node.dataDir, "workspaces/user2"), "not a folder")
  const failing = ["f1", "f2", "f3", "f4"]
  for (const sessionId of failing) {
    await node.order({ sessionId, turnId: `turn-${sessionId}`, text: "true", userId: "user2" })
  }
  for (const sessionId of failing) {
    expect((await node.ended(`turn-${sessionId}`)).outcome).toMatchObject({ _tag: "Failed", ran: "no" })
  }
  expect(await kept()).toEqual([])

  // At its prompt, as far as it says, and deaf until the fifo is written.
  await idle("typed", "y1", "x=kept; mkfifo hold; PROMPT_COMMAND+=('[[ -p hold ]] && read <hold && rm hold')")
  for (const sessionId of ["a", "b"]) {
    await node.order({ sessionId, turnId: `turn-${sessionId}`, text: "read line" })
    await node.taken(`turn-${sessionId}`)
  }
  await node.order({ sessionId: "typed", turnId: "y2", text: "echo ${x-new}" })
  await expect
    .poll(() => readFile(join(sessionFolder("typed"), "turns/y2.json"), "utf8").catch(() => ""))
    .toContain('"sending"')
  await node.order({ sessionId: "more", turnId: "m1", text: "true" })
  await expect.poll(() => whyNone("more")).toMatch(/^The next request waits/)
  await writeFile(join(node.dataDir, "workspaces/user1/hold"), "go\n")
  expect((await node.ended("y2")).outputText).toBe("kept")
  // Its place is free now.
  expect((await node.ended("m1")).outcome).toEqual({ _tag: "Exited", exitCode: 0 })
  expect(await panes()).toEqual(["a", "b", "more"])
}, 60_000)

test("a node killed while it closes a pane finishes that", async () => {
  await node.forkAgent()
  await idle("half", "h1", "true")
  await idle("whole", "h2", "true")
  await node.killAgent()
  // The first thing that closing writes; nothing has been done yet.
  const path = join(sessionFolder("half"), "pane.json")
  const record: unknown = JSON.parse(await readFile(path, "utf8"))
  const closed = { idleMillis: 7_200_000, limit: 3, shellPid: null }
  await writeFile(path, JSON.stringify(Object.assign({}, record, { closed })))
  expect(await panes()).toEqual(["half", "whole"])
  await node.forkAgent()
  await expect.poll(kept).toEqual(["whole"])
  expect(await panes()).toEqual(["whole"])
  expect(await whyNone("half")).toContain("closed after 2 h idle")
  await node.killAgent()
  // The last: the shell is gone, and some of its output.
  await mkdir(join(sessionFolder("half"), "log-old"))
  await node.forkAgent()
  await expect.poll(kept).toEqual(["whole"])
  expect(await idle("half", "h3", "echo again")).toBe("again")
}, 60_000)

test("killed at any moment while a pane is closed, every turn runs once and the limit holds", async () => {
  const sessions = 5
  const rounds = 12
  let cutShort = 0
  for (let round = 0; round < rounds; round++) {
    await node.forkAgent()
    const sessionId = `k${round % sessions}`
    await node.order({ sessionId, turnId: `kill${round}`, text: `echo ${round} >>kills.txt; echo done` })
    if (round >= node.paneLimit) {
      await expect.poll(halfClosed, { timeout: 20_000, interval: 1 }).not.toEqual([])
      await setTimeout(2 * (round - node.paneLimit))
    } else await node.ended(`kill${round}`)
    await node.killAgent()
    cutShort += (await halfClosed()).length
    expect((await panes()).length).toBeLessThanOrEqual(3)
    expect((await kept()).length).toBeLessThanOrEqual(3)
  }
  expect(cutShort).toBeGreaterThan(0)
  await node.forkAgent()
  for (let round = 0; round < rounds; round++) {
    const { outcome, outputText } = await node.ended(`kill${round}`, 60_000)
    expect(outcome).toEqual({ _tag: "Exited", exitCode: 0 })
    expect(outputText).toBe("done")
  }
  const ran = (await readFile(join(node.dataDir, "workspaces/user1/kills.txt"), "utf8")).trim().split("\n")
  expect(ran.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: rounds }, (_, i) => i))
  expect(await halfClosed()).toEqual([])
  expect(await panes()).toEqual(await kept())
}, 180_000)
