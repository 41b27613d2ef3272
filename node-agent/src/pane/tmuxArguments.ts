/**
 * tmux command lines as argument arrays. Rules of tmux that are kept here and nowhere else: an argument that ends in
 * `;` ends the command, `#` begins a format in some arguments, `=` makes a target exact.
 */

/**
 * Configuration of our server. No key of ours may be bound, no clipboard, no passthrough: panes show what hostile
 * programs print. `window-size` is not set here: tmux 3.3a crashes on a detached `new-session` when it is manual.
 */
export const tmuxConfig = `set -g remain-on-exit on
set -g status off
set -g default-terminal xterm-256color
set -g history-limit 2000
set -g destroy-unattached off
set -g allow-rename off
set -g set-titles off
set -g mouse off
set -g prefix None
set -g update-environment ""
set -g default-command ""
set -s escape-time 0
set -s set-clipboard off
set -s exit-unattached off
unbind -a -T prefix
unbind -a -T root
`

export const defaultSize = { columns: 120, rows: 40 } as const

const sessionPrefix = "m_"
const exactly = (sessionId: string) => `=${sessionPrefix}${sessionId}:`

/** Keeps tmux from taking a trailing semicolon as the end of the command. */
const word = (argument: string) => (argument.endsWith(";") ? `${argument.slice(0, -1)}\\;` : argument)
const format = (argument: string) => argument.replaceAll("#", "##")

export interface NewPane {
  readonly sessionId: string
  readonly generation: string
  /** Where the pane's program starts, absolute. */
  readonly cwd: string
  readonly argv: ReadonlyArray<string>
  /** Shell command of the output sink, run in the server's folder. */
  readonly sink: string
  readonly columns: number
  readonly rows: number
}

/** Makes the pane and its output pipe in one go, so that not even the first byte is missed. */
export const newPane = (pane: NewPane): Array<string> => [
  "new-session",
  "-d",
  "-s",
  `${sessionPrefix}${pane.sessionId}`,
  "-x",
  String(pane.columns),
  "-y",
  String(pane.rows),
  "-c",
  word(format(pane.cwd)),
  "--",
  ...pane.argv.map(word),
  ";",
  ...pipePane(pane.sessionId, pane.sink),
  ";",
  "set-option",
  "-t",
  exactly(pane.sessionId),
  "@maillm-generation",
  pane.generation,
  ";",
  "set-option",
  "-w",
  "-t",
  exactly(pane.sessionId),
  "window-size",
  "manual",
]

/** Replaces the output pipe. */
export const pipePane = (sessionId: string, sink: string): Array<string> => [
  "pipe-pane",
  "-t",
  exactly(sessionId),
  word(sink),
]

/** Prints the screen and up to 100 lines above it, without colours. */
export const capturePane = (sessionId: string): Array<string> => [
  "capture-pane",
  "-p",
  "-t",
  exactly(sessionId),
  "-S",
  "-100",
]
export const killSession = (sessionId: string): Array<string> => ["kill-session", "-t", exactly(sessionId)]

/** Bytes as if typed, at most `typedBytesLimit` of them; leaves copy mode first, should somebody have entered it. */
export const typeBytes = (sessionId: string, bytes: Uint8Array): Array<string> => [
  ...leaveModes(sessionId),
  "send-keys",
  "-t",
  exactly(sessionId),
  "-H",
  ...Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")),
]

/** tmux takes 16 KiB a command; a byte costs three. */
export const typedBytesLimit = 2_048

/** Pastes standard input, bracketed if the program asked for that, then types `after`. */
export const pasteInput = (sessionId: string, after: Uint8Array): Array<string> => [
  "load-buffer",
  "-b",
  `${sessionPrefix}${sessionId}`,
  "-",
  ";",
  "paste-buffer",
  "-p",
  "-d",
  "-b",
  `${sessionPrefix}${sessionId}`,
  "-t",
  exactly(sessionId),
  ";",
  ...typeBytes(sessionId, after),
]

export const resizePane = (sessionId: string, columns: number, rows: number): Array<string> => [
  "resize-window",
  "-t",
  exactly(sessionId),
  "-x",
  String(columns),
  "-y",
  String(rows),
]

const leaveModes = (sessionId: string) => [
  "if-shell",
  "-F",
  "-t",
  exactly(sessionId),
  "#{pane_in_mode}",
  `send-keys -t '${exactly(sessionId)}' -X cancel`,
  ";",
]

/**
 * tmux 3.3a can miss the death of a pane's process and then never knows its exit code; the death of any other
 * child makes it look again.
 */
export const reapChildren = ["run-shell", "-b", "true"]

export interface PaneRow {
  readonly sessionId: string
  readonly generation: string
  readonly pid: number
  readonly dead: boolean
  readonly piped: boolean
  readonly exitCode: number | null
  readonly signal: number | null
  readonly columns: number
  readonly rows: number
}

const rowFormat =
  "#{session_name} #{pane_pid} #{pane_dead} #{pane_pipe} x#{pane_dead_status} x#{pane_dead_signal} #{pane_width} #{pane_height} x#{@maillm-generation}"

export const listPanes = ["list-panes", "-a", "-F", rowFormat]

/** Rows of `listPanes`; sessions that are not ours are left out. */
export const parsePanes = (output: string): Array<PaneRow> =>
  output.split("\n").flatMap((line) => {
    const [name = "", pid, dead, pipe, status = "", signal = "", columns, rows, generation = ""] =
      line.split(" ")
    if (!name.startsWith(sessionPrefix)) return []
    return [
      {
        sessionId: name.slice(sessionPrefix.length),
        generation: generation.slice(1),
        pid: Number(pid),
        dead: dead === "1",
        piped: pipe === "1",
        exitCode: status === "x" ? null : Number(status.slice(1)),
        signal: signal === "x" ? null : Number(signal.slice(1)),
        columns: Number(columns),
        rows: Number(rows),
      },
    ]
  })
