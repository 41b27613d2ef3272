import { A } from "@solidjs/router"
import ChevronLeft from "lucide-solid/icons/chevron-left"
import Search from "lucide-solid/icons/search"
import type { JSX } from "solid-js"
import { createEffect, onCleanup, Show } from "solid-js"
import { useConsole } from "../state/ConsoleContext.ts"
import { LiveIndicator } from "./LiveIndicator.tsx"
import "./PageHeader.css"

/** The line at the top of a view: where one is, and what can be done. Also names the browser's tab. */
export const PageHeader = (props: {
  readonly title: string
  readonly back?: { readonly href: string; readonly word: string }
  readonly note?: JSX.Element
  readonly children?: JSX.Element
}) => {
  const { openPalette, approvals } = useConsole()
  createEffect(() => {
    const waiting = approvals.count() === 0 ? "" : `(${approvals.count()}) `
    document.title = `${waiting}${props.title === "" ? "maillm" : `${props.title} · maillm`}`
  })
  onCleanup(() => {
    document.title = "maillm"
  })
  return (
    <div class="page-header" data-nested={props.back === undefined ? undefined : ""}>
      <Show when={props.back}>
        {(back) => (
          <A class="page-back" href={back().href}>
            <ChevronLeft size={16} aria-hidden="true" />
            {back().word}
          </A>
        )}
      </Show>
      <h1 title={props.title}>{props.title}</h1>
      <Show when={props.note}>
        <div class="page-note">{props.note}</div>
      </Show>
      <div class="page-actions">
        {props.children}
        <button
          class="button quiet icon page-find"
          type="button"
          aria-label="Open anything by name"
          onClick={openPalette}
        >
          <Search size={17} aria-hidden="true" />
        </button>
        <LiveIndicator compact />
      </div>
    </div>
  )
}
