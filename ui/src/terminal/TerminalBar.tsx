import AArrowDown from "lucide-solid/icons/a-arrow-down"
import AArrowUp from "lucide-solid/icons/a-arrow-up"
import Accessibility from "lucide-solid/icons/accessibility"
import ChevronDown from "lucide-solid/icons/chevron-down"
import ChevronUp from "lucide-solid/icons/chevron-up"
import Copy from "lucide-solid/icons/copy"
import Search from "lucide-solid/icons/search"
import X from "lucide-solid/icons/x"
import type { JSX } from "solid-js"
import { createEffect, createSignal, Show } from "solid-js"
import type { AgentState } from "@maillm/schema/Turn"
import type { StateWord } from "../format/words.ts"
import { AgentLine } from "../components/AgentLine.tsx"
import { StateBadge } from "../components/StateBadge.tsx"
import type { PaneStatus } from "./PaneConnection.ts"

const statusWord = (status: PaneStatus): StateWord => {
  switch (status._tag) {
    case "Opening":
      return { word: "Opening", tone: "queued" }
    case "NoPane":
      return { word: "No pane", tone: "idle" }
    case "Offline":
      return { word: "Offline", tone: "failed" }
    case "Live":
      return status.state === "ended" ? { word: "Ended", tone: "idle" } : { word: "Live", tone: "done" }
  }
}

const Tool = (props: {
  readonly label: string
  readonly press: () => void
  readonly pressed?: boolean
  readonly children: JSX.Element
}) => (
  <button
    class="button quiet icon"
    type="button"
    aria-label={props.label}
    title={props.label}
    aria-pressed={props.pressed}
    onClick={() => props.press()}
  >
    {props.children}
  </button>
)

const Find = (props: {
  readonly find: (text: string, direction: "next" | "previous") => boolean | undefined
  readonly close: () => void
}) => {
  const [text, setText] = createSignal("")
  const [missing, setMissing] = createSignal(false)
  let input: HTMLInputElement | undefined
  createEffect(() => input?.focus())
  const find = (direction: "next" | "previous") =>
    setMissing(text() !== "" && props.find(text(), direction) === false)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") find(event.shiftKey ? "next" : "previous")
    if (event.key === "Escape") {
      event.stopPropagation()
      props.close()
    }
  }
  return (
    <div class="terminal-find" role="search">
      <input
        ref={(element) => {
          input = element
        }}
        class="field"
        type="text"
        aria-label="Find in the terminal"
        aria-invalid={missing()}
        placeholder="Find"
        value={text()}
        onInput={(event) => {
          setText(event.currentTarget.value)
          find("previous")
        }}
        onKeyDown={onKeyDown}
      />
      <span class="terminal-find-none" role="status">
        {missing() ? "Not found" : ""}
      </span>
      <Tool label="Find upwards" press={() => find("previous")}>
        <ChevronUp size={15} aria-hidden="true" />
      </Tool>
      <Tool label="Find downwards" press={() => find("next")}>
        <ChevronDown size={15} aria-hidden="true" />
      </Tool>
      <Tool label="Close the search" press={() => props.close()}>
        <X size={15} aria-hidden="true" />
      </Tool>
    </div>
  )
}

/** What is known of the pane, and what can be done with its view. */
export const TerminalBar = (props: {
  readonly ref: (element: HTMLDivElement) => void
  readonly status: PaneStatus
  readonly agent: AgentState | undefined
  readonly size: { readonly columns: number; readonly rows: number }
  readonly searching: boolean
  readonly screenReader: boolean
  readonly openSearch: () => void
  readonly closeSearch: () => void
  readonly find: (text: string, direction: "next" | "previous") => boolean | undefined
  readonly zoom: (by: number) => void
  readonly copy: () => void
  readonly toggleScreenReader: () => void
}) => (
  <div class="terminal-bar" ref={(element) => props.ref(element)} role="toolbar" aria-label="Terminal">
    <span class="terminal-status" role="status">
      <StateBadge state={statusWord(props.status)} />
    </span>
    <Show when={props.size.columns > 0}>
      <span class="terminal-size numeric" title="Columns and rows">
        {props.size.columns}×{props.size.rows}
      </span>
    </Show>
    <Show when={props.agent}>{(agent) => <AgentLine agent={agent()} />}</Show>
    <div class="terminal-tools">
      <Show
        when={props.searching}
        fallback={
          <Tool label="Find (Ctrl Shift F)" press={() => props.openSearch()}>
            <Search size={15} aria-hidden="true" />
          </Tool>
        }
      >
        <Find find={(text, direction) => props.find(text, direction)} close={() => props.closeSearch()} />
      </Show>
      <Tool label="Smaller text" press={() => props.zoom(-1)}>
        <AArrowDown size={16} aria-hidden="true" />
      </Tool>
      <Tool label="Larger text" press={() => props.zoom(1)}>
        <AArrowUp size={16} aria-hidden="true" />
      </Tool>
      <Tool label="Copy the selection, or everything" press={() => props.copy()}>
        <Copy size={15} aria-hidden="true" />
      </Tool>
      <Tool
        label="Read out by a screen reader"
        pressed={props.screenReader}
        press={() => props.toggleScreenReader()}
      >
        <Accessibility size={15} aria-hidden="true" />
      </Tool>
    </div>
  </div>
)
