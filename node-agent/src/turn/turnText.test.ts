import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { excerpt, readTurnText } from "./turnText.ts"

describe("excerpt", () => {
  test("leaves what fits alone", () => {
    expect(excerpt("é".repeat(50), 100)).toBeNull()
  })

  test("keeps head and tail in whole lines and counts what is left out", () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `line ${i}`)
    const text = excerpt(lines.join("\n"), 200) ?? ""
    expect(text.startsWith("line 0\nline 1\n")).toBe(true)
    expect(text.endsWith("\nline 999")).toBe(true)
    const left = Number(/\[… (\d+) bytes left out/.exec(text)?.[1])
    const kept = text.replace(/\n\[….*…\]\n/, "")
    expect(Buffer.byteLength(kept) + left).toBe(Buffer.byteLength(lines.join("\n")))
  })

  test.each(["é", "漢", "😀"])("never cuts through %s", (character) => {
    for (let limit = 90; limit < 100; limit++) {
      expect(excerpt(character.repeat(200), limit)).not.toContain("\ufffd")
    }
  })
})

describe("readTurnText", () => {
  let folder = ""
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "maillm-text-"))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const source = async (head: string, tail: string | null, outputBytes: number) => {
    await writeFile(join(folder, "head"), head)
    if (tail !== null) await writeFile(join(folder, "tail"), tail)
    return {
      headPath: join(folder, "head"),
      tailPath: join(folder, "tail"),
      tailOffset: tail === null ? null : 1_000 + outputBytes - tail.length,
      start: 1_000,
      end: 1_000 + outputBytes,
      rows: 40,
    }
  }

  test("all of it", async () => {
    expect(await readTurnText(await source("a\r\nb\r\n", null, 6))).toEqual({
      whole: "a\nb",
      outputBytes: 6,
      incomplete: false,
    })
  })

  test("a head longer than the turn is cut at the turn's end", async () => {
    expect((await readTurnText(await source("abcdef", null, 3))).whole).toBe("abc")
  })

  test("says what is missing between head and tail", async () => {
    expect(await readTurnText(await source("head", "tail", 1_008))).toEqual({
      whole: "head\n[1000 bytes of output were not kept]\ntail",
      outputBytes: 1_008,
      incomplete: true,
    })
  })

  test("no file at all", async () => {
    const missing = { ...(await source("", null, 5)), headPath: join(folder, "none") }
    expect((await readTurnText(missing)).incomplete).toBe(true)
  })
})
