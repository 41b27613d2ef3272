import Check from "lucide-solid/icons/check"
import Copy from "lucide-solid/icons/copy"
import { createSignal, onCleanup, Show } from "solid-js"

/** Puts text on the clipboard: the API where it is allowed, else through a selection (plain-HTTP pages). */
export const copyText = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement("textarea")
    area.value = text
    area.setAttribute("readonly", "")
    area.className = "visually-hidden"
    document.body.append(area)
    area.select()
    const done = document.execCommand("copy")
    area.remove()
    return done
  }
}

export const CopyButton = (props: {
  readonly text: () => string
  readonly what: string
  readonly bordered?: boolean
}) => {
  const [state, setState] = createSignal<"ready" | "copied" | "refused">("ready")
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const copy = async () => {
    setState((await copyText(props.text())) ? "copied" : "refused")
    clearTimeout(timer)
    timer = setTimeout(() => setState("ready"), 2_000)
  }
  const word = () => {
    if (state() === "copied") return "Copied"
    return state() === "refused" ? "Not allowed" : "Copy"
  }
  return (
    <button
      class={props.bordered === true ? "button" : "button quiet"}
      type="button"
      aria-label={`Copy ${props.what}`}
      onClick={() => void copy()}
    >
      <Show when={state() === "copied"} fallback={<Copy size={14} aria-hidden="true" />}>
        <Check size={14} aria-hidden="true" />
      </Show>
      <span aria-live="polite">{word()}</span>
    </button>
  )
}
