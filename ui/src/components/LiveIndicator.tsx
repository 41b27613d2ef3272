import { Show } from "solid-js"
import { useConsole } from "../state/ConsoleContext.ts"
import "./LiveIndicator.css"

const words = { connecting: "Connecting", live: "Live", offline: "Offline" } as const

/** Whether what is shown follows the server. Offline is said at once; what was typed is kept. */
export const LiveIndicator = (props: { readonly compact?: boolean }) => {
  const { store, socket } = useConsole()
  return (
    <div
      class="live-indicator"
      data-connection={store.connection()}
      data-compact={props.compact === true ? "" : undefined}
      role="status"
    >
      <span class="live-dot" aria-hidden="true" />
      <span class="live-word">{words[store.connection()]}</span>
      <Show when={store.connection() === "offline" && props.compact !== true}>
        <button class="live-retry" type="button" onClick={() => socket()?.retryNow()}>
          Try now
        </button>
      </Show>
    </div>
  )
}
