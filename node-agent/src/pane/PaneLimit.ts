import * as Context from "effect/Context"

/** Most panes that this node keeps, running or ended, from 1 to 10000: `MAILLM_PANE_LIMIT`. */
export const PaneLimit = Context.Reference<number>("@maillm/node-agent/PaneLimit", {
  defaultValue: () => 200,
})
