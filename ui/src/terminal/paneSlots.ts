interface Wish {
  readonly rank: number
  readonly granted: () => void
}

/**
 * At most `limit` panes watched at once. `ask` calls `granted` as soon as there is room, lowest rank first, then in
 * the order asked; the function it returns gives the place back, or takes the wish back.
 */
export const makePaneSlots = (limit: number) => {
  const held = new Set<Wish>()
  const waiting = new Set<Wish>()
  const grant = () => {
    while (held.size < limit) {
      const [first] = [...waiting].toSorted((a, b) => a.rank - b.rank)
      if (first === undefined) return
      waiting.delete(first)
      held.add(first)
      first.granted()
    }
  }
  return {
    ask: (rank: number, granted: () => void): (() => void) => {
      const wish: Wish = { rank, granted }
      waiting.add(wish)
      grant()
      return () => {
        waiting.delete(wish)
        if (held.delete(wish)) grant()
      }
    },
  }
}
export type PaneSlots = ReturnType<typeof makePaneSlots>
