/** A moment as people read it: `2026-11-25 12:03 UTC`. */
export const minuteWords = (atMillis: number): string =>
  `${new Date(atMillis).toISOString().slice(0, 16).replace("T", " ")} UTC`
