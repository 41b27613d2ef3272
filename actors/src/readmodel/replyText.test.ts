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
