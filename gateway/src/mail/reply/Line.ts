/** One line of a mail's text, and what the mail says about it. */
export interface Line {
  /** What it says, without quote marks. */
  readonly text: string
  /** As it stands in the mail. */
  readonly shown: string
  /** How often it is quoted; 0 for what is not. */
  readonly depth: number
  /**
   * What makes it quoted. A client's own mark means nothing else. `>`, `|` and a bare `<blockquote>` can also be a
   * person's: a redirection, a table, a passage set off.
   */
  readonly by: "client" | "angle" | "bar" | "indent" | null
  /** What the client says that it is. */
  readonly role: "text" | "attribution" | "signature"
  /** From here on everything is the old mail: some clients put it beside its header, not inside of anything. */
  readonly rest: boolean
}

export const ownLine = (text: string): Line => ({
  text,
  shown: text,
  depth: 0,
  by: null,
  role: "text",
  rest: false,
})

export const isBlank = (line: Line | undefined): boolean => line === undefined || line.text.trim() === ""

/** Without marks of direction, with plain blanks and digits: as rules of all languages can be held against it. */
export const plainText = (text: string): string =>
  text
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "")
    .replace(/[\u00a0\u2007\u202f]/g, " ")
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .trim()
