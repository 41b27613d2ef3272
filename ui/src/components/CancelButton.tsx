import Ban from "lucide-solid/icons/ban"
import { createSignal, onCleanup, Show } from "solid-js"
import { asFailure } from "../api/ApiFailure.ts"
import { useConsole } from "../state/ConsoleContext.ts"

/** How long the second press is waited for. */
const confirmMillis = 4_000

/** Withdraws a request; asks once more, in place. */
export const CancelButton = (props: { readonly requestId: string; readonly running: boolean }) => {
  const { api, say, onSignedOut } = useConsole()
  const [step, setStep] = createSignal<"ready" | "sure" | "asked">("ready")
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const cancel = async () => {
    try {
      await api.cancelRequest(props.requestId)
      say(props.running ? "The agent is being interrupted." : "The request is being withdrawn.")
    } catch (error) {
      const failure = asFailure(error)
      if (failure.kind === "signed-out") onSignedOut()
      setStep("ready")
      say(`${failure.message} ${failure.remedy}`)
    }
  }
  const press = () => {
    clearTimeout(timer)
    if (step() === "ready") {
      setStep("sure")
      timer = setTimeout(() => setStep("ready"), confirmMillis)
    } else {
      setStep("asked")
      void cancel()
    }
  }
  return (
    <button class="button danger" type="button" disabled={step() === "asked"} onClick={press}>
      <Ban size={14} aria-hidden="true" />
      <Show when={step() !== "ready"} fallback="Cancel">
        {step() === "sure" ? "Press again to cancel" : "Cancelling…"}
      </Show>
    </button>
  )
}
