import { StringDecoder } from "node:string_decoder"

/** Lines that cursor movements can still reach; those above are final. Higher than any pane. */
const reachableLines = 200
/** Widest column a cursor movement reaches, that of the widest pane; text itself may be longer. */
const columnLimit = 400
/** Longest text, in UTF-16 code units: of more, lines in the middle are left out and counted. */
export const readableTextLimit = 32 * 1024 * 1024
/** A control string (title, hyperlink, …) longer than this was never one. */
const stringLimit = 4_096

type State = "text" | "escape" | "sequence" | "string" | "stringEscape" | "charset"

/**
 * Turns a terminal's bytes into the text that a person would have read in the end: colours and titles are
 * dropped, carriage returns, backspaces and cursor movements are carried out on the last lines, so of a
 * progress bar its last state is left. Lines are as long as they were printed. What a full-screen program
 * drew on the alternate screen is left out. Bytes that are not UTF-8 become U+FFFD, other controls vanish.
 */
export class ReadableText {
  private readonly decoder = new StringDecoder("utf8")
  private readonly finished: Array<string> = []
  private finishedLength = 0
  private droppedLines = 0
  private lines: Array<string> = [""]
  private row = 0
  private column = 0
  private saved = { row: 0, column: 0 }
  private state: State = "text"
  private sequence = ""
  private stringLength = 0
  private alternate = false

  /** Terminal rows, for absolute positions; the last `rows` lines are the screen. */
  private readonly rows: number

  constructor(rows: number) {
    this.rows = rows
  }

