/** The text, or its beginning with an ellipsis when it is longer than `max` UTF-16 code units. */
export const cut = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, "")}…`
