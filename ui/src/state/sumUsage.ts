import type { Usage } from "@maillm/schema/Turn"

/** Tokens and money of several turns; `unpriced` turns have no known price and are not in the cost. */
export const sumUsage = (turns: ReadonlyArray<Usage>) => {
  const priced = turns.filter((turn) => turn.costMicroUsd !== null)
  const sum = (of: (turn: Usage) => number) => turns.reduce((total, turn) => total + of(turn), 0)
  return {
    inputTokens: sum((turn) => turn.inputTokens),
    outputTokens: sum((turn) => turn.outputTokens),
    cacheReadTokens: sum((turn) => turn.cacheReadTokens),
    cacheWriteTokens: sum((turn) => turn.cacheWriteTokens),
    /** Null when no turn has a known price. */
    costMicroUsd:
      priced.length === 0 ? null : priced.reduce((total, turn) => total + (turn.costMicroUsd ?? 0), 0),
    unpriced: turns.length - priced.length,
  }
}
