import { expect, it } from "vitest"
import { heldOrder } from "./heldOrder.ts"

const cases: ReadonlyArray<
  readonly [name: string, shown: string, current: string, ids: string, waiting: number]
> = [
  ["nothing shown yet shows everything", "", "a b c", "a b c", 0],
  ["new entries at the top wait", "b c", "x y b c", "b c", 2],
  ["entries that moved up stay where they are", "a b c", "c a b", "a b c", 0],
  ["entries that left go", "a b c", "a c", "a c", 0],
  ["an older page is appended", "a b", "a b c d", "a b c d", 0],
  ["new at the top and older at the end", "b c", "a b c d", "b c d", 1],
  ["all of them left: start anew", "a b", "x y", "x y", 0],
]
const list = (text: string) => text.split(" ").filter((id) => id !== "")

it.each(cases)("%s", (_name, shown, current, ids, waiting) => {
  expect(heldOrder(list(shown), list(current))).toEqual({ ids: list(ids), waiting })
})
