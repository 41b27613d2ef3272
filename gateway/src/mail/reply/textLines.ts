import type { Line } from "./Line.ts"

/** RFC 3676: lines that end in a blank go on in the next one. `delSp`: and the blank is not part of the text. */
export interface Flowed {
  readonly delSp: boolean
}

/** The lines of a text/plain part. */
export const textLines = (given: string, flowed: Flowed | null): ReadonlyArray<Line> => {
  const text = withoutClearSignature(given.replace(/\r\n?/g, "\n"))
  return flowed === null ? text.split("\n").map(fixedLine) : flowedLines(text.split("\n"), flowed)
}

/** Blanks between marks are part of them: "> > a" is quoted twice. */
const marks = /^>(?: ?>)*/

const fixedLine = (given: string): Line => {
  const shown = given.replace(/[\u00a0]/g, " ").replace(/^\ufeff/, "")
  const mark = marks.exec(shown)?.[0] ?? ""
  if (shown === "|" || shown.startsWith("| ")) {
    return { text: shown.slice(2), shown, depth: 1, by: "bar", role: "text", rest: false }
  }
  return {
    text:
      mark === ""
        ? shown
        : shown
            .slice(mark.length)
            .replace(/^ /, "")
            .replace(/^\ufeff/, ""),
    shown,
    depth: mark.replaceAll(" ", "").length,
    by: mark === "" ? null : "angle",
    role: "text",
    rest: false,
  }
}

const flowedLines = (raw: ReadonlyArray<string>, { delSp }: Flowed): ReadonlyArray<Line> => {
  const lines: Array<Line> = []
  let open: { depth: number; pieces: Array<string> } | null = null
  const close = () => {
    if (open !== null) lines.push(flowedLine(open.depth, open.pieces.join("")))
    open = null
  }
  for (const given of raw) {
    const depth = /^>*/.exec(given)?.[0].length ?? 0
    // A blank in front is stuffing: it keeps a `>` of the sender's own from being taken for a mark.
    const content = given
      .slice(depth)
      .replace(/^ /, "")
      .replace(/\u00a0/g, " ")
    const separator = content === "-- "
    if (open !== null && (open.depth !== depth || separator)) close()
    open ??= { depth, pieces: [] }
    const goesOn = content.endsWith(" ") && !separator
    open.pieces.push(goesOn && delSp ? content.slice(0, -1) : content)
    if (!goesOn) close()
  }
  close()
  return lines
}

const flowedLine = (depth: number, text: string): Line => ({
  text,
  shown: depth === 0 ? text : `${">".repeat(depth)}${text === "" ? "" : ` ${text}`}`,
  depth,
  by: depth === 0 ? null : "angle",
  role: "text",
  rest: false,
})

/** The text that a clear-signed PGP message holds (RFC 9580 §7); the signature says nothing to an agent. */
const withoutClearSignature = (text: string): string => {
  const begin = /^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[A-Za-z]+: .*\n)*[ \t]*\n/m.exec(text)
  const ending = /^-----BEGIN PGP SIGNATURE-----[ \t]*$/m.exec(text)
  if (begin === null || ending === null || ending.index < begin.index) return text
  const end = /^-----END PGP SIGNATURE-----[ \t]*\n?/m.exec(text.slice(ending.index))
  const signed = text.slice(begin.index + begin[0].length, ending.index).replace(/^- /gm, "")
  const after = end === null ? "" : text.slice(ending.index + end.index + end[0].length)
  return `${text.slice(0, begin.index)}${signed}${after}`
}
