import { expect, test } from "vitest"
import { notesLimitBytes, prefaceFor } from "./notes.ts"

test("an agent is told to read the notes, to begin them, or to shorten them", () => {
  expect(prefaceFor("/workspace/work/s/app", 0)).toMatch(
    /no notes .* write it to \/workspace\/work\/s\/app\/NOTES\.md\./,
  )
  expect(prefaceFor("/workspace", 500)).toMatch(/are in \/workspace\/NOTES\.md: read them first/)
  expect(prefaceFor("/workspace", 500)).not.toContain("grown")
  expect(prefaceFor("/workspace", notesLimitBytes + 1)).toContain("grown to 17 KiB: read its first 16 KiB")
  expect(prefaceFor("/workspace".repeat(50), 9e9).length).toBeLessThan(2_000)
})
