import { describe, expect, test } from "vitest"
import { lastTurnIn } from "./claudeTranscript.ts"

const at = "2026-11-25T22:00:00.000Z"
const since = Date.parse(at)
const row = (fields: object) => JSON.stringify({ timestamp: at, ...fields })
const user = (content: unknown) => row({ type: "user", message: { role: "user", content } })
const said = (text: string, more: object = {}, id = "m1") =>
  row({ type: "assistant", message: { id, content: [{ type: "text", text }], ...more } })
const turn = (...rows: ReadonlyArray<string>) => lastTurnIn(rows.join("\n"), "Do it", since)

describe("the last turn of a transcript", () => {
  test("an answer in several rows, among rows of unknown kinds", () => {
    const found = turn(
      "cut off}",
      user("Do it"),
      row({ type: "atis-latch", atis: "" }),
      said("First."),
      said("Second.", { stop_reason: "end_turn" }),
      row({ type: "system", subtype: "turn_duration" }),
    )
    expect(found).toEqual({ promptSeen: true, end: "answered", answer: "First.\n\nSecond." })
  })

  test("an interruption by a person", () => {
    expect(turn(user("Do it"), said("I"), user("[Request interrupted by user for tool use]"))).toMatchObject({
      promptSeen: true,
      end: "interrupted",
    })
  })

  test("a tool call under way is no end", () => {
    expect(turn(user("Do it"), said("I will", { stop_reason: "tool_use" }))).toMatchObject({ end: "open" })
  })

  test("the same words of an earlier turn are not this prompt", () => {
    const earlier = JSON.parse(user("Do it")) as object
    const old = JSON.stringify({ ...earlier, timestamp: "2026-11-25T21:00:00.000Z" })
    expect(turn(old, said("Old.", { stop_reason: "end_turn" })).promptSeen).toBe(false)
  })

  test("a subagent's words are not the answer", () => {
    const other = row({ type: "assistant", isSidechain: true, message: { id: "x", content: [] } })
    expect(turn(user("Do it"), said("Mine.", { stop_reason: "end_turn" }), other).answer).toBe("Mine.")
  })

  test("an error of the model's API is a fault, not an answer", () => {
    const error = row({
      type: "assistant",
      message: { id: "e", model: "<synthetic>", content: [{ type: "text", text: "API Error: 529 busy" }] },
    })
    expect(turn(user("Do it"), error).fault).toMatchObject({ kind: "provider-down" })
  })
})
