import type { ITheme } from "@xterm/xterm"

/** xterm wants colours as values: the tokens are read through an element, which also settles dark or light. */
export const terminalTheme = (host: HTMLElement): ITheme => {
  const probe = document.createElement("span")
  probe.hidden = true
  host.append(probe)
  const read = (token: string): string => {
    probe.style.color = `var(${token})`
    return getComputedStyle(probe).color
  }
  const ansi = (name: string) => read(`--ansi-${name}`)
  const theme: ITheme = {
    background: read("--color-terminal"),
    foreground: read("--color-terminal-text"),
    cursor: read("--color-accent"),
    cursorAccent: read("--color-terminal"),
    selectionBackground: read("--color-terminal-selection"),
    scrollbarSliderBackground: read("--color-line"),
    scrollbarSliderHoverBackground: read("--color-line-strong"),
    scrollbarSliderActiveBackground: read("--color-control-line"),
    black: ansi("black"),
    red: ansi("red"),
    green: ansi("green"),
    yellow: ansi("yellow"),
    blue: ansi("blue"),
    magenta: ansi("magenta"),
    cyan: ansi("cyan"),
    white: ansi("white"),
    brightBlack: ansi("bright-black"),
    brightRed: ansi("bright-red"),
    brightGreen: ansi("bright-green"),
    brightYellow: ansi("bright-yellow"),
    brightBlue: ansi("bright-blue"),
    brightMagenta: ansi("bright-magenta"),
    brightCyan: ansi("bright-cyan"),
    brightWhite: ansi("bright-white"),
  }
  probe.remove()
  return theme
}
