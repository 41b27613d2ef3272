import type { IBuffer, IBufferCell } from "@xterm/xterm"

/** Cells beside each other that look alike. Colours are CSS colours; null is the terminal's own. */
export interface ScreenSpan {
  readonly text: string
  readonly colour: string | null
  readonly background: string | null
  readonly bold: boolean
  readonly dim: boolean
  readonly underline: boolean
}
export type ScreenLine = ReadonlyArray<ScreenSpan>

const names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const
const cubeLevels = [0, 95, 135, 175, 215, 255] as const
const level = (value: number) => cubeLevels[value % 6] ?? 0
/** Drawn to the text's own colour, so that it is readable whatever background it was meant for. */
const softened = (colour: string) => `color-mix(in oklab, ${colour} 75%, var(--color-terminal-text))`

/** Colour `index` of xterm's 256: 16 of the theme, a cube of 6 × 6 × 6, 24 greys. */
const paletteColour = (index: number): string => {
  if (index < 16) return `var(--ansi-${index < 8 ? "" : "bright-"}${names[index % 8] ?? "white"})`
  const grey = 8 + (index - 232) * 10
  if (index >= 232) return `rgb(${grey} ${grey} ${grey})`
  const cube = index - 16
  return `rgb(${level(Math.floor(cube / 36))} ${level(Math.floor(cube / 6))} ${level(cube)})`
}
const rgb = (value: number) => `rgb(${(value >> 16) & 255} ${(value >> 8) & 255} ${value & 255})`

const foregroundOf = (cell: IBufferCell): string | null => {
  if (cell.isFgRGB()) return softened(rgb(cell.getFgColor()))
  if (!cell.isFgPalette()) return null
  const index = cell.getFgColor()
  // The theme's own colours are readable, but for black on nothing.
  const readable = index < 16 && (index > 0 || !cell.isBgDefault())
  return readable ? paletteColour(index) : softened(paletteColour(index))
}
const backgroundOf = (cell: IBufferCell): string | null => {
  if (cell.isBgRGB()) return rgb(cell.getBgColor())
  return cell.isBgPalette() ? paletteColour(cell.getBgColor()) : null
}

const spanOf = (cell: IBufferCell): ScreenSpan => {
  const inverse = cell.isInverse() !== 0
  const colour = foregroundOf(cell)
  const background = backgroundOf(cell)
  const chars = cell.getChars()
  return {
    text: chars === "" || cell.isInvisible() !== 0 ? " " : chars,
    colour: inverse ? (background ?? "var(--color-terminal)") : colour,
    background: inverse ? (colour ?? "var(--color-terminal-text)") : background,
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    underline: cell.isUnderline() !== 0,
  }
}
const alike = (a: ScreenSpan, b: ScreenSpan) =>
  a.colour === b.colour &&
  a.background === b.background &&
  a.bold === b.bold &&
  a.dim === b.dim &&
  a.underline === b.underline

const lineOf = (buffer: IBuffer, row: number, columns: number): ScreenLine => {
  const line = buffer.getLine(row)
  const spans: Array<ScreenSpan> = []
  for (let column = 0; column < columns; column += 1) {
    const cell = line?.getCell(column)
    if (cell === undefined) break
    // The second half of a wide character.
    if (cell.getWidth() === 0) continue
    const span = spanOf(cell)
    const last = spans.at(-1)
    if (last !== undefined && alike(last, span))
      spans[spans.length - 1] = { ...last, text: last.text + span.text }
    else spans.push(span)
  }
  const end = spans.at(-1)
  if (end?.background !== null || end === undefined) return spans
  const text = end.text.trimEnd()
  return text === "" ? spans.slice(0, -1) : [...spans.slice(0, -1), { ...end, text }]
}

/** The last `count` rows of the screen that hold something, or up to the cursor; at most `columns` of each. */
export const screenLines = (
  buffer: IBuffer,
  rows: number,
  columns: number,
  count: number,
): ReadonlyArray<ScreenLine> => {
  const lines = Array.from({ length: rows }, (_, row) => lineOf(buffer, buffer.baseY + row, columns))
  const used =
    Math.max(
      lines.findLastIndex((line) => line.length > 0),
      buffer.cursorY,
    ) + 1
  return lines.slice(Math.max(0, used - count), used)
}
