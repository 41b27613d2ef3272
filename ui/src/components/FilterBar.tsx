import Search from "lucide-solid/icons/search"
import X from "lucide-solid/icons/x"
import { createEffect, createSignal, For, on, onCleanup, Show } from "solid-js"
import "./FilterBar.css"

const searchDelayMillis = 180

/** Choices of which one holds, as links would be too many tab stops: a group of toggle buttons. */
export const FilterChoices = <Value extends string>(props: {
  readonly label: string
  readonly choices: ReadonlyArray<{ readonly value: Value | null; readonly word: string }>
  readonly value: Value | null
  readonly choose: (value: Value | null) => void
}) => (
  <div class="filter-choices" role="group" aria-label={props.label}>
    <For each={props.choices}>
      {(choice) => (
        <button
          type="button"
          aria-pressed={props.value === choice.value}
          onClick={() => props.choose(choice.value)}
        >
          {choice.word}
        </button>
      )}
    </For>
  </div>
)

/** A search field; what is typed is passed on when the typing rests. */
export const FilterSearch = (props: {
  readonly label: string
  readonly value: string
  readonly change: (value: string) => void
}) => {
  const [text, setText] = createSignal(props.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  createEffect(
    on(
      () => props.value,
      (value) => {
        if (value !== text().trim()) setText(value)
      },
      { defer: true },
    ),
  )
  const type = (value: string, delay: number) => {
    setText(value)
    clearTimeout(timer)
    timer = setTimeout(() => props.change(value.trim()), delay)
  }
  return (
    <div class="filter-search">
      <Search size={14} aria-hidden="true" />
      <input
        class="field"
        type="text"
        role="searchbox"
        data-search
        aria-label={props.label}
        placeholder={props.label}
        maxLength={200}
        value={text()}
        onInput={(event) => type(event.currentTarget.value, searchDelayMillis)}
      />
      <Show when={text() !== ""}>
        <button class="filter-clear" type="button" aria-label="Clear the search" onClick={() => type("", 0)}>
          <X size={14} aria-hidden="true" />
        </button>
      </Show>
    </div>
  )
}

/** A filter that was come to by a link, to take off. */
export const FilterTag = (props: { readonly word: string; readonly remove: () => void }) => (
  <span class="filter-tag">
    <span>{props.word}</span>
    <button type="button" aria-label={`Remove the filter ${props.word}`} onClick={() => props.remove()}>
      <X size={13} aria-hidden="true" />
    </button>
  </span>
)
