import ArrowUp from "lucide-solid/icons/arrow-up"
import type { JSX } from "solid-js"
import { createEffect, For, onCleanup, onMount, Show } from "solid-js"
import { createHeldList } from "../state/createHeldList.ts"
import type { createPagedList } from "../state/createPagedList.ts"
import { FailureState, SkeletonRows } from "./Placeholder.tsx"
import "./RowList.css"

/** Scrolled further than this, the reader is in the list: what is new waits. Pixels. */
const scrolledPixels = 24

/**
 * A list of rows that holds still under the reader's hand, with its loading, empty and error states and older pages.
 * `j` and `k` move through elements marked `data-row`.
 */
export const RowList = (props: {
  readonly list: Pick<
    ReturnType<typeof createPagedList>,
    "ids" | "ready" | "failure" | "reload" | "hasOlder" | "loadingOlder" | "loadOlder"
  >
  readonly listKey: string
  readonly label: string
  readonly class?: string
  readonly head?: JSX.Element
  readonly empty: JSX.Element
  readonly skeleton?: JSX.Element
  readonly children: (id: string) => JSX.Element
}) => {
  const held = createHeldList(
    () => props.list.ids(),
    () => props.listKey,
  )
  let scroller: HTMLElement | null = null
  const onScroll = () => held.setScrolled((scroller?.scrollTop ?? 0) > scrolledPixels)
  onMount(() => {
    scroller = document.querySelector("#content")
    scroller?.addEventListener("scroll", onScroll, { passive: true })
  })
  onCleanup(() => scroller?.removeEventListener("scroll", onScroll))
  createEffect(() => {
    if (props.list.ready()) focusRemembered()
  })
  const letIn = () => {
    held.release()
    scroller?.scrollTo({ top: 0 })
  }
  /** The button may go with the last page: the focus goes on to the first row that came. */
  const loadOlder = async () => {
    const count = held.ids().length
    await props.list.loadOlder()
    const rows = document.querySelectorAll<HTMLElement>("[data-list] [data-row]")
    if (rows.length > count) rows[count]?.focus({ preventScroll: true })
  }
  return (
    <Show
      when={props.list.ready()}
      fallback={
        <Show when={props.list.failure()} fallback={props.skeleton ?? <SkeletonRows count={12} />}>
          {(failure) => <FailureState failure={failure()} retry={props.list.reload} />}
        </Show>
      }
    >
      <Show when={held.ids().length > 0} fallback={props.empty}>
        <Show when={held.waiting() > 0}>
          <div class="list-news">
            <button class="list-news-button" type="button" onClick={letIn}>
              <ArrowUp size={14} aria-hidden="true" />
              {held.waiting()} new
            </button>
          </div>
        </Show>
        {props.head}
        <ul class={props.class ?? "row-list"} aria-label={props.label} data-list {...held.pointer}>
          <For each={held.ids()}>{(id) => <li>{props.children(id)}</li>}</For>
        </ul>
        <Show when={props.list.hasOlder()}>
          <div class="list-older">
            <button
              class="button"
              type="button"
              aria-disabled={props.list.loadingOlder()}
              onClick={() => void loadOlder()}
            >
              {props.list.loadingOlder() ? "Loading…" : "Load older"}
            </button>
          </div>
        </Show>
      </Show>
    </Show>
  )
}

let remembered: string | null = null

/** Remembers which row was opened, so that coming back by Esc puts the focus on it again. */
export const rememberRow = (pathname: string) => {
  remembered = pathname
}

const focusRemembered = () => {
  const pathname = remembered
  if (pathname === null) return
  remembered = null
  queueMicrotask(() => {
    const rows = document.querySelectorAll<HTMLAnchorElement>("[data-list] a[data-row]")
    for (const row of rows) if (new URL(row.href).pathname === pathname) row.focus()
  })
}

/** Moves the focus to the next or previous row of the list in view. */
export const moveInList = (by: 1 | -1): void => {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-list] [data-row]")]
  const here = rows.findIndex((row) => row.contains(document.activeElement))
  const next = here === -1 ? (by === 1 ? 0 : rows.length - 1) : here + by
  const row = rows[next]
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: "nearest" })
}
