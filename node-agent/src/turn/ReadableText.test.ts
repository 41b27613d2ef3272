import xterm from "@xterm/headless"
import { describe, expect, test } from "vitest"
import { ReadableText } from "./ReadableText.ts"

const read = (bytes: Buffer, size = bytes.length, rows = 40) => {
  const text = new ReadableText(rows)
  for (let at = 0; at < bytes.length; at += size) text.push(bytes.subarray(at, at + size))
  return text.finish()
}

/** What a real terminal emulator shows for the same bytes. */
const shown = async (input: string) => {
  const terminal = new xterm.Terminal({ cols: 200, rows: 40, scrollback: 1000, allowProposedApi: true })
  await new Promise<void>((resolve) => terminal.write(input, resolve))
  const buffer = terminal.buffer.normal
  const lines = Array.from(
    { length: buffer.length },
    (_, i) => buffer.getLine(i)?.translateToString(true) ?? "",
  )
  terminal.dispose()
  return lines.join("\n").trimEnd()
}

const E = "\u001b"
const cases: ReadonlyArray<readonly [name: string, input: string, output: string]> = [
  ["lines", "a\r\nb\r\n", "a\nb"],
  ["no line end at the end", "a\r\nb", "a\nb"],
  ["empty lines inside stay", "a\r\n\r\n\r\nb\r\n", "a\n\n\nb"],
  ["colours", `${E}[1;31mred${E}[0m and ${E}[38;2;1;2;3mtrue${E}[m`, "red and true"],
  ["progress by carriage return", "10%\r50%\r100%\r\ndone\r\n", "100%\ndone"],
  ["shorter over longer", "abcdef\rxy\r\n", "xycdef"],
  ["erase to the end", `abcdef\r${E}[Kxy\r\n`, "xy"],
  ["erase the whole line", `abcdef${E}[2K\rxy\r\n`, "xy"],
  ["erase to the start", `abcdef${E}[3D${E}[1K`, "    ef"],
  ["backspace", "abc\b\bX\r\n", "aXc"],
  ["bars drawn upwards", `one\r\ntwo\r\n${E}[2A\rONE${E}[2B\r\nx`, "ONE\ntwo\n\nx"],
  ["cursor to column", `abc${E}[10Gj`, "abc      j"],
  ["tabs", "a\tb\tc", "a       b       c"],
  ["title and hyperlink", `${E}]0;title\u0007${E}]8;;http://x\u0007link${E}]8;;${E}\\ end`, "link end"],
  ["alternate screen", `before\r\n${E}[?1049h${E}[Hsecret\r\n${E}[?1049lafter`, "before\nafter"],
  ["save and restore", `a${E}7bcd${E}8X`, "aXcd"],
  ["delete and insert characters", `abcdef\r${E}[2P${E}[1@Z`, "Zcdef"],
  ["insert and delete lines", `a\r\nb\r\nc${E}[2A\r${E}[Lx${E}[B\r${E}[M`, "x\nb\nc"],
  ["unicode", "é 😀 漢字\r\n", "é 😀 漢字"],
  ["charset selection", `${E}(Bplain`, "plain"],
  ["bells and NUL", "a\u0007b\u0000c", "abc"],
]

describe("ReadableText", () => {
  test.each(cases)("%s", (_, input, output) => {
    const bytes = Buffer.from(input)
    expect(read(bytes)).toBe(output)
    for (const size of [1, 2, 3]) expect(read(bytes, size)).toBe(output)
  })

  test.each(cases.filter(([name]) => !["bells and NUL"].includes(name)))(
    "as xterm shows it: %s",
    async (_, input, output) => {
      expect(await shown(input)).toBe(output)
    },
  )

  test("a cleared screen is a new page, not the end of what was printed", () => {
    expect(read(Buffer.from(`first\r\n${E}[H${E}[2J${E}[3Jsecond\r\n`))).toBe("first\nsecond")
  })

  test("bytes that are not UTF-8", () => {
    expect(read(Buffer.from([0x61, 0xff, 0xfe, 0x62]))).toBe("a\ufffd\ufffdb")
  })

  test("an endless control string swallows no more than its limit", () => {
    expect(read(Buffer.from(`${E}]0;${"x".repeat(10_000)}end`))).toMatch(/^x{5,}.*end$/)
  })

  test("absurd movements are bounded", () => {
    expect(read(Buffer.from(`${E}[99999;99999Ha${E}[99999Lb${E}[99999@${E}[99999Pc`)).length).toBeLessThan(
      20_000,
    )
  })

  test("any bytes, cut anywhere, give the same text", () => {
    let seed = 7
    const next = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff)
    const alphabet = [
      E,
      "[",
      "2",
      ";",
      "A",
      "K",
      "J",
      "H",
      "\r",
      "\n",
      "\b",
      "\t",
      "a",
      "é",
      "😀",
      "]",
      "\u0007",
      "?1049h",
      "?1049l",
      "P",
      "@",
      "L",
      "M",
    ]
    for (let round = 0; round < 200; round++) {
      const text = Array.from({ length: 200 }, () => alphabet[(next() >> 8) % alphabet.length] ?? "").join("")
      const bytes = Buffer.from(text)
      expect(read(bytes, 1)).toBe(read(bytes))
    }
  })

  test("ten megabytes of lines and one line of ten megabytes take well under five seconds", () => {
    const before = process.cpuUsage()
    expect(read(Buffer.from("y\r\n".repeat(3_500_000)), 65_536).length).toBe(3_500_000 * 2 - 1)
    expect(read(Buffer.from("y".repeat(10_000_000)), 65_536).length).toBe(10_000_000)
    const { system, user } = process.cpuUsage(before)
    expect((system + user) / 1_000).toBeLessThan(5_000)
  })
})
