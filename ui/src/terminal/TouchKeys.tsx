import { For } from "solid-js"

const keys = [
  { word: "Esc", data: "\u001b", label: "Escape" },
  { word: "Tab", data: "\t", label: "Tab" },
  { word: "^C", data: "\u0003", label: "Control C" },
  { word: "^D", data: "\u0004", label: "Control D" },
  { word: "↑", data: "\u001b[A", label: "Up" },
  { word: "↓", data: "\u001b[B", label: "Down" },
  { word: "←", data: "\u001b[D", label: "Left" },
  { word: "→", data: "\u001b[C", label: "Right" },
] as const

/** Keys that a phone's keyboard lacks; shown where the pointer is a finger. */
export const TouchKeys = (props: { readonly type: (data: string) => void }) => (
  <div class="touch-keys" role="group" aria-label="Terminal keys">
    <For each={keys}>
      {(key) => (
        <button
          type="button"
          aria-label={key.label}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => props.type(key.data)}
        >
          {key.word}
        </button>
      )}
    </For>
  </div>
)
