import { expect, it } from "vitest"
import { heldQueue } from "./heldQueue.ts"

const never = () => false

it.each([
  ["new ones come below", ["a", "b"], ["a", "b", "c"], never, ["a", "b", "c"]],
  ["an answered one goes", ["a", "b"], ["b"], never, ["b"]],
  [
    "an answered one that stays keeps its place",
    ["a", "b"],
    ["b", "c"],
    (id: string) => id === "a",
    ["a", "b", "c"],
  ],
  ["the order shown is kept", ["b", "a"], ["a", "b"], never, ["b", "a"]],
  ["what was never shown does not stay", [], ["b"], () => true, ["b"]],
])("%s", (_name, shown, waiting, stays, expected) => {
  expect(heldQueue(shown, waiting, stays)).toEqual(expected)
})
