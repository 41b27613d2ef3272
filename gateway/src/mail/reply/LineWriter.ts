import type { ElementMark } from "./htmlMarks.ts"
import type { Line } from "./Line.ts"

/** Puts the text of HTML into lines, as a page would show it, each with the marks that hold for it. */
export class LineWriter {
  readonly #lines: Array<Line> = []
  readonly #marks: Array<ElementMark> = []
  #depth = 0
  #client = 0
  #role: Line["role"] = "text"
  #rest = false
  #current = ""
  #afterBlank = false
  /** What stands at the line's start before any text: an item's number. */
  #bullet = ""
  /** Quotes seen so far. */
  quotes = 0

  get count(): number {
    return this.#lines.length
  }
  get column(): number {
    return this.#current.length
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
    this.#role = this.#marks.findLast(({ role }) => role !== undefined)?.role ?? "text"
  }
  close(mark: ElementMark): void {
    this.#marks.splice(this.#marks.lastIndexOf(mark), 1)
    if (mark.quote !== undefined) {
      this.#depth--
      if (mark.quote === "client") this.#client--
    }
    this.#role = this.#marks.findLast(({ role }) => role !== undefined)?.role ?? "text"
  }
  closeTop(): void {
    const mark = this.#marks.at(-1)
    if (mark !== undefined) this.close(mark)
  }

  text(given: string, keepsBlanks: boolean): void {
    const text = given.replace(/\u200b|\u2060|\u034f|\ufeff/g, "")
    if (!keepsBlanks) {
      const folded = text.replace(/[ \t\r\n\f]+/g, " ")
      this.#append(this.#current === "" || this.#current.endsWith(" ") ? folded.replace(/^ /, "") : folded)
      if (folded !== "" && folded.endsWith(" ")) this.#afterBlank = true
      return
    }
    const [first = "", ...rest] = text.replace(/\r\n?/g, "\n").split("\n")
    this.#append(first)
    for (const line of rest) {
      this.lineBreak()
      this.#append(line)
    }
  }
  #append(text: string): void {
    if (text === "") return
    this.#current += text
    this.#afterBlank = text.endsWith(" ")
  }

  /** A line's end, also of an empty one. */
  lineBreak(): void {
    this.#push()
  }
  /** A line's end where there is a line. */
  endLine(): void {
    if (this.#bullet !== "" && this.#current === this.#bullet) return
    if (this.#current.trim() === "" && !/\u00a0/.test(this.#current)) this.#current = ""
    else this.#push()
  }
  bullet(text: string): void {
    this.#bullet = ""
    this.endLine()
    this.#current = text
    this.#bullet = text
  }
  cell(): void {
    if (this.#current !== "" && !this.#current.endsWith(" ")) this.#current += " "
  }

  /** Where a link leads, if its text does not say so; of an old mail nobody needs it. */
  link(link: { readonly href: string; readonly line: number; readonly column: number }): void {
    if (this.#depth > 0 || this.#role !== "text" || this.#rest || link.line !== this.#lines.length) return
    const text = bareLink(this.#current.slice(link.column))
    const href = bareLink(link.href)
    if (text === "" || /\w\.\w{2}/.test(text) || href.includes(text)) return
    this.#current = `${this.#current.trimEnd()} <${link.href}>`
  }

  #push(): void {
    const separator = this.#current.trim() === "--" && (this.#afterBlank || /[ \u00a0]$/.test(this.#current))
    const text = separator ? "-- " : this.#current.replaceAll("\u00a0", " ").trimEnd()
    this.#lines.push({
      text,
      shown: text,
      depth: this.#depth,
      by: this.#depth === 0 ? null : this.#client > 0 ? "client" : "indent",
      role: this.#role,
      rest: this.#rest,
    })
    this.#current = ""
    this.#bullet = ""
    this.#afterBlank = false
    this.#rest = false
  }

  /** What stands from this line on is quoted after all. */
  quoteFrom(line: number): void {
    for (let i = line; i < this.#lines.length; i++) {
      const each = this.#lines[i]
      if (each !== undefined) this.#lines[i] = { ...each, depth: each.depth + 1, by: "client" }
    }
  }

  /** All lines; of several empty ones in a row, one. */
  lines(): ReadonlyArray<Line> {
    this.#bullet = ""
    this.endLine()
    return this.#lines.filter((line, i) => {
      const before = this.#lines[i - 1]
      return !(
        line.text === "" &&
        !line.rest &&
        before !== undefined &&
        before.text === "" &&
        before.depth === line.depth
      )
    })
  }
}

const bareLink = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/^(?:https?:\/\/)?(?:www\.)?/, "")
    .replace(/\/$/, "")
