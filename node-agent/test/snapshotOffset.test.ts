import xterm from "@xterm/headless"
import { afterAll, beforeAll, expect, test } from "vitest"
import { paneHeaders } from "@maillm/schema/Pane"
import { paneOutput } from "@maillm/schema/Subjects"
import { TestNode } from "./testing/TestNode.ts"

const snapshots = 400

let node: TestNode
beforeAll(async () => {
  node = await TestNode.start()
  await node.startAgent()
})
afterAll(() => node?.stop())

test("a snapshot taken at any moment has drawn every byte below its offset and none above", async () => {
  await node.run("busy", "b1", "echo first")
  const first = await node.shot("busy")
  const chunks: Array<{ offset: number; data: Uint8Array }> = []
  node.connection.subscribe(paneOutput("busy"), {
    callback: (_, message) => {
      chunks.push({ offset: Number(message.headers?.get(paneHeaders.offset)), data: message.data })
    },
  })
  const turn = node.run("busy", "b2", "for i in $(seq 1 6000); do echo line $i; done", 60_000)
  await node.taken("b2")
  const shots: Array<typeof first> = []
  while (shots.length < snapshots) shots.push(await node.shot("busy"))
  await turn

  const { terminal, text } = makeTerminal(first)
  terminal.write(first.screen)
  let offset = first.offset
  for (const shot of shots.filter((shot, i) => shots[i - 1]?.offset !== shot.offset)) {
    for (const chunk of chunks) {
      const from = Math.max(0, offset - chunk.offset)
      const to = Math.min(chunk.data.length, shot.offset - chunk.offset)
      if (chunk.offset > offset || from >= to) continue
      terminal.write(chunk.data.subarray(from, to))
      offset = chunk.offset + to
    }
    expect(offset).toBe(shot.offset)
    const late = makeTerminal(shot)
    late.terminal.write(shot.screen)
    expect(await late.text()).toBe(await text())
  }
}, 60_000)

const makeTerminal = ({ columns, rows }: { readonly columns: number; readonly rows: number }) => {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1_000 })
  const text = async () => {
    await new Promise<void>((resolve) => terminal.write("", resolve))
    const { active } = terminal.buffer
    return Array.from({ length: active.length }, (_, i) => active.getLine(i)?.translateToString(true) ?? "")
      .join("\n")
      .trimEnd()
  }
  return { terminal, text }
}
