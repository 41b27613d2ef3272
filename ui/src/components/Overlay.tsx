import { Dialog } from "@kobalte/core/dialog"
import type { JSX } from "solid-js"
import "./Overlay.css"

/** A dialog over the page: focus stays in it, Esc and a press outside close it. */
export const Overlay = (props: {
  readonly open: boolean
  readonly close: () => void
  readonly title: string
  readonly titleHidden?: boolean
  readonly kind: "palette" | "sheet"
  readonly children: JSX.Element
}) => (
  <Dialog
    open={props.open}
    onOpenChange={(open) => {
      if (!open) props.close()
    }}
    preventScroll={false}
  >
    <Dialog.Portal>
      <Dialog.Overlay class="overlay-scrim" />
      <div class="overlay-place" data-kind={props.kind}>
        <Dialog.Content class="overlay" data-kind={props.kind}>
          <Dialog.Title class={props.titleHidden === true ? "visually-hidden" : "overlay-title"}>
            {props.title}
          </Dialog.Title>
          {props.children}
        </Dialog.Content>
      </div>
    </Dialog.Portal>
  </Dialog>
)
