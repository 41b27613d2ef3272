import { expect, test } from "vitest"
import { statusIn } from "./claudeState.ts"

const file = (fields: object) =>
  JSON.stringify({ sessionId: "mine", procStart: "100", status: "idle", statusUpdatedAt: 5, ...fields })

test("the session's own file of a living process counts, others do not", () => {
  const output = [
    `100 ${file({ sessionId: "other", status: "busy" })}`,
    `999 ${file({ status: "busy" })}`,
    `100 ${file({ status: "waiting", waitingFor: "permission prompt" })}`,
  ].join("\n")
  expect(statusIn(output, "mine")).toEqual({
    state: "waiting",
    waitingFor: "permission prompt",
    version: "waiting 5",
  })
})

test.each([
  ["cut off", `100 ${file({}).slice(0, 30)}`],
  ["without a status yet", `100 ${file({ status: undefined })}`],
  ["with an unknown status", `100 ${file({ status: "dreaming" })}`],
  ["none", ""],
])("a file %s says nothing", (_, output) => {
  expect(statusIn(output, "mine")).toBeNull()
})

test("without /proc there is no start time to compare", () => {
  expect(statusIn(`? ${file({})}`, "mine")?.state).toBe("idle")
})
