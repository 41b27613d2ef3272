import { describe, expect, it } from "vitest"
import { lastTurnIn } from "./claudeTranscript.ts"

const at = (second: number) => Date.UTC(2026, 10, 25, 12, 0, second)
const row = (type: string, second: number, content: string, more: object = {}) =>
  JSON.stringify({ type, timestamp: new Date(at(second)).toISOString(), message: { content, ...more } })
const answered = { id: "m1", stop_reason: "end_turn" }

describe("the last turn of a transcript", () => {
  const former = [row("user", 1, "First"), row("assistant", 2, "An earlier answer", answered)]

  it("is what follows on the prompt", () => {
    const rows = [...former, row("user", 5, "Second"), row("assistant", 6, "The answer", answered)]
    expect(lastTurnIn(rows.join("\n"), "Second", at(5))).toEqual({
      promptSeen: true,
      end: "answered",
      answer: "The answer",
    })
  })

  it("has no answer of an earlier turn when the prompt was not kept", () => {
    expect(lastTurnIn(former.join("\n"), "Second", at(5))).toEqual({
      promptSeen: false,
      end: "open",
      answer: "",
    })
  })

  it("is found by its time when its prompt is cut off", () => {
    const rows = ["cut off", row("assistant", 6, "The answer", answered)]
    expect(lastTurnIn(rows.join("\n"), "Second", at(5))).toMatchObject({
      end: "answered",
      answer: "The answer",
    })
  })
})
