import { describe, expect, test } from "vitest"
import { sanitiseText, typedTextLimitBytes } from "./sanitiseText.ts"

const ESC = "\u001b"
const cases: ReadonlyArray<readonly [name: string, input: string, output: string]> = [
  ["plain", "ls -la", "ls -la"],
  ["CRLF and CR", "a\r\nb\rc", "a\nb\nc"],
  ["tab and newline stay", "a\tb\nc", "a\tb\nc"],
  ["C0", "a\u0003b\u0004c\u001ad\u0008e\u0000f", "abcdef"],
  ["DEL and C1", "a\u007fb\u0085c\u009bd", "abcd"],
  ["end of paste", `a${ESC}[201~b`, "ab"],
  ["start of paste", `a${ESC}[200~b`, "ab"],
  ["8-bit end of paste", "a\u009b201~b", "ab"],
  ["nested ends", `a${ESC}[20${ESC}[201~1~b`, "ab"],
  ["thrice nested", `a${ESC}[2${ESC}[20${ESC}[201~1~01~b`, "ab"],
  ["end split by a control", `a${ESC}\u0000[201~b`, "a[201~b"],
  ["other sequences lose their ESC", `a${ESC}]52;c;x\u0007${ESC}[6n`, "a]52;c;x[6n"],
  ["tmux prefix and passthrough", `\u0002d${ESC}Ptmux;x${ESC}\\`, "dPtmux;x\\"],
  ["unicode untouched, not normalised", "e\u0301 é 😀 \u202e", "e\u0301 é 😀 \u202e"],
  ["lone surrogate", "a\ud800b", "a\ufffdb"],
  ["leading bang and trailing backslash", "!x \\", "!x \\"],
  ["blanks around stay", "  x \n", "  x \n"],
]

describe("sanitiseText", () => {
  test.each(cases)("%s", (_, input, output) => {
    expect(sanitiseText(input)).toEqual({ _tag: "Text", text: output })
  })

  test.each(["", " \t\n", "\u0000\u0003", `${ESC}[201~`, "\r\n"])("refuses the empty text %j", (input) => {
    expect(sanitiseText(input)).toMatchObject({ _tag: "Refused", reason: expect.stringMatching(/empty/) })
  })

  test("refuses above the limit in bytes, not characters", () => {
    const most = "é".repeat(typedTextLimitBytes / 2)
    expect(sanitiseText(most)._tag).toBe("Text")
    expect(sanitiseText(`${most}x`)).toMatchObject({
      _tag: "Refused",
      reason: expect.stringMatching(/32769 bytes/),
    })
  })
})
