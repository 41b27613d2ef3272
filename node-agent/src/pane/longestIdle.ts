import type { Pane } from "./Pane.ts"

/** A pane that may be closed, and how long ago it printed something. */
export interface IdlePane {
  readonly pane: Pane
  readonly idleMillis: number
}

/**
 * The first of `panes` to close, or null: those that have ended, then those that printed nothing for the longest and
 * have nothing in the background. The time is that of the log on disk, so it outlives the agent.
 */
export const longestIdle = async (
  panes: ReadonlyArray<Pane>,
  hasChildren: (pane: Pane) => Promise<boolean>,
): Promise<IdlePane | null> => {
  const now = Date.now()
  const candidates: Array<IdlePane> = []
  for (const pane of panes) {
    candidates.push({ pane, idleMillis: Math.max(0, now - ((await pane.log.lastWriteMillis()) ?? now)) })
  }
  candidates.sort(
    (a, b) => Number(b.pane.end !== null) - Number(a.pane.end !== null) || b.idleMillis - a.idleMillis,
  )
  for (const candidate of candidates) {
    if (candidate.pane.end !== null || !(await hasChildren(candidate.pane))) return candidate
  }
  return null
}
