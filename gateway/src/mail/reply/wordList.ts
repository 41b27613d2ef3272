/** Words of a table: one or more on a line, with bars between them. */
export const wordList = (text: string): ReadonlyArray<string> =>
  text
    .split(/[\n|]/)
    .map((word) => word.trim())
    .filter((word) => word !== "")
