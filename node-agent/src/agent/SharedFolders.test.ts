import { expect, test } from "vitest"
import { SharedFolders } from "./SharedFolders.ts"

test("turns that overlap in a folder know it of each other, however they end", () => {
  const folders = new SharedFolders()
  folders.begin("ada", "/workspace", "t1")
  folders.begin("ada", "/workspace", "t2")
  folders.begin("ada", "/workspace/work/s1/app", "t3")
  folders.begin("bob", "/workspace", "t4")
  expect(folders.end("ada", "/workspace", "t1")).toBe(true)
  folders.begin("ada", "/workspace", "t2")
  expect(folders.end("ada", "/workspace", "t2")).toBe(true)
  expect(folders.end("ada", "/workspace/work/s1/app", "t3")).toBe(false)
  expect(folders.end("bob", "/workspace", "t4")).toBe(false)
  folders.begin("ada", "/workspace", "t5")
  expect(folders.end("ada", "/workspace", "t5")).toBe(false)
})
