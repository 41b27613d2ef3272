import { parseMessage } from "../intent/parseMessage.ts"

const wordLimit = 4

/** Words of a name: of "Ada M. Lovelace" or `ada.lovelace`. */
const wordsOf = (name: string): ReadonlyArray<string> =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== "")

/**
 * The text without a last line that is nothing but its sender's own name, as people sign a mail; the text itself when
 * there is none. A name that means something by itself ("No") stays.
 */
export const withoutSignature = (text: string, names: ReadonlyArray<string>): string => {
  const known = new Set(names.flatMap(wordsOf))
  const lines = text.trimEnd().split("\n")
  const last = lines.at(-1) ?? ""
  const words = wordsOf(last)
  const isName =
    lines.length > 1 &&
    words.length > 0 &&
    words.length <= wordLimit &&
    /^[\p{L}\p{M}.,'’ \r–—-]+$/u.test(last) &&
    words.every((word) => known.has(word)) &&
    parseMessage(last).intent === "request"
  return isName ? lines.slice(0, -1).join("\n").trimEnd() : text
}
