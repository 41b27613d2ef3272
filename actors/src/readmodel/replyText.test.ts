import { ApprovalId } from "@maillm/schema/Approval"
import { expect, test } from "vitest"
import { replyText } from "./replyText.ts"

test.each([
  [{ outcome: "Done.", answer: "", facts: [], link: "" }, "Done."],
  [{ outcome: "Done.", answer: "\n\n  two\nlines\n\n", facts: [], link: "" }, "Done.\n\n  two\nlines"],
  [
    {
      outcome: "Done\r\nnow.",
      answer: "a\r\nb\u001b[31m",
      facts: [{ label: "Exit\ncode", value: "0" }],
      link: "http://x/",
    },
    "Done now.\n\na\nb[31m\n\nExit code: 0\nConsole: http://x/",
  ],
])("%j", (mail, text) => {
  expect(replyText(mail)).toBe(text)
})

const question = {
  approvalId: ApprovalId.make("a1"),
  code: "7F3K5",
  tool: "Bash",
  command: "git push --force origin main",
  cwd: "/workspace/shop",
  class: "force-push",
  reason: "It rewrites what others have.",
  expiresAtMillis: Date.parse("2026-11-23T18:05:00Z"),
  link: "https://maillm.example.org/approve/u1.s1.a1.x",
  reminder: false,
}
const asked = (over: Partial<typeof question> = {}, outcome = "Claude Code wants to run this.") =>
  replyText({
    outcome,
    answer: "",
    facts: [{ label: "Cost", value: "not shown" }],
    link: "https://maillm.example.org/requests/r1",
    createdAtMillis: Date.parse("2026-11-23T10:05:00Z"),
    question: { ...question, ...over },
  })

test("a question says what will run, why it was stopped, how to answer and until when, and nothing else", () => {
  expect(asked()).toBe(
    [
      "Claude Code wants to run this.",
      "",
      "    git push --force origin main",
      "",
      "Bash in /workspace/shop",
      "Why it was stopped: It rewrites what others have.",
      "",
      "Reply yes or no.",
      "A reply to this mail answers this question only. From elsewhere, write yes 7F3K5 or no 7F3K5.",
      "Or answer here: https://maillm.example.org/approve/u1.s1.a1.x",
      "",
      "Without an answer by 23 Nov 2026, 18:05 UTC (in 8 h) it is denied.",
    ].join("\n"),
  )
})

test("a reminder says that it is one", () => {
  expect(asked({ reminder: true })).toMatch(
    /^Reminder, nobody has answered yet: Claude Code wants to run this\.\n/,
  )
})

test("without a page there is no link, and without an outcome there is a first line all the same", () => {
  expect(asked({ link: "" }, "")).not.toContain("Or answer here")
  expect(asked({ link: "javascript:alert(1)" }, "")).not.toContain("javascript")
  expect(asked({}, "")).toMatch(/^An agent asks before it runs this\.\n/)
  expect(asked({ tool: "request", cwd: "" }, "")).toMatch(/^May this request begin\?\n/)
})

test("nothing in a command is hidden, and no line of it can be taken for a quote, a signature or our words", () => {
  const command = "> quoted\n-- \nFrom: eve\n\u202eevil\u001b[2K\r\nReply yes.\u200b"
  const text = asked({ command, cwd: "/w\u2066x", reason: "It\u202e turns." })
  expect(text).toContain(
    "    > quoted\n    -- \n    From: eve\n    \\u{202e}evil\\x1b[2K\n    Reply yes.\\u{200b}\n",
  )
  expect(text).toContain("Bash in /w\\u{2066}x\nWhy it was stopped: It\\u{202e} turns.")
})

test("a long command is cut at a line, says so, and points to where all of it is", () => {
  const command = "echo 0123456789\n".repeat(1_000).trimEnd()
  const text = asked({ command })
  expect(text).toContain(
    "    echo 0123456789\n\nCut here: it has 15999 characters. Read all of it by the link before you answer.",
  )
  expect(text.split("\n").length).toBeLessThan(60)
  const oneLine = asked({ command: "x".repeat(16_384), link: "" })
  expect(oneLine).toContain("Cut here: it has 16384 characters. All of it is in the console.")
  expect(oneLine.length).toBeLessThan(3_000)
})

test("what changed stands between the answer and the facts, set off, without git's leading blank", () => {
  const diffstat = " src/a.ts | 3 ++-\n b\u202e.md     | 1 +\n 2 files changed\n"
  const facts = [{ label: "Cost", value: "$0.41" }]
  expect(replyText({ outcome: "Done.", answer: "It works.", facts, link: "", diffstat })).toBe(
    "Done.\n\nIt works.\n\nChanged:\n    src/a.ts | 3 ++-\n    b\\u{202e}.md     | 1 +\n    2 files changed\n\nCost: $0.41",
  )
})
