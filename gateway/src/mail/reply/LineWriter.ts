import { linesLimit, TooMuchMail } from "../parseLimits.ts"
import type { ElementMark } from "./htmlMarks.ts"
import type { Line } from "./Line.ts"

/** A line that is being written, in pieces: a string that grows by each element would be copied each time. */
interface Current {
  pieces: Array<string>
  /** Something stands in it that is more than blanks that fold. */
  hasText: boolean
  /** A blank that folds would add nothing: the line begins, or ends in one. */
  takesNoBlank: boolean
  /** Only an item's number stands in it. */
  bulletOnly: boolean
}
const emptyLine = (): Current => ({
  pieces: [],
  hasText: false,
  takesNoBlank: true,
  bulletOnly: false,
})

/** Characters of a link's text that are compared with where it leads. */
const linkTextLimit = 300

/** Puts the text of HTML into lines, as a page would show it, each with the marks that hold for it. */
export class LineWriter {
  readonly #lines: Array<Line> = []
  readonly #marks: Array<ElementMark> = []
  #depth = 0
  #client = 0
  #role: Line["role"] = "text"
  #rest = false
  #current = emptyLine()
  #linkText: string | null = null
  #boxed = { from: -1, to: -1 }
  /** Quotes seen so far. */
  quotes = 0

  get count(): number {
    return this.#lines.length
  }

  open(mark: ElementMark): void {
    this.#marks.push(mark)
    if (mark.quote !== undefined) {
      this.#depth++
      if (mark.quote === "client") {
        this.#client++
        this.quotes++
      }
    }
    if (mark.rest === true) this.#rest = true
    if (mark.role !== undefined) this.#role = mark.role
  }
  close(): void {
    const mark = this.#marks.pop()
    if (mark?.quote !== undefined) {
      this.#depth--
      if (mark.quote === "client") this.#client--
    }
    if (mark?.role !== undefined)
      this.#role = this.#marks.findLast(({ role }) => role !== undefined)?.role ?? "text"
  }

  text(given: string, keepsBlanks: boolean): void {
    const text = given.replace(/\u200b|\u2060|\u034f|\ufeff/g, "")
    if (!keepsBlanks) return this.#append(text.replace(/[ \t\r\n\f]+/g, " "), true)
    const [first = "", ...rest] = text.replace(/\r\n?/g, "\n").split("\n")
    this.#append(first, false)
    for (const line of rest) {
      this.lineBreak()
      this.#append(line, false)
    }
  }
  #append(given: string, folds: boolean): void {
    const current = this.#current
    const text = folds && current.takesNoBlank && given.startsWith(" ") ? given.slice(1) : given
    if (text === "") return
    current.pieces.push(text)
    current.takesNoBlank = folds && text.endsWith(" ")
    if (!current.hasText && /[^ \t]/.test(text)) current.hasText = true
    if (text.trim() !== "") current.bulletOnly = false
    if (this.#linkText !== null && this.#linkText.length < linkTextLimit) this.#linkText += text
  }

  /** A line's end, also of an empty one. */
  lineBreak(): void {
    this.#push()
  }
  /** A line's end where there is a line. An item's number waits for its text. */
  endLine(): void {
    if (this.#current.bulletOnly) return
    if (this.#current.hasText) this.#push()
    else this.#current = emptyLine()
  }
  bullet(text: string): void {
    this.#current.bulletOnly = false
    this.endLine()
    this.#current = { ...emptyLine(), pieces: [text], hasText: true, bulletOnly: true }
  }
  cell(): void {
    if (!this.#current.takesNoBlank && !this.#current.bulletOnly) {
      this.#current.pieces.push(" ")
      this.#current.takesNoBlank = true
    }
  }

  openLink(): void {
    this.#linkText = ""
  }
  /** Where a link leads, if its text does not say so; of an old mail nobody needs it. */
  closeLink(href: string): void {
    const text = bareLink(this.#linkText ?? "")
    this.#linkText = null
    if (this.#depth > 0 || this.#role !== "text" || this.#rest || !this.#current.hasText) return
    if (text === "" || href.length > 2_000 || /\w\.\w{2}/.test(text) || bareLink(href).includes(text)) return
    const end = this.#current.takesNoBlank ? "" : " "
    this.#current.pieces.push(`${end}<${href}>`)
    this.#current.takesNoBlank = false
  }

  #push(): void {
    if (this.#lines.length >= linesLimit) throw new TooMuchMail(`its HTML has more than ${linesLimit} lines`)
    const given = this.#current.pieces.join("")
    const separator = /^[ \u00a0]*--[ \u00a0]+$/.test(given)
    const text = separator ? "-- " : given.replaceAll("\u00a0", " ").trimEnd()
    this.#lines.push({
      text,
      shown: text,
      depth: this.#depth,
      by: this.#depth === 0 ? null : this.#client > 0 ? "client" : "indent",
      role: this.#role,
      rest: this.#rest,
    })
    this.#current = emptyLine()
    this.#rest = false
  }

  /** What stands from this line on is quoted after all. Boxes lie within each other: what one marked is passed over. */
  quoteFrom(line: number): void {
    for (let i = line; i < this.#lines.length; i++) {
      if (i === this.#boxed.from) i = this.#boxed.to
      const each = this.#lines[i]
      if (each !== undefined && each.by !== "client") {
        this.#lines[i] = { ...each, depth: each.depth + 1, by: "client" }
      }
    }
    this.#boxed = { from: line, to: this.#lines.length }
  }

  /** All lines; of several empty ones in a row, one. */
  lines(): ReadonlyArray<Line> {
    this.#current.bulletOnly = false
    this.endLine()
    return this.#lines.filter((line, i) => {
      const before = this.#lines[i - 1]
      const repeats = before !== undefined && before.text === "" && before.depth === line.depth
      return line.text !== "" || line.rest || !repeats
    })
  }
}

const bareLink = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/^(?:https?:\/\/)?(?:www\.)?/, "")
    .replace(/\/$/, "")
