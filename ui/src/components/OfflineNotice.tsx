import { createEffect, createSignal, Show } from "solid-js"
import { formatClock } from "../format/moment.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import "./OfflineNotice.css"

/** Says, over the page and without moving it, from when what is shown is while nothing follows the server. */
export const OfflineNotice = () => {
  const { store, socket } = useConsole()
  const [since, setSince] = createSignal(Date.now())
  createEffect(() => {
    if (store.connection() === "offline") setSince(Date.now())
  })
  return (
    <Show when={store.connection() === "offline"}>
      <div class="offline-notice" role="status">
        <span>
          Offline: shown as of <span class="numeric">{formatClock(since())}</span>. It tries again by itself.
        </span>
        <button class="button" type="button" onClick={() => socket()?.retryNow()}>
          Try now
        </button>
      </div>
    </Show>
  )
}
