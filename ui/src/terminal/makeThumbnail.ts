import type { AgentState } from "@maillm/schema/Turn"
import { Terminal } from "@xterm/xterm"
import type { LiveSocket } from "../api/Backend.ts"
import { connectPane, type PaneStatus } from "./PaneConnection.ts"
import { type ScreenLine, screenLines } from "./screenLines.ts"

/** Lines of a thumbnail, and columns beyond which a line is cut. */
export const thumbnailRows = 12
const thumbnailColumns = 110
/** A pane that prints without pause is drawn this often, milliseconds. */
const drawMillis = 250
const scrollbackLines = 50

/**
 * Follows a pane and gives its last lines. It is a terminal that is never on the page, so it draws nothing itself,
 * and nothing is ever sent to the pane: neither keys, nor answers to what programs ask, nor a size.
 */
export const makeThumbnail = (
  socket: LiveSocket,
  sessionId: string,
  on: {
    readonly lines: (lines: ReadonlyArray<ScreenLine>) => void
    readonly status: (status: PaneStatus) => void
    readonly agent: (agent: AgentState) => void
  },
): (() => void) => {
  const terminal = new Terminal({ scrollback: scrollbackLines })
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false
  const draw = () => {
    clearTimeout(timer)
    timer = undefined
    if (closed) return
    on.lines(screenLines(terminal.buffer.active, terminal.rows, thumbnailColumns, thumbnailRows))
  }
  const connection = connectPane(socket, sessionId, {
    redraw: (columns, rows, screen) => {
      terminal.reset()
      terminal.resize(columns, rows)
      terminal.write(screen, draw)
    },
    write: (bytes) =>
      terminal.write(bytes, () => {
        timer ??= setTimeout(draw, drawMillis)
      }),
    status: on.status,
    agent: on.agent,
    refused: () => undefined,
  })
  return () => {
    closed = true
    clearTimeout(timer)
    connection.close()
    terminal.dispose()
  }
}
