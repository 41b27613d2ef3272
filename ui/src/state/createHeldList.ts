import { createMemo, createSignal } from "solid-js"
import { type HeldOrder, heldOrder } from "./heldOrder.ts"

/**
 * Shows `ids` as they are, but keeps their order while the reader points at the list or has scrolled into it; what
 * came meanwhile waits to be let in. `key` names the list: another key starts anew.
 */
export const createHeldList = (ids: () => ReadonlyArray<string>, key: () => string) => {
  const [pointed, setPointed] = createSignal(false)
  const [scrolled, setScrolled] = createSignal(false)
  const [released, setReleased] = createSignal(0)

  const view = createMemo<HeldOrder & { readonly key: string }>(
    (before) => {
      const version = `${key()} ${released()}`
      const current = ids()
      if (before.key !== version || !(pointed() || scrolled()))
        return { ids: current, waiting: 0, key: version }
      return { ...heldOrder(before.ids, current), key: version }
    },
    { ids: [], waiting: 0, key: "" },
  )

  return {
    ids: () => view().ids,
    waiting: () => view().waiting,
    release: () => setReleased((count) => count + 1),
    setScrolled,
    pointer: {
      onPointerEnter: (event: PointerEvent) => {
        if (event.pointerType === "mouse") setPointed(true)
      },
      onPointerLeave: () => setPointed(false),
    },
  }
}
