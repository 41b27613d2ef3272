import { expect, test } from "vitest"
import { numbered, safeName, safeNames } from "./attachmentName.ts"

test.each([
  ["report.pdf", "report.pdf"],
  ["Übersicht 2026 (final).xlsx", "Übersicht 2026 (final).xlsx"],
  ["日本語.txt", "日本語.txt"],
  ["../../etc/passwd", "passwd"],
  ["C:\\Users\\ada\\evil.exe", "evil.exe"],
  ["..", "attachment"],
  [".", "attachment"],
  ["", "attachment"],
  ["   ", "attachment"],
  [".bashrc", "bashrc"],
  [".git", "git"],
  ["-rf", "rf"],
  ["--help.txt", "help.txt"],
  ["a\nb\tc.txt", "abc.txt"],
  ["a\u0000b", "ab"],
  ["invoice\u202efdp.exe", "invoicefdp.exe"],
  ["\u2066x\u2069\ufeff.txt", "x.txt"],
  ["a; rm -rf $HOME `id` |x&.sh", "a_ rm -rf _HOME _id_ _x_.sh"],
  ["@/etc/passwd", "passwd"],
  ["@file!.txt", "_file_.txt"],
  ["trailing. . .", "trailing"],
  ["CLAUDE.md", "attached-CLAUDE.md"],
  ["claude.local.md", "attached-claude.local.md"],
  ["Agents.md", "attached-Agents.md"],
  ["NUL", "attached-NUL"],
  ["com1.txt", "attached-com1.txt"],
  ["e\u0301.txt", "é.txt"],
  ["\ud800x", "_x"],
  ["👍.png", "_.png"],
])("%j is %j", (name, expected) => {
  expect(safeName(name)).toBe(expected)
})

test("a long name keeps its extension and whole characters", () => {
  expect(safeName(`${"x".repeat(300)}.pdf`)).toBe(`${"x".repeat(116)}.pdf`)
  const wide = safeName(`${"漢".repeat(200)}.txt`)
  expect(Buffer.byteLength(wide)).toBeLessThanOrEqual(120)
  expect(wide).toMatch(/^漢+\.txt$/u)
  expect(Buffer.byteLength(safeName("y".repeat(9_999)))).toBe(120)
  expect(Buffer.byteLength(safeName(`a.${"z".repeat(500)}`))).toBe(120)
})

test("each is there once", () => {
  expect(safeNames(["a.txt", "A.TXT", "../a.txt", "a-2.txt", "", "", "x"])).toEqual([
    "a.txt",
    "A-2.TXT",
    "a-3.txt",
    "a-2-2.txt",
    "attachment",
    "attachment-2",
    "x",
  ])
  expect(numbered("a.tar.gz", 3)).toBe("a.tar-3.gz")
  expect(numbered(".x", 2)).toBe(".x-2")
})
