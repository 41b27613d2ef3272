import { FitAddon } from "@xterm/addon-fit"
import { SearchAddon } from "@xterm/addon-search"
import { WebglAddon } from "@xterm/addon-webgl"
import { WebLinksAddon } from "@xterm/addon-web-links"
import { Terminal } from "@xterm/xterm"
import { adoptStyles } from "./adoptStyles.ts"
import { isAutomaticReply } from "./automaticReplies.ts"
import { silence } from "./silence.ts"
import { terminalTheme } from "./terminalTheme.ts"

const scrollbackLines = 10_000
/** Bounds of Pane.PaneInput `Resize`. */
const bound = (value: number, low: number, high: number) => Math.min(high, Math.max(low, Math.floor(value)))

/** Opens http and https only, after showing where it leads: a terminal's text can say another thing. */
const openLink = (event: MouseEvent, uri: string) => {
  event.preventDefault()
  let url: URL
  try {
    url = new URL(uri)
  } catch {
    return
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return
  // oxlint-disable-next-line no-alert -- a question that the page cannot draw over or answer itself
  if (window.confirm(`Open this link, which the terminal printed?\n\n${url.href}`)) {
    window.open(url.href, "_blank", "noopener,noreferrer")
  }
}

/** xterm.js with what a pane needs, in `host`. The font must have been loaded. */
export const makeTerminal = (
  host: HTMLElement,
  options: { readonly fontSize: number; readonly type: (data: string) => void },
) => {
  const styles = adoptStyles(document)
  const terminal = new Terminal({
    allowProposedApi: false,
    cursorBlink: false,
    documentOverride: styles.document,
    fontFamily: '"JetBrains Mono", ui-monospace, monospace',
    fontSize: options.fontSize,
    lineHeight: 1.2,
    linkHandler: { activate: openLink },
    // Colours that a program chose for a black background stay readable in the light theme.
    minimumContrastRatio: 4.5,
    macOptionIsMeta: true,
    scrollback: scrollbackLines,
    theme: terminalTheme(host),
  })
  const fit = new FitAddon()
  const search = new SearchAddon()
  terminal.loadAddon(fit)
  terminal.loadAddon(search)
  terminal.loadAddon(new WebLinksAddon(openLink))
  silence(terminal.parser)
  styles.during(() => terminal.open(host))
  try {
    const webgl = new WebglAddon()
    webgl.onContextLoss(() => webgl.dispose())
    terminal.loadAddon(webgl)
  } catch {
    // No WebGL here: xterm draws with elements, more slowly.
  }
  terminal.onData((data) => {
    if (!isAutomaticReply(data)) options.type(data)
  })
  return {
    terminal,
    search,
    /** Columns and rows that fill the place there is, within what a pane may have; null while it is hidden. */
    fitting: () => {
      const size = fit.proposeDimensions()
      if (size === undefined || Number.isNaN(size.cols) || Number.isNaN(size.rows)) return null
      return { columns: bound(size.cols, 20, 400), rows: bound(size.rows, 5, 200) }
    },
    retheme: () => {
      terminal.options.theme = terminalTheme(host)
    },
    dispose: () => {
      terminal.dispose()
      styles.dispose()
    },
  }
}
export type PaneTerminal = ReturnType<typeof makeTerminal>
