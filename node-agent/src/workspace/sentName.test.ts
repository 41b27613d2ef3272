import { expect, test } from "vitest"
import { freeName, sentName } from "./sentName.ts"

test.each([
  ["report.pdf", "report.pdf"],
  ["docs/deep/report.pdf", "report.pdf"],
  ["NOTES.md", "NOTES.md"],
  ["Übersicht für Anna & Bo (1).pdf", "Übersicht für Anna & Bo (1).pdf"],
  ["报告.pdf", "报告.pdf"],
  ['a"b\r\nBcc: eve@evil.example\r\n.pdf', "a_bBcc_ eve@evil.example.pdf"],
  ["invoice\u202efdp.exe", "invoicefdp.exe"],
  ["a\u0000b\u200b.txt", "ab.txt"],
  ["..", "file"],
  ["", "file"],
  ["-rf", "rf"],
  [".hidden", "hidden"],
  ["CON.txt", "_CON.txt"],
  ["a\\b.txt", "a_b.txt"],
])("%j is sent as %j", (path, name) => {
  expect(sentName(path)).toBe(name)
})

test("long names keep their end, and are short in bytes", () => {
  const name = sentName(`${"ü€😀".repeat(200)}.pdf`)
  expect(name).toMatch(/\.pdf$/)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120)
})

test("no two are the same, also where case does not count", () => {
  const used = new Set<string>()
  expect(["a.txt", "A.txt", "a.txt", "b"].map((name) => freeName(name, used))).toEqual([
    "a.txt",
    "A-2.txt",
    "a-3.txt",
    "b",
  ])
})
