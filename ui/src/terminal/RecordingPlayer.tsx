import "@xterm/xterm/css/xterm.css"
import Pause from "lucide-solid/icons/pause"
import Play from "lucide-solid/icons/play"
import { createEffect, createSignal, on, onCleanup, onMount, Show } from "solid-js"
import { formatCountdown } from "../format/duration.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { makeTerminal, type PaneTerminal } from "./makeTerminal.ts"
import { type Cast, dueOutput } from "./parseCast.ts"
import "./RecordingPlayer.css"

const speeds = [1, 2, 4] as const
const fontSizes = { smallest: 7, largest: 13 } as const
/** Width of a character of the font, of its size. */
const characterWidth = 0.6
const stepMillis = 50

/** Plays what a pane showed. Nothing typed goes anywhere. */
export default function RecordingPlayer(props: { readonly cast: Cast }) {
  const { theme } = useConsole()
  const [at, setAt] = createSignal(0)
  const [playing, setPlaying] = createSignal(false)
  const [speed, setSpeed] = createSignal<(typeof speeds)[number]>(1)
  let host: HTMLDivElement | undefined
  let pane: PaneTerminal | undefined
  let next = 0

  const show = (atMillis: number) => {
    const terminal = pane?.terminal
    if (terminal === undefined) return
    if (atMillis < at()) {
      terminal.reset()
      next = 0
    }
    const due = dueOutput(props.cast, next, atMillis)
    next = due.next
    if (due.text !== "") terminal.write(due.text)
    setAt(atMillis)
  }
  const start = (element: HTMLDivElement) => {
    const fitting = Math.floor(element.clientWidth / props.cast.columns / characterWidth)
    const fontSize = Math.min(fontSizes.largest, Math.max(fontSizes.smallest, fitting))
    pane = makeTerminal(element, { fontSize, type: () => undefined })
    pane.terminal.options.disableStdin = true
    pane.terminal.resize(props.cast.columns, props.cast.rows)
    pane.terminal.textarea?.setAttribute("aria-label", "Recording, read only")
    // The end is what one wants to see first.
    show(props.cast.durationMillis)
  }
  onMount(() => {
    const element = host
    if (element === undefined) return
    let gone = false
    const begin = () => (gone ? undefined : start(element))
    document.fonts.load(`${fontSizes.largest}px "JetBrains Mono"`).then(begin, begin)
    onCleanup(() => {
      gone = true
      pane?.dispose()
    })
  })
  createEffect(on(theme.theme, () => pane?.retheme(), { defer: true }))
  createEffect(() => {
    if (!playing()) return
    let before = performance.now()
    const timer = setInterval(() => {
      const now = performance.now()
      const target = at() + (now - before) * speed()
      before = now
      show(Math.min(props.cast.durationMillis, target))
      if (target >= props.cast.durationMillis) setPlaying(false)
    }, stepMillis)
    onCleanup(() => clearInterval(timer))
  })
  const toggle = () => {
    if (!playing() && at() >= props.cast.durationMillis) show(0)
    setPlaying(!playing())
  }
  return (
    <div class="player">
      <div class="player-screen" data-terminal>
        <div
          ref={(element) => {
            host = element
          }}
        />
      </div>
      <div class="player-bar" role="group" aria-label="Recording">
        <button
          class="button quiet icon"
          type="button"
          aria-label={playing() ? "Pause" : "Play"}
          onClick={toggle}
        >
          <Show when={playing()} fallback={<Play size={15} aria-hidden="true" />}>
            <Pause size={15} aria-hidden="true" />
          </Show>
        </button>
        <input
          type="range"
          aria-label="Position"
          aria-valuetext={`${formatCountdown(at())} of ${formatCountdown(props.cast.durationMillis)}`}
          min={0}
          max={props.cast.durationMillis}
          step={100}
          value={at()}
          onInput={(event) => show(Number(event.currentTarget.value))}
        />
        <span class="player-time numeric">
          {formatCountdown(at())} / {formatCountdown(props.cast.durationMillis)}
        </span>
        <button
          class="button quiet"
          type="button"
          aria-label={`Speed ${speed()}`}
          onClick={() => setSpeed(speeds[(speeds.indexOf(speed()) + 1) % speeds.length] ?? 1)}
        >
          {speed()}×
        </button>
      </div>
    </div>
  )
}
