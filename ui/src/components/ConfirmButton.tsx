import type { JSX } from "solid-js"
import { createSignal, onCleanup, Show } from "solid-js"

/** How long the second press is waited for. */
const confirmMillis = 4_000

/** A button that asks once more, in place. It takes no press while `act` is under way. */
export const ConfirmButton = (props: {
  readonly label: string
  /** Says what is done, in full, to who cannot see what it stands beside. */
  readonly description: string
  readonly sure: string
  readonly danger?: boolean
  readonly icon: JSX.Element
  readonly act: () => Promise<void>
}) => {
  const [step, setStep] = createSignal<"ready" | "sure" | "acting">("ready")
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const press = () => {
    clearTimeout(timer)
    if (step() === "ready") {
      setStep("sure")
      timer = setTimeout(() => setStep("ready"), confirmMillis)
      return
    }
    setStep("acting")
    void props.act().finally(() => setStep("ready"))
  }
  return (
    <button
      class="button"
      classList={{ danger: props.danger === true }}
      type="button"
      disabled={step() === "acting"}
      aria-label={step() === "sure" ? props.sure : props.description}
      onClick={press}
    >
      {props.icon}
      <Show when={step() === "sure"} fallback={props.label}>
        {props.sure}
      </Show>
    </button>
  )
}
