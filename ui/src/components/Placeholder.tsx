import type { JSX } from "solid-js"
import { For, Show } from "solid-js"
import type { ApiFailure } from "../api/ApiFailure.ts"
import "./Placeholder.css"

/** Rows of the height that the list will have, so that nothing jumps when it is there. */
export const SkeletonRows = (props: { readonly count: number; readonly tall?: boolean }) => (
  <div class="skeleton-rows" role="status" aria-label="Loading">
    <For each={Array.from({ length: props.count })}>
      {(_, index) => (
        <div class="skeleton-row" data-tall={props.tall === true ? "" : undefined}>
          <span class="skeleton" data-width={["short", "long", "medium"][index() % 3]} />
        </div>
      )}
    </For>
  </div>
)

/** Nothing here yet, and what to do about it. */
export const EmptyState = (props: { readonly title: string; readonly children?: JSX.Element }) => (
  <div class="empty-state">
    <h2>{props.title}</h2>
    {props.children}
  </div>
)

/** The API names its paths for what it does not find; here there is a search. */
const remedyOf = (failure: ApiFailure) =>
  failure.kind === "not-found" ? "Look for it by name with Ctrl/⌘ K." : failure.remedy

/** What went wrong and the remedy. */
export const FailureState = (props: { readonly failure: ApiFailure; readonly retry: () => void }) => (
  <div class="failure-state" role="alert">
    <h2>{props.failure.message.replace(/^[a-z]/, (letter) => letter.toUpperCase())}</h2>
    <Show when={remedyOf(props.failure) !== ""}>
      <p>{remedyOf(props.failure)}</p>
    </Show>
    <button class="button" type="button" onClick={() => props.retry()}>
      Try again
    </button>
  </div>
)
