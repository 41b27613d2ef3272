/** The name that the fewest letters (changed, added, left out) tell from the one given. */
export const nearestName = (name: string, names: ReadonlyArray<string>): string =>
  names.reduce((best, candidate) => (distance(name, candidate) < distance(name, best) ? candidate : best))

/** Levenshtein's, row by row. */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [index, letter] of from.split("").entries()) {
    const next = [index + 1]
    for (let column = 1; column <= to.length; column++) {
      const changed = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
