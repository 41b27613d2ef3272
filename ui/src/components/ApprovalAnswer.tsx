import Ban from "lucide-solid/icons/ban"
import Check from "lucide-solid/icons/check"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { createSignal, Match, onCleanup, Show, Switch } from "solid-js"
import { needsSecondPress } from "../format/approvalWords.ts"
import type { ApprovalStanding } from "../state/approvalStanding.ts"
import { useConsole } from "../state/ConsoleContext.ts"

/** How long the second press is waited for. */
const confirmMillis = 5_000
/** A second press before this is a double click, not a second thought. */
const thoughtMillis = 500

const noteLimit = 1_000

/** Allow, or deny with a note. What is grave asks once more, in place. */
export const ApprovalAnswer = (props: { readonly row: ApprovalRow; readonly standing: ApprovalStanding }) => {
  const { approvals } = useConsole()
  const [sureAt, setSureAt] = createSignal<number | null>(null)
  const [denying, setDenying] = createSignal(false)
  const [note, setNote] = createSignal("")
  let timer: ReturnType<typeof setTimeout> | undefined
  let form: HTMLFormElement | undefined
  onCleanup(() => clearTimeout(timer))

  const allow = () => {
    const first = sureAt()
    if (needsSecondPress(props.row)) {
      if (first === null) {
        setSureAt(Date.now())
        timer = setTimeout(() => setSureAt(null), confirmMillis)
        return
      }
      if (Date.now() - first < thoughtMillis) return
    }
    clearTimeout(timer)
    setSureAt(null)
    void approvals.answer(props.row, "allow", "")
  }
  const deny = () => {
    setSureAt(null)
    setDenying(true)
    queueMicrotask(() => form?.querySelector("input")?.focus())
  }
  const sendDenial = () => {
    // While the form is still there: it goes with its focus.
    form?.closest<HTMLElement>("[data-approval]")?.focus()
    setDenying(false)
    void approvals.answer(props.row, "deny", note().trim())
  }
  return (
    <div class="approval-answer">
      <Switch>
        <Match when={props.standing._tag === "Expired"}>
          <p class="approval-said">Nobody answered in time. The agent is told no.</p>
        </Match>
        <Match when={props.standing._tag === "Sending"}>
          <p class="approval-said" role="status">
            Sending the answer…
          </p>
        </Match>
        <Match when={props.standing._tag === "Stored" ? props.standing : undefined}>
          {(stored) => (
            <p class="approval-said" role="status">
              <Check size={15} aria-hidden="true" />
              {stored().decision === "allow"
                ? "Allowed: the server has it, the agent is being told."
                : "Denied: the server has it, the agent is being told."}
            </p>
          )}
        </Match>
        <Match when={denying()}>
          <form
            class="approval-deny"
            ref={(element) => {
              form = element
            }}
            onSubmit={(event) => {
              event.preventDefault()
              sendDenial()
            }}
            // Where buttons take no focus of a press, the field would lose it and the form would go before the click.
            onMouseDown={(event) => {
              if (!(event.target instanceof HTMLInputElement)) event.preventDefault()
            }}
            onFocusOut={(event) => {
              const next = event.relatedTarget
              if (!(next instanceof Node && event.currentTarget.contains(next))) setDenying(false)
            }}
          >
            <input
              class="field"
              type="text"
              aria-label="Why not, for the agent (optional)"
              placeholder="Why not, for the agent (optional)"
              maxLength={noteLimit}
              value={note()}
              onInput={(event) => setNote(event.currentTarget.value)}
            />
            <button class="button danger" type="submit">
              <Ban size={14} aria-hidden="true" />
              Deny
              <kbd aria-hidden="true">Enter</kbd>
            </button>
          </form>
        </Match>
        <Match when={props.standing._tag === "Open"}>
          <button
            class="button approval-allow"
            classList={{ "approval-sure": sureAt() !== null }}
            type="button"
            data-answer="allow"
            onClick={allow}
          >
            <Check size={15} aria-hidden="true" />
            <span aria-live="polite">{sureAt() === null ? "Allow" : "Press again to allow"}</span>
            <kbd aria-hidden="true">a</kbd>
          </button>
          <button class="button danger" type="button" data-answer="deny" onClick={deny}>
            <Ban size={14} aria-hidden="true" />
            Deny…
            <kbd aria-hidden="true">d</kbd>
          </button>
          <Show when={needsSecondPress(props.row)}>
            <span class="approval-grave">Allowing asks once more: read it to its end.</span>
          </Show>
        </Match>
      </Switch>
    </div>
  )
}

/**
 * The press of `a` or `d`: on the question that has the focus, or on the only open one in view. With several and none in
 * focus the first gets the focus, and no answer.
 */
export const answerByKey = (decision: "allow" | "deny"): void => {
  const cards = [...document.querySelectorAll<HTMLElement>("[data-approval]")].filter(
    (card) => card.querySelector("[data-answer]") !== null,
  )
  const here = cards.find((card) => card.contains(document.activeElement))
  const card = here ?? (cards.length === 1 ? cards[0] : undefined)
  if (card === undefined) {
    cards[0]?.focus()
    return
  }
  // The card's own focus is what keeps it in its place.
  if (here === undefined) card.focus()
  card.querySelector<HTMLButtonElement>(`[data-answer="${decision}"]`)?.click()
}
