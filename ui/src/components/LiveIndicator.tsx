import { useConsole } from "../state/ConsoleContext.ts"
import "./LiveIndicator.css"

const words = { connecting: "Connecting", live: "Live", offline: "Offline" } as const

/** Whether what is shown follows the server. Offline is said at once; what was typed is kept. */
export const LiveIndicator = (props: { readonly compact?: boolean }) => {
  const { store } = useConsole()
  return (
    <div
      class="live-indicator"
      data-connection={store.connection()}
      data-compact={props.compact === true ? "" : undefined}
      role="status"
    >
      <span class="live-dot" aria-hidden="true" />
      <span class="live-word">{words[store.connection()]}</span>
    </div>
  )
}
