import { afterAll, beforeAll, beforeEach, vi } from "vitest"
import { promptScript } from "../../src/model/testing/promptScript.ts"
import { AgentBench, claudePath } from "../testing/AgentBench.ts"
import { WrappedClaude } from "../testing/WrappedClaude.ts"

/**
 * A node whose Claude Code stands behind a script that a test may change, for the tests of a `describe`. They get more time
 * than others: on a busy machine each start of the program takes many times as long.
 */
export const startWrappedClaude = () => {
  vi.setConfig({ testTimeout: 90_000 })
  const parts: { bench?: AgentBench; program?: WrappedClaude } = {}
  const part = <A>(one: A | undefined): A => {
    if (one === undefined) throw new Error("the node is not started")
    return one
  }
  const [bench, program] = [() => part(parts.bench), () => part(parts.program)]
  beforeAll(async () => {
    parts.program = await WrappedClaude.make(claudePath ?? "")
    parts.bench = await AgentBench.start(parts.program.path)
    await parts.bench.startNode()
  })
  beforeEach(() => bench().api.setProgram(promptScript()))
  afterAll(async () => {
    await parts.bench?.stop()
    await parts.program?.remove()
  })
  return { bench, program }
}
