/** A list as shown, and how many entries wait to be shown. */
export interface HeldOrder {
  readonly ids: ReadonlyArray<string>
  readonly waiting: number
}

/**
 * The order to show while the reader's hand is on the list: entries stay where they are, ones that left go, new
 * ones at the top wait behind a pill. New ones below the last shown (older pages) are appended.
 */
export const heldOrder = (shown: ReadonlyArray<string>, current: ReadonlyArray<string>): HeldOrder => {
  const present = new Set(current)
  const kept = shown.filter((id) => present.has(id))
  const last = kept.at(-1)
  if (last === undefined) return { ids: current, waiting: 0 }
  const known = new Set(kept)
  const end = current.indexOf(last)
  const appended = current.slice(end + 1).filter((id) => !known.has(id))
  const waiting = current.slice(0, end).filter((id) => !known.has(id)).length
  return { ids: [...kept, ...appended], waiting }
}
