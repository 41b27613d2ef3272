import xterm from "@xterm/headless"
import { afterAll, beforeAll, expect, test } from "vitest"
import { paneHeaders } from "@maillm/schema/Pane"
import { paneOutput } from "@maillm/schema/Subjects"
import { TestNode } from "./testing/TestNode.ts"

let node: TestNode
beforeAll(async () => {
  node = await TestNode.start()
  await node.startAgent()
})
afterAll(() => node?.stop())

/** A viewer as the gateway and the console make one: a snapshot, then the chunks that follow it. */
class Viewer {
  readonly terminal: InstanceType<typeof xterm.Terminal>
  offset = 0
  generation = ""
  chunks = 0
  gaps = 0
  private readonly early: Array<{ offset: number; data: Uint8Array }> = []
  private ready = false
  private readonly sessionId: string

  constructor(sessionId: string) {
    this.sessionId = sessionId
    this.terminal = new xterm.Terminal({ cols: 120, rows: 40, allowProposedApi: true, scrollback: 1000 })
    node.connection.subscribe(paneOutput(sessionId), {
      callback: (_, message) => {
        const offset = Number(message.headers?.get(paneHeaders.offset))
        this.generation = message.headers?.get(paneHeaders.generation) ?? ""
        this.chunks++
        if (this.ready) this.write(offset, message.data)
        else this.early.push({ offset, data: message.data })
      },
    })
  }

  async open() {
    const shot = await node.shot(this.sessionId)
    this.terminal.write(shot.screen)
    this.offset = shot.offset
    this.ready = true
    for (const { offset, data } of this.early) this.write(offset, data)
    return shot
  }

  private write(offset: number, data: Uint8Array) {
    const end = offset + data.length
    if (offset > this.offset) this.gaps++
    if (end <= this.offset) return
    this.terminal.write(data.subarray(Math.max(0, this.offset - offset)))
    this.offset = end
  }

  async lines() {
    await new Promise<void>((resolve) => this.terminal.write("", resolve))
    const buffer = this.terminal.buffer.active
    return Array.from({ length: buffer.length }, (_, i) => buffer.getLine(i)?.translateToString(true) ?? "")
      .join("\n")
      .trimEnd()
  }
}

test("a session that this node does not know has nobody to answer for it", async () => {
  await expect(node.snapshot("nobody", { watchSeconds: 1, wantScreen: true })).rejects.toThrow(
    /no responders/i,
  )
})

test("early and late viewers see the same, byte for byte, without loss or doubling", async () => {
  await node.run("view", "v1", "echo before")
  const early = new Viewer("view")
  const shot = await early.open()
  expect(shot).toMatchObject({ columns: 120, rows: 40 })
  await expect.poll(async () => (await node.shot("view")).state).toBe("idle")
  expect(shot.screen).toContain("before")
  const turn = node.run(
    "view",
    "v2",
    "for i in $(seq 1 400); do echo line $i; [ $((i % 40)) = 0 ] && sleep 0.05; done",
  )
  await node.taken("v2")
  const late = new Viewer("view")
  await late.open()
  await turn
  await expect.poll(() => early.lines()).toContain("line 400\n")
  await expect.poll(() => late.lines()).toBe(await early.lines())
  expect(early.gaps + late.gaps).toBe(0)
  expect(await early.lines()).toContain("│ for i in")
  expect(await early.lines()).not.toContain("__maillm")
})

test("nothing is published while nobody watches", async () => {
  await node.run("quiet", "q1", "true")
  const viewer = new Viewer("quiet")
  await node.run("quiet", "q2", "echo unseen")
  expect(viewer.chunks).toBe(0)
  await node.snapshot("quiet", { watchSeconds: 1, wantScreen: false })
  await expect
    .poll(
      async () => {
        const before = viewer.chunks
        await node.run("quiet", `q${performance.now()}`.replace(".", "-"), "echo x")
        return viewer.chunks - before
      },
      { timeout: 10_000, interval: 500 },
    )
    .toBe(0)
})

test("keys are typed, answered by what they ran; sizes change for program and viewers", async () => {
  await node.run("keys", "k1", "true")
  const viewer = new Viewer("keys")
  await viewer.open()
  node.input("keys", { _tag: "Keys", data: 'read -r line; echo "got:$line"\r' })
  // Typed sooner, Enter would arrive while the shell still has the terminal in raw mode.
  await expect.poll(async () => (await node.shot("keys")).state).toBe("busy")
  node.input("keys", { _tag: "Keys", data: "é漢😀 ;\r" })
  await expect.poll(() => viewer.lines()).toContain("got:é漢😀 ;")
  node.input("keys", { _tag: "Resize", columns: 77, rows: 22 })
  await expect.poll(async () => (await node.shot("keys")).columns).toBe(77)
  expect((await node.run("keys", "k2", "stty size")).outputText).toBe("22 77")
  const long = "x".repeat(16_000)
  node.input("keys", { _tag: "Keys", data: `cat >/dev/null; echo after\r${long}\u0004\u0004` })
  await expect.poll(() => viewer.lines(), { timeout: 10_000 }).toContain("after")
})

test("what a program asks the terminal is answered once, by tmux; viewers change nothing", async () => {
  await node.run("query", "y1", "true")
  const viewers = [new Viewer("query"), new Viewer("query")]
  for (const viewer of viewers) await viewer.open()
  const text =
    "stty raw -echo; printf '\\e[6n\\e[c'; IFS= read -r -t 1 -n 40 a; stty sane; printf '%s' \"$a\" | tr -dc 'Rc' | wc -c"
  expect((await node.run("query", "y2", text)).outputText).toBe("2")
})

test("broken requests and inputs are ignored", async () => {
  await node.run("broken", "b1", "true")
  node.connection.publish("pane.broken.in", "{")
  node.connection.publish("pane.broken.in", JSON.stringify({ _tag: "Resize", columns: 1e9, rows: -1 }))
  node.connection.publish("pane.broken.in", JSON.stringify({ _tag: "Keys", data: "x".repeat(20_000) }))
  node.connection.publish("pane.broken.snapshot", "no json")
  expect(await node.shot("broken")).toMatchObject({ columns: 120, rows: 40 })
  expect((await node.run("broken", "b2", "echo ok")).outputText).toBe("ok")
})

test("a new pane has a new generation", async () => {
  const first = await node.run("again", "g1", "true").then(() => node.shot("again"))
  await node.run("again", "g2", "exit")
  await expect.poll(async () => (await node.shot("again")).state).toBe("ended")
  await node.run("again", "g3", "echo new")
  const second = await node.shot("again")
  expect(second.generation).not.toBe(first.generation)
  expect(second.screen).toContain("new")
})

test("who watches sees the new pane's output without asking again", async () => {
  await node.run("follow", "f1", "true")
  await node.shot("follow")
  const generations = new Set<string>()
  let seen = ""
  node.connection.subscribe(paneOutput("follow"), {
    callback: (_, message) => {
      generations.add(message.headers?.get(paneHeaders.generation) ?? "")
      seen += message.string()
    },
  })
  await node.run("follow", "f2", "exit")
  await node.run("follow", "f3", "echo brand-new")
  await expect.poll(() => seen).toContain("brand-new\r\n")
  expect(generations.size).toBe(2)
})
