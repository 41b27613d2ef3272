/**
 * The entries of a queue that are answered where they stand: those shown stay where they are, answered ones too
 * as long as `stays` says so, and new ones come below.
 */
export const heldQueue = (
  shown: ReadonlyArray<string>,
  waiting: ReadonlyArray<string>,
  stays: (id: string) => boolean,
): ReadonlyArray<string> => {
  const open = new Set(waiting)
  const kept = shown.filter((id) => open.has(id) || stays(id))
  const known = new Set(kept)
  return [...kept, ...waiting.filter((id) => !known.has(id))]
}
