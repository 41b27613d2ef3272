import { expect, it } from "vitest"
import { transcriptText, transcriptTextLimit } from "./transcriptText.ts"

const lines = (...rows: ReadonlyArray<unknown>) =>
  Buffer.from(rows.map((row) => JSON.stringify(row)).join("\n"))

it("has what was said, run and answered, and no ids", () => {
  const text = transcriptText(
    lines(
      { type: "user", uuid: "u-1", message: { role: "user", content: "fix the parser" } },
      {
        type: "assistant",
        message: {
          id: "msg_1",
          content: [{ type: "tool_use", name: "Bash", input: { command: "npm test" } }],
        },
      },
      { type: "user", message: { content: [{ type: "tool_result", content: "3 failing" }] } },
    ),
  )
  expect(text).toBe("fix the parser\nnpm test\n3 failing")
})

it("leaves out what is no JSON, and never fails", () => {
  const broken = Buffer.concat([Buffer.from('{"text":"whole"}\n{"text":"cut'), Buffer.from([0xff, 0xfe])])
  expect(transcriptText(broken)).toBe("whole")
  const deep = `${"[".repeat(200_000)}{"text":"deep"}${"]".repeat(200_000)}`
  expect(transcriptText(Buffer.from(`${deep}\n{"text":"flat"}`))).toBe("flat")
})

it("keeps the beginning and the end of a long one", () => {
  const many = Array.from({ length: 20_000 }, (_, n) => ({ text: `sentence number ${n}` }))
  const text = transcriptText(lines({ text: "the very first" }, ...many, { text: "the very last" }))
  expect(text.length).toBeLessThanOrEqual(transcriptTextLimit)
  expect(text.startsWith("the very first")).toBe(true)
  expect(text.endsWith("the very last")).toBe(true)
})