  push(bytes: Uint8Array) {
    this.write(this.decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
  }

  /** The text; trailing blanks of lines and trailing empty lines are dropped, the last line has no line end. */
  finish(): string {
    this.write(this.decoder.end())
    const last = this.lines.splice(0)
    if (this.droppedLines > 0) last.unshift(`[… ${this.droppedLines} lines left out …]`)
    const all = this.finished
    for (const line of last) all.push(line.trimEnd())
    while (all.at(-1) === "") all.pop()
    return all.join("\n").toWellFormed()
  }

  private write(text: string) {
    let at = 0
    while (at < text.length) at = this.state === "text" ? this.plain(text, at) : this.control(text, at)
  }

  /** A run of printable characters, or one control character. */
  private plain(text: string, from: number): number {
    let to = from
    while (to < text.length && isPrintable(text.charCodeAt(to))) to++
    if (to > from) {
      this.print(text.slice(from, to))
      return to
    }
    const code = text.charCodeAt(from)
    if (code === 0x1b) this.state = "escape"
    else if (code === 0x9b) this.begin("sequence")
    else if (code === 0x0a || code === 0x0b || code === 0x0c) this.lineFeed()
    else if (code === 0x0d) this.column = 0
    else if (code === 0x08) this.column = Math.max(0, this.column - 1)
    else if (code === 0x09) this.print(" ".repeat(8 - (this.column % 8)), true)
    return from + 1
  }

  private control(text: string, at: number): number {
    const char = text.charAt(at)
    const code = text.charCodeAt(at)
    if (this.state === "sequence") return this.inSequence(char, code, at)
    if (this.state === "string" || this.state === "stringEscape") return this.inString(char, code, at)
    if (this.state === "charset") {
      this.state = "text"
      return at + 1
    }
    this.state = "text"
    if (char === "[") this.begin("sequence")
    else if ("]PX^_k".includes(char)) this.begin("string")
    else if ("()*+-./#%".includes(char)) this.state = "charset"
    else if (char === "M") this.moveTo(this.row - 1, this.column)
    else if (char === "E") {
      this.column = 0
      this.lineFeed()
    } else if (char === "D") this.lineFeed()
    else if (char === "7") this.save()
    else if (char === "8") this.restore()
    else if (code === 0x1b) this.state = "escape"
    else if (code < 0x20) return at
    return at + 1
  }

  private begin(state: State) {
    this.state = state
    this.sequence = ""
    this.stringLength = 0
  }

  private inSequence(char: string, code: number, at: number): number {
    if (code >= 0x40 && code <= 0x7e) {
      this.state = "text"
      this.carryOut(char, this.sequence)
      return at + 1
    }
    if (code < 0x20 || code > 0x7e || this.sequence.length >= 64) {
      this.state = "text"
      return at
    }
    this.sequence += char
    return at + 1
  }

  private inString(char: string, code: number, at: number): number {
    this.stringLength++
    if (this.state === "stringEscape") {
      // ESC \ ends the string; any other ESC begins a sequence of its own.
      this.state = char === "\\" ? "text" : "escape"
      return char === "\\" ? at + 1 : at
    }
    if (code === 0x07 || code === 0x9c || code === 0x18 || code === 0x1a) this.state = "text"
    else if (code === 0x1b) this.state = "stringEscape"
    else if (code === 0x0a || this.stringLength > stringLimit) {
      this.state = "text"
      return at
    }
    return at + 1
  }

  private carryOut(final: string, parameters: string) {
    const numbers = parameters.split(";").map((part) => (/^\d{1,5}$/.test(part) ? Number(part) : 0))
    const first = numbers[0] ?? 0
    const count = Math.max(1, first)
    if (parameters.startsWith("?")) {
      if (final === "h" || final === "l") this.setMode(parameters, final === "h")
      return
    }
    const move = moves[final]
    if (move !== undefined) {
      const [rows, columns] = move
      this.moveTo(this.row + rows * count, this.column + columns * count)
    } else if (final === "E") this.moveTo(this.row + count, 0)
    else if (final === "F") this.moveTo(this.row - count, 0)
    else if (final === "G" || final === "`") this.moveTo(this.row, count - 1)
    else if (final === "d") this.moveTo(this.screenTop() + count - 1, this.column)
    else if (final === "H" || final === "f")
      this.moveTo(this.screenTop() + count - 1, Math.max(1, numbers[1] ?? 1) - 1)
    else if (final === "s") this.save()
    else if (final === "u") this.restore()
    else this.edit(final, first, count)
  }

  private edit(final: string, first: number, count: number) {
    if (this.alternate) return
    const line = this.lines[this.row] ?? ""
    if (final === "K") this.lines[this.row] = erased(line, this.column, first)
    else if (final === "J") this.eraseScreen(first)
    else if (final === "P")
      this.lines[this.row] = line.slice(0, this.column) + line.slice(this.column + count)
    else if (final === "X")
      this.lines[this.row] = overwritten(line, this.column, " ".repeat(Math.min(count, columnLimit)))
    else if (final === "@") {
      const blanks = " ".repeat(Math.min(count, columnLimit))
      this.lines[this.row] = line.slice(0, this.column) + blanks + line.slice(this.column)
    } else if (final === "L") {
      this.lines.splice(this.row, 0, ...Array.from({ length: Math.min(count, this.rows) }, () => ""))
      this.settle()
    } else if (final === "M") {
      this.lines.splice(this.row, count)
      if (this.lines.length <= this.row)
        this.lines.push(...Array.from({ length: this.row + 1 - this.lines.length }, () => ""))
    }
  }

  private eraseScreen(mode: number) {
    if (mode === 0) {
      this.lines[this.row] = erased(this.lines[this.row] ?? "", this.column, 0)
      this.lines.length = this.row + 1
    } else if (mode === 1) {
      for (let row = this.screenTop(); row < this.row; row++) this.lines[row] = ""
      this.lines[this.row] = erased(this.lines[this.row] ?? "", this.column, 1)
    } else if (mode === 2) {
      // A cleared screen is a new page: what was printed before stays readable above it.
      while (this.lines.length > 1 && this.lines.at(-1) === "") this.lines.pop()
      const page = this.lines.splice(0)
      if (page.length > 1 || page[0] !== "") this.keep(page)
      this.lines = [""]
      this.row = 0
      this.column = 0
    }
  }

  private setMode(parameters: string, on: boolean) {
    if (!/^\?(?:\d+;)*(?:47|1047|1049)(?:;\d+)*$/.test(parameters) || this.alternate === on) return
    if (on) this.save()
    this.alternate = on
    if (!on) this.restore()
  }

  /** Tabs move over what is there and only print where nothing is. */
  private print(text: string, isTab = false) {
    if (this.alternate) return
    const line = this.lines[this.row] ?? ""
    if (this.column === line.length) this.lines[this.row] = line + text
    else if (!isTab || this.column + text.length > line.length)
      this.lines[this.row] = isTab
        ? line.padEnd(this.column + text.length)
        : overwritten(line, this.column, text)
    this.column += text.length
  }

  private lineFeed() {
    if (this.alternate) return
    this.row++
    // The driver's line discipline sends CR LF; a lone LF keeps the column, as a terminal does.
    if (this.row === this.lines.length) this.lines.push("")
    this.settle()
  }

  private moveTo(row: number, column: number) {
    if (this.alternate) return
    const top = this.screenTop()
    const bottom = Math.max(this.lines.length, Math.min(this.rows, row + 1)) - 1
    this.row = Math.max(top, Math.min(row, bottom))
    while (this.lines.length <= this.row) this.lines.push("")
    this.column = Math.max(0, Math.min(column, Math.max(columnLimit, this.column)))
  }

  private screenTop() {
    return Math.max(0, this.lines.length - this.rows)
  }

  private settle() {
    const excess = this.lines.length - reachableLines
    if (excess < reachableLines) return
    this.keep(this.lines.splice(0, excess))
    this.row = Math.max(0, this.row - excess)
    this.saved = { ...this.saved, row: Math.max(0, this.saved.row - excess) }
  }

  /** These lines are final. */
  private keep(lines: ReadonlyArray<string>) {
    for (const line of lines) {
      const text = line.trimEnd()
      if (this.finishedLength + text.length > readableTextLimit) this.droppedLines++
      else {
        this.finished.push(text)
        this.finishedLength += text.length + 1
      }
    }
  }

  private save() {
    this.saved = { row: this.row, column: this.column }
  }

  private restore() {
    this.row = Math.min(this.saved.row, this.lines.length - 1)
    this.column = this.saved.column
  }
}

const moves: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  A: [-1, 0],
  B: [1, 0],
  C: [0, 1],
  D: [0, -1],
  a: [0, 1],
  e: [1, 0],
}

/** Printable: not C0, DEL or C1. */
const isPrintable = (code: number) => (code >= 0x20 && code < 0x7f) || code > 0x9f

const overwritten = (line: string, column: number, text: string) =>
  line.slice(0, column).padEnd(column) + text + line.slice(column + text.length)

const erased = (line: string, column: number, mode: number) => {
  if (mode === 0) return line.slice(0, column)
  return mode === 1 ? " ".repeat(Math.min(column + 1, line.length)) + line.slice(column + 1) : ""
}
