import * as Effect from "effect/Effect"
import type { Pane } from "../pane/Pane.ts"
import type { Panes } from "../pane/Panes.ts"

const interruptKey = Buffer.from("\u0003")

/**
 * Interrupts what runs in a pane, ever more firmly until the caller stops it: Ctrl-C at once and after 5 s, the
 * foreground processes killed after 10 s, the pane ended after 15 s. So a turn that is interrupted ends.
 */
export const interruptTurn = (panes: Panes, pane: Pane): Effect.Effect<void> =>
  Effect.gen(function* () {
    yield* step("Ctrl-C", () => panes.type(pane, interruptKey))
    yield* Effect.sleep("5 seconds")
    yield* step("Ctrl-C", () => panes.type(pane, interruptKey))
    yield* Effect.sleep("5 seconds")
    yield* step("kill of the foreground processes", () => panes.killForeground(pane))
    yield* Effect.sleep("5 seconds")
    yield* step("end of the pane", () => panes.killPane(pane))
  })

/** A step that fails leaves it to the next, firmer one. */
const step = (name: string, run: () => Promise<void>) =>
  Effect.tryPromise(run).pipe(Effect.catch((error) => Effect.logWarning(`interrupt: ${name} failed`, error)))
