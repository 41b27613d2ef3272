import ShieldAlert from "lucide-solid/icons/shield-alert"
import type { RuntimeName } from "@maillm/schema/Turn"
import { Show } from "solid-js"
import { runtimeWords } from "../format/words.ts"
import "./Card.css"

/** Where panes run. The host runtime isolates nothing, and says so in red. */
export const RuntimeWord = (props: { readonly runtime: RuntimeName | null }) => (
  <Show when={props.runtime} fallback="Runtime not known yet">
    {(runtime) => (
      <Show when={runtime() === "host"} fallback={runtimeWords[runtime()]}>
        <span class="not-isolated">
          <ShieldAlert size={13} aria-hidden="true" /> {runtimeWords[runtime()]}
        </span>
      </Show>
    )}
  </Show>
)
