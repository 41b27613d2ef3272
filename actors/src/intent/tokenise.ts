/** A word or a single mark of a text. */
export interface Token {
  /** As it stands in the text, from `start` to `end` in UTF-16 code units. */
  readonly raw: string
  readonly start: number
  readonly end: number
  /** Compared by this: NFKC, lower case, plain apostrophes; an emoji without its skin tone. */
  readonly norm: string
  readonly kind: "word" | "mark"
  /** It begins a line. */
  readonly first: boolean
}

/** Scripts written without blanks: each character stands by itself, and words are found by the table. */
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー`
const letter = String.raw`[[\p{L}\p{M}\p{N}_]--[${unspaced}]]`
const pattern = new RegExp(
  [
    String.raw`(?<break>[\n\r\u2028\u2029])`,
    String.raw`(?<blank>[\s--[\n\r\u2028\u2029]]+)`,
    // Votes, as people write them; in a sum or a list they are followed by something.
    String.raw`(?<vote>[+\-]1(?![\p{L}\p{N}.,]))`,
    String.raw`(?<smile>[:;]-?[\)D](?!\p{L}))`,
    String.raw`(?<emoji>[\p{Extended_Pictographic}--[\u00a9\u00ae\u203c\u2049]](?:[\u{1F3FB}-\u{1F3FF}]|\uFE0F)*)`,
    `(?<one>[${unspaced}])`,
    String.raw`(?<word>${letter}+(?:['’ʼ‘´＇\-‐‑]${letter}+)*)`,
    String.raw`(?<mark>[\s\S])`,
  ].join("|"),
  "gv",
)

/** A word is compared, never rewritten; longer ones are in no table. */
const wordLimit = 64

const normOf = (raw: string): string =>
  raw.length > wordLimit
    ? raw
    : raw
        .replace(/[’ʼ‘´＇]/g, "'")
        .replace(/[‐‑]/g, "-")
        .normalize("NFKC")
        .toLowerCase()
        // The capital İ leaves its dot behind.
        .replaceAll("i\u0307", "i")

const emojiBase = (raw: string): string => raw.replace(/[\u{1F3FB}-\u{1F3FF}]|\uFE0F/gu, "")

/** The words and marks of a text, at most `limit` of them, in linear time. */
export const tokenise = (text: string, limit: number): ReadonlyArray<Token> => {
  const tokens: Array<Token> = []
  let first = true
  for (const match of text.matchAll(pattern)) {
    const raw = match[0]
    const groups = match.groups ?? {}
    if (groups["break"] !== undefined) first = true
    if (groups["break"] !== undefined || groups["blank"] !== undefined) continue
    if (tokens.length === limit) break
    const norm = groups["emoji"] === undefined ? normOf(raw) : emojiBase(raw)
    const kind = groups["mark"] === undefined ? "word" : "mark"
    tokens.push({ raw, start: match.index, end: match.index + raw.length, norm, kind, first })
    first = false
  }
  return tokens
}
