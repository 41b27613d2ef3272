import { expect, test } from "vitest"
import { wireLines } from "./wireLines.ts"

const lines = (text: string) => Buffer.from(wireLines(Buffer.from(text, "latin1"))).toString("latin1")

test.each([
  "\n",
  "\r",
  "\r\r\n",
  "\n\r\n",
  "\r\n\r",
  "\n\n",
  "a\n.\nb",
  "a\r.\rb",
  "a\r\n.\rb",
  "a\n.\r\nb",
  "\u00e9\n",
])("%j leaves with CR LF alone", (text) => {
  const sent = lines(text)
  expect(sent.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/)
  expect(sent.replace(/[\r\n]/g, "")).toBe(text.replace(/[\r\n]/g, ""))
})

test("what is right stays as it is", () => {
  const mail = Buffer.from("a\r\n.\r\n\r\nb\u00e9\r\n", "latin1")
  expect(wireLines(mail)).toBe(mail)
})
