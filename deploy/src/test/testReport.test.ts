import { expect, test } from "vitest"
import { closingLine, summarise } from "./testReport.ts"

const file = (status: string, statuses: ReadonlyArray<string>) => ({
  name: "a.test.ts",
  status,
  assertionResults: statuses.map((each, index) => ({ fullName: `test ${index}`, status: each })),
})

test.each([
  [
    "all kinds",
    true,
    [file("passed", ["passed", "skipped", "todo"]), file("passed", ["passed"])],
    "2 passed, 0 failed, 2 skipped",
  ],
  [
    "failed tests count once, not their file too",
    false,
    [file("failed", ["failed", "passed"])],
    "1 passed, 1 failed, 0 skipped",
  ],
  [
    "a file that cannot be imported is a failure",
    false,
    [file("failed", []), file("passed", ["passed"])],
    "1 passed, 1 failed, 0 skipped",
  ],
  ["so is an error outside every test", false, [file("passed", ["passed"])], "1 passed, 1 failed, 0 skipped"],
  ["no test", false, [], "0 passed, 0 failed, 0 skipped"],
])("%s", (_, success, testResults, line) => {
  expect(closingLine(summarise({ success, testResults }))).toBe(line)
})
