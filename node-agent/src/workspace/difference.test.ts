import { expect, test } from "vitest"
import { parseDifference } from "./difference.ts"

const output = (...words: ReadonlyArray<string>) => Buffer.from(`${words.join("\0")}\0`)
const raw = (letter: string) => `:100644 100644 ${"a".repeat(40)} ${"b".repeat(40)} ${letter}`

test("what happened to each path, and its lines", () => {
  const difference = parseDifference(
    output(
      raw("M"),
      "z.ts",
      raw("A"),
      "new\nline\there",
      raw("D"),
      "gone",
      raw("R095"),
      "old name",
      "new name",
      raw("M"),
      "picture.png",
      raw("T"),
      "link",
      "3\t1\tz.ts",
      "5\t0\tnew\nline\there",
      "0\t7\tgone",
      "1\t2\t",
      "old name",
      "new name",
      "-\t-\tpicture.png",
      "1\t1\tlink",
    ),
  )
  expect(difference).toEqual({
    files: [
      { path: "gone", change: "deleted", added: 0, removed: 7 },
      { path: "link", change: "modified", added: 1, removed: 1 },
      { path: "new\nline\there", change: "added", added: 5, removed: 0 },
      { path: "new name", change: "renamed", added: 1, removed: 2 },
      { path: "picture.png", change: "modified", added: null, removed: null },
      { path: "z.ts", change: "modified", added: 3, removed: 1 },
    ],
    fileCount: 6,
    addedLines: 10,
    removedLines: 11,
  })
})

test("nothing is nothing", () => {
  const nothing = { files: [], fileCount: 0, addedLines: 0, removedLines: 0 }
  expect(parseDifference(Buffer.alloc(0))).toEqual(nothing)
  expect(parseDifference(Buffer.from("nonsense\0\0:\0"))).toEqual(nothing)
})

test("of many files the first 200 are listed and all are counted; long and broken names are bounded", () => {
  const names = Array.from({ length: 300 }, (_, i) => `f${1_000 + i}`)
  const many = parseDifference(
    output(...names.flatMap((name) => [raw("A"), name]), ...names.map((name) => `2\t0\t${name}`)),
  )
  expect(many.files).toHaveLength(200)
  expect(many).toMatchObject({ fileCount: 300, addedLines: 600 })
  const [file] = parseDifference(output(raw("A"), "x".repeat(5_000))).files
  expect(file?.path).toHaveLength(1_000)
  const broken = Buffer.concat([Buffer.from(`${raw("A")}\0`), Buffer.from([0xff, 0x61]), Buffer.from("\0")])
  expect(parseDifference(broken).files[0]?.path).toBe("\ufffda")
})
