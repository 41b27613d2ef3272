import type { SessionRow } from "@maillm/schema/ReadModel"
import { createEffect, createMemo, createSignal, For, type JSX, on, onCleanup, Show } from "solid-js"
import { useConsole } from "../state/ConsoleContext.ts"
import type { PaneSlots } from "../terminal/paneSlots.ts"
import type { ScreenLine, ScreenSpan } from "../terminal/screenLines.ts"
import { Age } from "./Moment.tsx"
import "./PaneThumbnail.css"

/** A card scrolled past is not worth opening its pane. */
const settleMillis = 200
/** A single look at a pane that brings nothing in this time is given up; its place goes to another. */
const lookMillis = 8_000
const ranks = { live: 0, look: 1 } as const

const Span = (props: { readonly span: ScreenSpan }) => (
  <span
    style={{ color: props.span.colour ?? undefined, "background-color": props.span.background ?? undefined }}
    classList={{
      "thumbnail-bold": props.span.bold,
      "thumbnail-dim": props.span.dim,
      "thumbnail-underline": props.span.underline,
    }}
  >
    {props.span.text}
  </span>
)

/**
 * The last lines of a session's pane, to look at only and only while `visible`. Followed live while a turn runs or the
 * card is `pointed` at; looked at once, with its age said, while nothing goes on. `slots` bounds how many panes that
 * are; `children` stand in until the first lines are there.
 */
export const PaneThumbnail = (props: {
  readonly row: SessionRow
  readonly visible: boolean
  readonly pointed: boolean
  readonly slots: PaneSlots
  readonly children: JSX.Element
}) => {
  const { socket, store } = useConsole()
  const [lines, setLines] = createSignal<ReadonlyArray<ScreenLine>>([])
  const [live, setLive] = createSignal(false)
  const [drawnAt, setDrawnAt] = createSignal(0)
  let looked = ""

  const wish = createMemo(() => {
    if (!props.visible || props.row.nodeId === null || store.connection() !== "live") return null
    return props.row.state === "running" || props.pointed ? "live" : `look ${props.row.stateAtMillis}`
  })
  const follow = (want: string, done: () => void) => {
    const connected = socket()
    let stop: (() => void) | undefined
    let gone = connected === null
    const end = () => {
      gone = true
      stop?.()
      setLive(false)
    }
    const start = async () => {
      const { makeThumbnail } = await import("../terminal/makeThumbnail.ts")
      if (gone || connected === null) return
      stop = makeThumbnail(connected, props.row.id, {
        lines: (next) => {
          setLines(next)
          setDrawnAt(Date.now())
          if (want === "live") return
          looked = want
          done()
        },
        agent: (agent) => store.holdAgent(props.row.id, agent),
        status: (status) => setLive(want === "live" && status._tag === "Live"),
      })
    }
    start().catch(done)
    return end
  }
  const watch = (want: string) => {
    const timers: Array<ReturnType<typeof setTimeout>> = []
    let end: (() => void) | undefined
    let release: (() => void) | undefined
    const stop = () => {
      for (const timer of timers) clearTimeout(timer)
      end?.()
      release?.()
    }
    const ask = () => {
      release = props.slots.ask(want === "live" ? ranks.live : ranks.look, () => {
        end = follow(want, stop)
        if (want !== "live") timers.push(setTimeout(stop, lookMillis))
      })
    }
    timers.push(setTimeout(ask, settleMillis))
    onCleanup(stop)
  }
  createEffect(
    on(wish, (want) => {
      if (want !== null && want !== looked) watch(want)
    }),
  )

  return (
    <div class="thumbnail" aria-hidden="true">
      <Show when={lines().length > 0} fallback={props.children}>
        <span class="thumbnail-lines mono">
          <For each={lines()}>
            {(line) => (
              <span class="thumbnail-line">
                <For each={line}>{(span) => <Span span={span} />}</For>
              </span>
            )}
          </For>
        </span>
        <span class="thumbnail-age" data-live={live() ? "" : undefined}>
          <Show when={!live()} fallback="live">
            <Age atMillis={drawnAt()} suffix=" ago" />
          </Show>
        </span>
      </Show>
    </div>
  )
}
