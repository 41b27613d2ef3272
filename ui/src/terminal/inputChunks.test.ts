import { expect, it } from "vitest"
import { inputChunks, inputLimit } from "./inputChunks.ts"

it.each([
  ["", 4, []],
  ["abcd", 4, ["abcd"]],
  ["abcde", 4, ["abcd", "e"]],
  ["abc😀d", 4, ["abc", "😀d"]],
  ["😀😀😀", 3, ["😀", "😀", "😀"]],
])("%j in pieces of %i", (data, limit, pieces) => {
  expect(inputChunks(data, limit)).toEqual(pieces)
})

it("loses nothing of a large paste and keeps every piece within the bound", () => {
  const paste = "zeile 😀 ünï\n".repeat(9_000)
  const pieces = inputChunks(paste)
  expect(pieces.join("")).toBe(paste)
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(inputLimit)
})
