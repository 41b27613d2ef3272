/**
 * What a reader cannot see, or that changes how the rest is seen: control, format and direction characters, blanks
 * that are not the plain one, unassigned and private ones, lone halves of pairs, and the blank braille pattern. Line
 * feeds stay: they are seen as line ends.
 */
const unseen = /(?!\n)(?!\u0020)[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** A stretch of a text as it is, or an escape that stands for a character that cannot be seen. */
export interface VisiblePiece {
  readonly text: string
  readonly isEscape: boolean
}

/** The text cut into what can be seen as it is and escapes for what cannot, such as `\x1b` or `\u{202e}`. */
export const visiblePieces = (text: string): ReadonlyArray<VisiblePiece> => {
  const pieces: Array<VisiblePiece> = []
  let from = 0
  for (const match of text.matchAll(unseen)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), isEscape: false })
    pieces.push({ text: escapeOf(match[0]), isEscape: true })
    from = match.index + match[0].length
  }
  return from < text.length ? [...pieces, { text: text.slice(from), isEscape: false }] : pieces
}

/** Hostile text for a person to judge: nothing in it is hidden, reordered or obeyed by a terminal. */
export const visibleText = (text: string): string =>
  visiblePieces(text)
    .map((piece) => piece.text)
    .join("")

const named: Readonly<Record<string, string>> = { "\t": "\\t", "\r": "\\r" }

const escapeOf = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  return named[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, "0")}` : `\\u{${hex}}`)
}
