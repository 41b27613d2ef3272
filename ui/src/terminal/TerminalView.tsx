import "@xterm/xterm/css/xterm.css"
import { createEffect, createSignal, on, onCleanup, onMount, Show } from "solid-js"
import { copyText } from "../components/CopyButton.tsx"
import { useConsole } from "../state/ConsoleContext.ts"
import { makeTerminal, type PaneTerminal } from "./makeTerminal.ts"
import { connectPane, type PaneConnection, type PaneStatus } from "./PaneConnection.ts"
import { TerminalBar } from "./TerminalBar.tsx"
import { TouchKeys } from "./TouchKeys.tsx"
import "./TerminalView.css"

const fontKey = "maillm.terminal.font"
const fontSizes = { smallest: 9, usual: 13, largest: 24 } as const
const fitDelayMillis = 120
const noticeMillis = 4_000

const storedFontSize = () => {
  try {
    const value = Number(localStorage.getItem(fontKey) ?? fontSizes.usual)
    return value >= fontSizes.smallest && value <= fontSizes.largest ? value : fontSizes.usual
  } catch {
    return fontSizes.usual
  }
}

/** One session's pane, live. Everything typed goes to the pane; Shift-F6 leaves it by keyboard. */
export default function TerminalView(props: { readonly sessionId: string }) {
  const { socket, store, theme, say } = useConsole()
  const [status, setStatus] = createSignal<PaneStatus>({ _tag: "Opening" })
  const [size, setSize] = createSignal({ columns: 0, rows: 0 })
  const [fontSize, setFontSize] = createSignal(storedFontSize())
  const [searching, setSearching] = createSignal(false)
  const [screenReader, setScreenReader] = createSignal(false)
  const [drawn, setDrawn] = createSignal(false)
  let host: HTMLDivElement | undefined
  let bar: HTMLDivElement | undefined
  let pane: PaneTerminal | undefined
  const [connection, setConnection] = createSignal<PaneConnection>()
  let fitTimer: ReturnType<typeof setTimeout> | undefined
  let lastNotice = -Infinity

  const refused = (reason: string) => {
    if (performance.now() - lastNotice < noticeMillis) return
    lastNotice = performance.now()
    say(reason)
  }
  const fit = () => {
    const wanted = pane?.fitting() ?? null
    if (pane === undefined || wanted === null || status()._tag !== "Live") return
    if (wanted.columns !== pane.terminal.cols || wanted.rows !== pane.terminal.rows) {
      pane.terminal.resize(wanted.columns, wanted.rows)
      connection()?.resize(wanted.columns, wanted.rows)
    }
    setSize(wanted)
  }
  const fitSoon = () => {
    clearTimeout(fitTimer)
    fitTimer = setTimeout(fit, fitDelayMillis)
  }
  const copy = async () => {
    const terminal = pane?.terminal
    if (terminal === undefined) return
    const whole = !terminal.hasSelection()
    if (whole) terminal.selectAll()
    const done = await copyText(terminal.getSelection().trimEnd())
    if (whole) terminal.clearSelection()
    say(done ? `Copied ${whole ? "the whole terminal" : "the selection"}.` : "The browser did not allow it.")
  }
  const touch = (data: string) => {
    const application = pane?.terminal.modes.applicationCursorKeysMode === true
    connection()?.type(application ? data.replace("\u001b[", "\u001bO") : data)
    pane?.terminal.scrollToBottom()
  }
  const closeSearch = () => {
    setSearching(false)
    pane?.search.clearDecorations()
    pane?.terminal.focus()
  }
  const onTerminalKey = (event: KeyboardEvent): boolean => {
    if (event.type !== "keydown") return true
    const controlShift = event.ctrlKey && event.shiftKey
    if (event.key === "F6" && event.shiftKey) {
      bar?.querySelector("button")?.focus()
      return false
    }
    if (controlShift && event.key.toLowerCase() === "f") {
      event.preventDefault()
      setSearching(true)
      return false
    }
    if (controlShift && event.key.toLowerCase() === "c") {
      event.preventDefault()
      void copy()
      return false
    }
    return true
  }

  const start = (element: HTMLDivElement) => {
    const made = makeTerminal(element, { fontSize: fontSize(), type: (data) => connection()?.type(data) })
    pane = made
    made.terminal.attachCustomKeyEventHandler(onTerminalKey)
    made.terminal.textarea?.setAttribute("aria-label", "Terminal. Shift F6 leaves it.")
    const live = socket()
    if (live === null) return
    setConnection(
      connectPane(live, props.sessionId, {
        redraw: (columns, rows, screen) => {
          made.terminal.reset()
          made.terminal.resize(columns, rows)
          made.terminal.write(screen, () => setDrawn(true))
          setSize({ columns, rows })
          fitSoon()
        },
        write: (bytes) => made.terminal.write(bytes),
        status: (next) => {
          setStatus(next)
          made.terminal.options.disableStdin = next._tag !== "Live"
        },
        agent: (agent) => store.holdAgent(props.sessionId, agent),
        refused,
      }),
    )
    // On a phone the focus would bring up the keyboard over what there is to read.
    if (!matchMedia("(pointer: coarse)").matches) made.terminal.focus()
  }

  onMount(() => {
    const element = host
    if (element === undefined) return
    let gone = false
    const observer = new ResizeObserver(fitSoon)
    const scheme = matchMedia("(prefers-color-scheme: dark)")
    const retheme = () => pane?.retheme()
    document.fonts.load(`${fontSize()}px "JetBrains Mono"`).then(
      () => (gone ? undefined : start(element)),
      () => (gone ? undefined : start(element)),
    )
    observer.observe(element)
    scheme.addEventListener("change", retheme)
    onCleanup(() => {
      gone = true
      clearTimeout(fitTimer)
      observer.disconnect()
      scheme.removeEventListener("change", retheme)
      connection()?.close()
      pane?.dispose()
    })
  })
  createEffect(on(theme.theme, () => pane?.retheme(), { defer: true }))
  createEffect(
    on(
      fontSize,
      (next) => {
        if (pane !== undefined) pane.terminal.options.fontSize = next
        try {
          localStorage.setItem(fontKey, String(next))
        } catch {
          // Storage is off: the size holds for this page only.
        }
        fitSoon()
      },
      { defer: true },
    ),
  )
  const zoom = (by: number) =>
    setFontSize(Math.min(fontSizes.largest, Math.max(fontSizes.smallest, fontSize() + by)))
  const toggleReader = () => {
    setScreenReader(!screenReader())
    if (pane !== undefined) pane.terminal.options.screenReaderMode = screenReader()
  }

  return (
    <div class="terminal-view">
      <TerminalBar
        ref={(element) => {
          bar = element
        }}
        status={status()}
        agent={store.agent(props.sessionId)}
        size={size()}
        searching={searching()}
        screenReader={screenReader()}
        openSearch={() => setSearching(true)}
        closeSearch={closeSearch}
        find={(text, direction) =>
          direction === "next" ? pane?.search.findNext(text) : pane?.search.findPrevious(text)
        }
        zoom={zoom}
        copy={() => void copy()}
        toggleScreenReader={toggleReader}
      />
      <div class="terminal-place" data-terminal data-dimmed={status()._tag === "Offline" ? "" : undefined}>
        <div
          class="terminal-host"
          ref={(element) => {
            host = element
          }}
        />
        <Show when={status()._tag === "NoPane" ? status() : undefined}>
          {(gone) => (
            <div class="terminal-none" data-over={drawn() ? "" : undefined} role="status">
              <h2>No pane now</h2>
              <p>
                {(() => {
                  const none = gone()
                  return none._tag === "NoPane" ? none.reason : ""
                })()}
              </p>
              <p>It is opened with the session's next request; this page shows it as soon as it is there.</p>
            </div>
          )}
        </Show>
      </div>
      <TouchKeys type={touch} />
    </div>
  )
}
