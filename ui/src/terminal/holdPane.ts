import type { LiveSocket } from "../api/Backend.ts"

/** Who has a pane open on a socket, and what is under way for it. */
interface Held {
  views: number
  opening: number
}
const bySocket = new WeakMap<LiveSocket, Map<string, Held>>()

/**
 * A view's share in a pane. The server keeps one opening of a pane for a socket, however many views there are, and
 * a page may show its view before the page before it has let go: so the pane is closed with its last view, and not
 * before the answers to its openings are there, for a close that overtakes an opening would leave the pane open.
 */
export const holdPane = (socket: LiveSocket, sessionId: string) => {
  const panes = bySocket.get(socket) ?? new Map<string, Held>()
  bySocket.set(socket, panes)
  const held = panes.get(sessionId) ?? { views: 0, opening: 0 }
  panes.set(sessionId, held)
  held.views += 1
  let released = false
  const closeIfLast = () => {
    if (held.views > 0 || held.opening > 0 || panes.get(sessionId) !== held) return
    panes.delete(sessionId)
    if (socket.isConnected()) socket.ask("pane:close", { sessionId }).catch(() => undefined)
  }
  return {
    /** Opens the pane, or opens it again; fails as `ask` does. */
    open: async (): Promise<unknown> => {
      held.opening += 1
      try {
        return await socket.ask("pane:open", { sessionId })
      } finally {
        held.opening -= 1
        closeIfLast()
      }
    },
    release: () => {
      if (released) return
      released = true
      held.views -= 1
      closeIfLast()
    },
  }
}
