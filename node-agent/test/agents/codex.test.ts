import { access } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { AgentBench, codexPath } from "../testing/AgentBench.ts"

describe.skipIf(codexPath === undefined)("Codex does turns (needs MAILLM_TEST_CODEX)", () => {
  let bench: AgentBench
  beforeAll(async () => {
    bench = await AgentBench.start(codexPath ?? "", "codex")
    const info = await bench.startNode()
    expect(info.drivers).toContain("codex")
    expect(info.agents).toContainEqual({
      driver: "codex",
      version: "0.169.0",
      problem: "",
      limitedUntilMillis: null,
    })
  })
  afterAll(() => bench?.stop())

  test("a plain turn with its answer, and a second one in the same conversation", async () => {
    const first = await bench.run("s1", "t1", "SAY: Hello there.")
    expect(first).toMatchObject({ outcome: { _tag: "Answered" }, answer: "Hello there." })
    expect(first.usage?.outputTokens).toBeGreaterThan(0)
    const second = await bench.run("s1", "t2", "SAY: Again.")
    expect(second).toMatchObject({ outcome: { _tag: "Answered" }, answer: "Again." })
    const turn = await bench.api.waitForTurn(({ lastUserText }) => lastUserText.includes("Again"), 1_000)
    expect(JSON.stringify(turn.messages)).toContain("Hello there.")
  })
})
