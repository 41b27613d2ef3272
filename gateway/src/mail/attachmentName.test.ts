import { expect, test } from "vitest"
import { attachmentName } from "./attachmentName.ts"

test.each([
  ["report.pdf", "report.pdf"],
  ["../../etc/passwd", "passwd"],
  ["..\\..\\boot.ini", "boot.ini"],
  ["C:\\Users\\x\\a b.txt", "a b.txt"],
  ["..", "attachment-3"],
  ["", "attachment-3"],
  [null, "attachment-3"],
  [".bashrc", "bashrc"],
  ["CON", "_CON"],
  ["nul.txt", "_nul.txt"],
  ["evil\u202Efdp.exe", "evilfdp.exe"],
  ["a\0b\r\nc.txt", "abc.txt"],
  ['a<b>:"|?*.txt', "a_b______.txt"],
  ["日本語.png", "日本語.png"],
])("%j", (given, expected) => {
  expect(attachmentName(given, 2)).toBe(expected)
})

test("4 KB are cut, the extension stays", () => {
  const name = attachmentName(`${"x".repeat(4_096)}.tar`, 0)
  expect(name.length).toBe(120)
  expect(name.endsWith(".tar")).toBe(true)
})
