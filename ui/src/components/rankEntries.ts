/** Something the palette can open. */
export interface PaletteEntry {
  readonly id: string
  readonly kind: "Room" | "Action" | "Session" | "Request" | "Message" | "Question"
  readonly name: string
  readonly detail: string
  readonly run: () => void
}

export const paletteLimit = 40

/** How well a name fits: the start of it beats the start of a word beats anywhere; null is no fit. */
const score = (word: string, name: string, detail: string): number | null => {
  if (name.startsWith(word)) return 0
  if (name.includes(` ${word}`)) return 1
  if (name.includes(word)) return 2
  if (detail.includes(word)) return 3
  return null
}

/** Entries that have every word of the query, best first; the order given is kept among equals. */
export const rankEntries = (
  query: string,
  entries: ReadonlyArray<PaletteEntry>,
): ReadonlyArray<PaletteEntry> => {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "")
  if (words.length === 0) return entries.slice(0, paletteLimit)
  const ranked: Array<{ readonly entry: PaletteEntry; readonly rank: number }> = []
  for (const entry of entries) {
    const name = entry.name.toLowerCase()
    const detail = `${entry.kind} ${entry.detail}`.toLowerCase()
    const scores = words.map((word) => score(word, name, detail))
    if (scores.every((value) => value !== null)) {
      ranked.push({ entry, rank: scores.reduce((sum, value) => sum + value, 0) })
    }
  }
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, paletteLimit)
    .map(({ entry }) => entry)
}
