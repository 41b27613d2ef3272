import { describe, expect, it } from "vitest"
import { fixPatch } from "../mock/agentSamples.ts"
import { changedParts } from "./changedPart.ts"
import { parsePatch, unquotePath } from "./parsePatch.ts"

describe("a patch", () => {
  it("has its files with their counts", () => {
    expect(
      parsePatch(fixPatch).map(({ path, change, binary, added, removed }) => [
        path,
        change,
        binary,
        added,
        removed,
      ]),
    ).toEqual([
      ["src/payment/webhook.ts", "modified", false, 6, 5],
      ["src/payment/webhook.test.ts", "modified", false, 10, 0],
      ["src/time/toSeconds.ts", "deleted", false, 0, 2],
      ["docs/signature flow.png", "added", true, 0, 0],
    ])
  })

  it("numbers lines as they are before and after", () => {
    const [first] = parsePatch(fixPatch)
    const lines = first?.hunks[0]?.lines ?? []
    expect(lines.slice(0, 3).map((line) => [line.kind, line.before, line.after])).toEqual([
      ["same", 1, 1],
      ["removed", 2, null],
      ["same", 3, 2],
    ])
    expect(first?.hunks[1]?.context).toBe("export interface SignedCall {")
  })

  it("takes nothing in a file's text for the beginning of another file", () => {
    const sly = [
      "diff --git a/notes.md b/notes.md",
      "--- a/notes.md",
      "+++ b/notes.md",
      "@@ -1,2 +1,3 @@",
      " diff --git a/harmless b/harmless",
      "--- a/removed line that looks like a header",
      "+++ b/added line that looks like one",
      "+@@ -1 +1 @@",
      "",
    ].join("\n")
    const files = parsePatch(sly)
    expect(files.map((file) => [file.path, file.added, file.removed])).toEqual([["notes.md", 2, 1]])
    expect(files[0]?.hunks[0]?.lines.map((line) => line.text)).toEqual([
      "diff --git a/harmless b/harmless",
      "-- a/removed line that looks like a header",
      "++ b/added line that looks like one",
      "@@ -1 +1 @@",
    ])
  })

  it("knows renames, odd names and files without a last line end", () => {
    const patch = [
      "diff --git a/old name.txt b/new name.txt",
      "similarity index 90%",
      "rename from old name.txt",
      "rename to new name.txt",
      "--- a/old name.txt\t",
      "+++ b/new name.txt\t",
      "@@ -1 +1 @@",
      "-a",
      "\\ No newline at end of file",
      "+b",
      "\\ No newline at end of file",
      'diff --git "a/\\303\\244 \\"x\\".txt" "b/\\303\\244 \\"x\\".txt"',
      "new file mode 100644",
      "index 0000000..e69de29",
    ].join("\n")
    const [renamed, odd] = parsePatch(patch)
    expect(renamed).toMatchObject({ path: "new name.txt", from: "old name.txt", change: "renamed" })
    expect(renamed?.hunks[0]?.lines.map((line) => line.noLineEnd)).toEqual([true, true])
    expect(odd).toMatchObject({ path: 'ä "x".txt', change: "added", hunks: [] })
  })

  it.each([
    "",
    "not a patch",
    "@@ -1 +1 @@\n-a",
    "diff --git a/x b/x\n@@ -1,9 +1,9 @@\n-only\n~broken",
    "diff --git ",
  ])("%j breaks nothing", (text) => expect(() => parsePatch(text)).not.toThrow())

  it.each([
    ["plain", "plain"],
    ['"a\\tb\\\\c\\n"', "a\tb\\c\n"],
    ['"\\360\\237\\231\\202"', "🙂"],
    ['"', '"'],
  ])("the path %s is %j", (written, path) => expect(unquotePath(written)).toBe(path))
})

describe("what is other in a line", () => {
  const parts = (before: ReadonlyArray<string>, after: ReadonlyArray<string>) => {
    const line = { before: 1, after: 1, noLineEnd: false }
    const lines = [
      ...before.map((text) => ({ ...line, kind: "removed" as const, text })),
      ...after.map((text) => ({ ...line, kind: "added" as const, text })),
    ]
    return [...changedParts(lines)].map(([index, part]) => lines[index]?.text.slice(part.start, part.end))
  }
  it("is the part between what both share", () => {
    expect(parts(["const limit = 5 * 60"], ["const limitMillis = 5 * 60"])).toEqual(["", "Millis"])
  })
  it("is nothing when lines have little in common, or are not as many", () => {
    expect(parts(["import a"], ["throw new Error(x)"])).toEqual([])
    expect(parts(["a b c d", "x"], ["a b c e"])).toEqual([])
  })
})
