import { expect, it } from "vitest"
import { reasonSentence } from "./reasonSentence.ts"

it.each([
  [
    "takes the rights of another user (sudo): sudo -n true",
    "It takes the rights of another user (sudo): sudo -n true.",
  ],
  ["deletes outside the workspace (rm -rf /etc)", "It deletes outside the workspace (rm -rf /etc)."],
  ["The agent asks for it.", "The agent asks for it."],
  ["", ""],
])("a reason stands by itself: %s", (reason, sentence) => {
  expect(reasonSentence(reason)).toBe(sentence)
})
