import { createMemo, createSignal } from "solid-js"
import { now } from "./clock.ts"
import { heldQueue } from "./heldQueue.ts"

/** An answered entry that nobody points at is shown this long. */
const lingerMillis = 5_000

/**
 * Shows a queue in the order of `rankOf`. While the reader points at it or is in it by keyboard nothing moves, so that a
 * press never meets another entry than the one it was meant for: answered entries stay in their places, new ones are
 * added below. `focused` is the entry with the keyboard's focus.
 */
export const createHeldQueue = (
  waiting: () => ReadonlyArray<string>,
  focused: () => string | null,
  rankOf: (id: string) => number,
) => {
  const [pointed, setPointed] = createSignal(false)
  const goneAt = new Map<string, number>()
  const ids = createMemo<ReadonlyArray<string>>((before) => {
    const open = waiting()
    for (const id of goneAt.keys()) if (!before.includes(id) || open.includes(id)) goneAt.delete(id)
    const next = heldQueue(before, open, (id) => {
      const since = goneAt.get(id) ?? Date.now()
      goneAt.set(id, since)
      return pointed() || focused() === id || now() - since < lingerMillis
    })
    return pointed() || focused() !== null ? next : next.toSorted((a, b) => rankOf(a) - rankOf(b))
  }, [])
  return {
    ids,
    pointer: {
      onPointerEnter: (event: PointerEvent) => {
        if (event.pointerType === "mouse") setPointed(true)
      },
      onPointerLeave: () => setPointed(false),
    },
  }
}
