import { readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { sinkLimitBytes } from "../src/pane/outputSink.ts"
import { outputLimitBytes } from "../src/turn/TurnOutput.ts"
import { recordingLimitBytes } from "../src/turn/castEncoder.ts"
import { TestNode } from "./testing/TestNode.ts"

let node: TestNode
beforeAll(async () => {
  node = await TestNode.start()
  await node.startAgent()
})
afterAll(() => node?.stop())

const mebibyte = 1024 * 1024

const diskBytes = async (sessionId: string) => {
  const folder = join(node.dataDir, "node/sessions", sessionId)
  let bytes = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile())
      bytes += await stat(join(entry.parentPath, entry.name)).then(
        (s) => s.size,
        () => 0,
      )
  }
  return bytes
}

test.each(["yes", "cat /dev/urandom"])(
  "%s in one pane stalls no other, nor fills memory or disk",
  async (command) => {
    const name = command.replaceAll(/\W/g, "")
    await node.run(`calm-${name}`, `${name}-warm`, "true")
    await node.order({ sessionId: `flood-${name}`, turnId: `${name}-flood`, text: command })
    await node.taken(`${name}-flood`)
    // One flood is watched: it is drawn and published as well.
    await node.snapshot(`flood-${name}`, { watchSeconds: 120, wantScreen: false })
    const before = process.memoryUsage().rss
    const times: Array<number> = []
    const started = performance.now()
    for (let i = 0; performance.now() - started < 8_000; i++) {
      const begun = performance.now()
      const result = await node.run(`calm-${name}`, `${name}-calm${i}`, `echo calm ${i}`)
      times.push(performance.now() - begun)
      expect(result.outputText).toBe(`calm ${i}`)
    }
    const disk = await diskBytes(`flood-${name}`)
    expect(times.length).toBeGreaterThan(2)
    expect(Math.max(...times)).toBeLessThan(10_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * mebibyte)
    // The turn's head, its recording, what waits to be read, and the segments at both ends of that.
    const keptBytes = outputLimitBytes + recordingLimitBytes + sinkLimitBytes
    expect(disk).toBeLessThan(keptBytes + 8 * mebibyte)

    const shot = await node.shot(`flood-${name}`)
    expect(shot.state).toBe("busy")
    await node.order({ sessionId: `flood-${name}`, turnId: `${name}-flood`, interrupt: true })
    const result = await node.ended(`${name}-flood`, 80_000)
    expect(result.outcome).toEqual({ _tag: "Exited", exitCode: 130 })
    expect(result.outputBytes).toBeGreaterThan(mebibyte)
    expect(result.truncated).toBe(true)
    expect(Buffer.byteLength(result.outputText)).toBeLessThan(70_000)
    expect(result.outputBlob?.sizeBytes).toBeLessThan(64 * mebibyte)
    expect((await node.run(`flood-${name}`, `${name}-after`, "echo still here")).outputText).toBe(
      "still here",
    )
  },
  150_000,
)
