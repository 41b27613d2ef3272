// Node takes the CommonJS build, which has only a default; the linter looks at the other one.
// oxlint-disable-next-line import/default
import addon from "@xterm/addon-serialize"
import xterm from "@xterm/headless"

const scrollbackLines = 1_000

/**
 * A pane's screen, drawn from its bytes for viewers that come late. It only looks: what it would answer to a
 * program's questions goes nowhere, for tmux has answered them.
 */
export class Screen {
  private readonly terminal: xterm.Terminal
  private readonly serializer: addon.SerializeAddon

  constructor(columns: number, rows: number) {
    this.terminal = new xterm.Terminal({
      cols: columns,
      rows,
      scrollback: scrollbackLines,
      allowProposedApi: true,
    })
    this.serializer = new addon.SerializeAddon()
    this.terminal.loadAddon(this.serializer)
  }

  /** `drawn` is called once these bytes and all before them are on the screen. */
  write(bytes: Uint8Array, drawn: () => void) {
    this.terminal.write(bytes, drawn)
  }

  resize(columns: number, rows: number) {
    this.terminal.resize(columns, rows)
  }

  /** Sequences that draw the same on an empty terminal of this size. */
  serialize(): string {
    return this.serializer.serialize({ scrollback: scrollbackLines })
  }

  dispose() {
    this.terminal.dispose()
  }
}
