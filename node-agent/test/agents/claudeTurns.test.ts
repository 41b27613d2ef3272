import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { AgentBench, claudePath } from "../testing/AgentBench.ts"

describe.skipIf(claudePath === undefined)("Claude Code does turns (needs MAILLM_TEST_CLAUDE)", () => {
  let bench: AgentBench
  beforeAll(async () => {
    bench = await AgentBench.start(claudePath ?? "")
    const info = await bench.startNode()
    expect(info.drivers).toContain("claude")
    expect(info.agents).toContainEqual({
      driver: "claude",
      version: "2.1.330",
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
    expect(JSON.stringify(bench.api.requests.at(-1)?.body)).toContain("Hello there.")
    expect(turn.systemText).toContain(".maillm/outbox/s1 before you end your turn")
    expect(turn.sessionHeader).toBe(bench.api.turns[0]?.sessionHeader)
  })
})
