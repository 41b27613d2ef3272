import { expect, test } from "vitest"
import { visiblePieces, visibleText } from "./visibleText.ts"

test.each([
  ["rm -rf build\nls", "rm -rf build\nls"],
  ["a\tb\rc", "a\\tb\\rc"],
  ["\u001b[31mred\u009b", "\\x1b[31mred\\x9b"],
  ["safe\u202egnp.exe", "safe\\u{202e}gnp.exe"],
  ["zero\u200bwidth\u200d\ufeff", "zero\\u{200b}width\\u{200d}\\u{feff}"],
  ["no\u00a0break\u3000wide\u2028line", "no\\xa0break\\u{3000}wide\\u{2028}line"],
  [
    "tags\u{e0041} filler\u3164 vs\ufe0f braille\u2800",
    "tags\\u{e0041} filler\\u{3164} vs\\u{fe0f} braille\\u{2800}",
  ],
  ["half \ud800 private \ue000 soft\u00adhyphen", "half \\u{d800} private \\u{e000} soft\\xadhyphen"],
  ["Grüße 日本語 🙂 e\u0301", "Grüße 日本語 🙂 e\u0301"],
  ["", ""],
])("%j", (text, shown) => {
  expect(visibleText(text)).toBe(shown)
})

test("pieces say which of them are escapes, so that a written backslash is not taken for one", () => {
  expect(visiblePieces("\\x1b\u001b!")).toEqual([
    { text: "\\x1b", isEscape: false },
    { text: "\\x1b", isEscape: true },
    { text: "!", isEscape: false },
  ])
})
