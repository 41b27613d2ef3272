import { For, Show } from "solid-js"
import type { DiffFile } from "./parsePatch.ts"
import "./ChangeMark.css"

const letters = { added: "A", modified: "M", deleted: "D", renamed: "R" } as const

/** What happened to a file, as git's letter; the word for who hears it. */
export const ChangeMark = (props: { readonly change: DiffFile["change"] }) => (
  <span class="change-mark mono" data-change={props.change} title={props.change}>
    <span aria-hidden="true">{letters[props.change]}</span>
    <span class="visually-hidden">{props.change}</span>
  </span>
)

/** Lines added and removed; `binary` for files that have none. */
export const LineCounts = (props: { readonly added: number | null; readonly removed: number | null }) => (
  <Show
    when={props.added !== null || props.removed !== null}
    fallback={<span class="line-counts numeric">binary</span>}
  >
    <span class="line-counts numeric">
      <span class="lines-added">
        +{props.added ?? 0}
        <span class="visually-hidden"> lines added</span>
      </span>
      <span class="lines-removed">
        −{props.removed ?? 0}
        <span class="visually-hidden"> removed</span>
      </span>
    </span>
  </Show>
)

const blocks = 5

/** Five blocks in the share of lines added and removed, as many filled as the file's part of the largest. */
export const blocksOf = (added: number, removed: number, largest: number): ReadonlyArray<string> => {
  const sum = added + removed
  if (sum === 0) return Array.from({ length: blocks }, () => "none")
  const filled = Math.max(1, Math.round((sum / Math.max(sum, largest)) * blocks))
  const some = Math.round((added / sum) * filled)
  // A side that has lines is seen.
  const green = Math.min(filled - (removed > 0 && filled > 1 ? 1 : 0), Math.max(added > 0 ? 1 : 0, some))
  return Array.from({ length: blocks }, (_, index) =>
    index < green ? "added" : index < filled ? "removed" : "none",
  )
}

export const ChangeBar = (props: {
  readonly added: number | null
  readonly removed: number | null
  readonly largest: number
}) => (
  <span class="change-bar" aria-hidden="true">
    <For each={blocksOf(props.added ?? 0, props.removed ?? 0, props.largest)}>
      {(kind) => <span data-kind={kind} />}
    </For>
  </span>
)
