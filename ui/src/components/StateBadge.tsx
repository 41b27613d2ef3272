import { Match, Switch } from "solid-js"
import type { StateWord, Tone } from "../format/words.ts"
import "./StateBadge.css"

/** A shape for each tone, so that no state is told by colour alone. */
export const StateGlyph = (props: { readonly tone: Tone }) => (
  <svg
    class="state-glyph"
    data-tone={props.tone}
    viewBox="0 0 16 16"
    width="14"
    height="14"
    aria-hidden="true"
  >
    <Switch>
      <Match when={props.tone === "idle"}>
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" />
        <path d="M5.5 8h5" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" />
      </Match>
      <Match when={props.tone === "queued"}>
        <circle
          cx="8"
          cy="8"
          r="6"
          fill="none"
          stroke="currentColor"
          stroke-width="1.5"
          stroke-dasharray="2.2 2.5"
        />
      </Match>
      <Match when={props.tone === "running"}>
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" opacity="0.35" />
        <path
          class="state-glyph-arc"
          d="M8 2a6 6 0 0 1 6 6"
          fill="none"
          stroke="currentColor"
          stroke-width="2"
          stroke-linecap="round"
        />
        <circle cx="8" cy="8" r="2" fill="currentColor" />
      </Match>
      <Match when={props.tone === "waiting"}>
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" />
        <path d="M6.6 5.7v4.6M9.4 5.7v4.6" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" />
      </Match>
      <Match when={props.tone === "done"}>
        <circle cx="8" cy="8" r="6.75" fill="currentColor" />
        <path
          d="M5.2 8.3l2 2 3.7-4.3"
          fill="none"
          stroke="var(--color-surface)"
          stroke-width="1.6"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      </Match>
      <Match when={props.tone === "failed"}>
        <rect x="1.6" y="1.6" width="12.8" height="12.8" rx="3.4" fill="currentColor" />
        <path
          d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8"
          stroke="var(--color-surface)"
          stroke-width="1.6"
          stroke-linecap="round"
        />
      </Match>
    </Switch>
  </svg>
)

/** A state as a shape and a word; `filled` puts it on a tint, for headers. */
export const StateBadge = (props: { readonly state: StateWord; readonly filled?: boolean }) => (
  <span class="state-badge" data-tone={props.state.tone} data-filled={props.filled === true ? "" : undefined}>
    <StateGlyph tone={props.state.tone} />
    {props.state.word}
  </span>
)
