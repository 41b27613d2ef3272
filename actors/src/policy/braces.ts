const limit = 64

/**
 * The words that a word with braces stands for, as text of the shell: `a{b,c}` is `ab` and `ac`. Quotes and expansions
 * in it stay. At most 64; undefined if there are more.
 */
export const expandBraces = (text: string, depth = 0): ReadonlyArray<string> | undefined => {
  if (depth > 16) return undefined
  const group = firstGroup(text)
  if (group === undefined) return [text]
  const tails = expandBraces(text.slice(group.end), depth + 1)
  if (tails === undefined) return undefined
  const results: Array<string> = []
  for (const choice of group.choices) {
    const heads = expandBraces(choice, depth + 1)
    if (heads === undefined || heads.length * tails.length + results.length > limit) return undefined
    for (const head of heads) for (const tail of tails) results.push(text.slice(0, group.start) + head + tail)
  }
  return results
}

interface Group {
  readonly start: number
  readonly end: number
  readonly choices: ReadonlyArray<string>
}

const firstGroup = (text: string): Group | undefined => {
  for (let index = 0; index < text.length; index++) {
    const skipped = skipQuoted(text, index)
    if (skipped > index) index = skipped - 1
    else if (text[index] === "{") {
      const group = groupAt(text, index)
      if (group === "unclosed") return undefined
      if (group !== undefined) return group
    }
  }
  return undefined
}

const groupAt = (text: string, start: number): Group | "unclosed" | undefined => {
  let depth = 0
  let from = start + 1
  const choices: Array<string> = []
  for (let index = start; index < text.length; index++) {
    const skipped = skipQuoted(text, index)
    if (skipped > index) {
      index = skipped - 1
      continue
    }
    const char = text[index]
    if (char === "{") depth++
    else if (char === "}") depth--
    if ((char === "," && depth === 1) || (char === "}" && depth === 0)) {
      choices.push(text.slice(from, index))
      from = index + 1
    }
    if (depth === 0) {
      const end = index + 1
      if (choices.length > 1) return { start, end, choices }
      const sequence = sequenceOf(choices[0] ?? "")
      return sequence === undefined ? undefined : { start, end, choices: sequence }
    }
  }
  return "unclosed"
}

/** Past what is quoted, escaped or expanded by other means at this place; the place itself if nothing is. */
const skipQuoted = (text: string, index: number): number => {
  const char = text[index]
  if (char === "\\") return index + 2
  if (char === "'") return past(text, text.indexOf("'", index + 1))
  if (char === "`") return past(text, text.indexOf("`", index + 1))
  if (char === '"') {
    let at = index + 1
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1
    return at + 1
  }
  if (char !== "$") return index
  const open = text[index + 1]
  if (open !== "{" && open !== "(") return index
  const close = open === "{" ? "}" : ")"
  let depth = 0
  for (let at = index + 1; at < text.length; at++) {
    if (text[at] === open) depth++
    else if (text[at] === close && --depth === 0) return at + 1
  }
  return text.length
}

const past = (text: string, found: number): number => (found < 0 ? text.length : found + 1)

const sequenceOf = (body: string): ReadonlyArray<string> | undefined => {
  const match = /^(-?\d{1,9}|[A-Za-z])\.\.(-?\d{1,9}|[A-Za-z])(?:\.\.(-?\d{1,9}))?$/.exec(body)
  if (match === null) return undefined
  const [, first = "", last = "", by] = match
  const numeric = /\d/.test(first) && /\d/.test(last)
  if (!numeric && (/\d/.test(first) || /\d/.test(last))) return undefined
  const from = numeric ? Number(first) : first.charCodeAt(0)
  const to = numeric ? Number(last) : last.charCodeAt(0)
  const step = Math.max(1, Math.abs(Number(by ?? 1)))
  const count = Math.floor(Math.abs(to - from) / step) + 1
  // The ends of a long sequence stand for all of it: its words differ by digits only.
  if (count > limit / 2) return [first, last]
  return Array.from({ length: count }, (_, index) => {
    const value = from + (to >= from ? 1 : -1) * index * step
    return numeric ? String(value) : String.fromCharCode(value)
  })
}
