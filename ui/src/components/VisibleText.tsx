import { visiblePieces } from "@maillm/schema/visibleText"
import { For, Show } from "solid-js"
import "./VisibleText.css"

/** Hostile text with nothing hidden: what cannot be seen stands as an escape on a tint, a line's end has its mark. */
export const VisibleText = (props: { readonly text: string }) => (
  <For each={visiblePieces(props.text)}>
    {(piece) => (
      <Show when={piece.isEscape} fallback={<Lines text={piece.text} />}>
        <span class="unseen" title="A character that cannot be seen">
          {piece.text}
        </span>
      </Show>
    )}
  </For>
)

const Lines = (props: { readonly text: string }) => (
  <For each={props.text.split("\n")}>
    {(line, index) => (
      <>
        <Show when={index() > 0}>
          <span class="line-end" aria-hidden="true" />
          {"\n"}
        </Show>
        {line}
      </>
    )}
  </For>
)

/** How many characters of a text cannot be seen. */
export const unseenCount = (text: string): number =>
  visiblePieces(text).filter((piece) => piece.isEscape).length
