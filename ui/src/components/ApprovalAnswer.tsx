import Ban from "lucide-solid/icons/ban"
import Check from "lucide-solid/icons/check"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { createSignal, Match, onCleanup, Show, Switch } from "solid-js"
import { isRememberable, needsSecondPress } from "../format/approvalWords.ts"
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
  const [sure, setSure] = createSignal<{ readonly at: number; readonly remember: boolean } | null>(null)
  const [denying, setDenying] = createSignal(false)
  const [note, setNote] = createSignal("")
  let timer: ReturnType<typeof setTimeout> | undefined
  let form: HTMLFormElement | undefined
  onCleanup(() => clearTimeout(timer))

  /** For the rest of the session always asks once more: it is a yes to what nobody has seen yet. */
  const allow = (remember: boolean) => {
    if (remember || needsSecondPress(props.row)) {
      const first = sure()
      if (first === null || first.remember !== remember) {
        clearTimeout(timer)
        setSure({ at: Date.now(), remember })
        timer = setTimeout(() => setSure(null), confirmMillis)
        return
      }
      if (Date.now() - first.at < thoughtMillis) return
    }
    clearTimeout(timer)
    setSure(null)
    void approvals.answer(props.row, remember ? { decision: "allow", remember } : { decision: "allow" })
  }
  const deny = () => {
    setSure(null)
    setDenying(true)
    queueMicrotask(() => form?.querySelector("input")?.focus())
  }
  const sendDenial = () => {
    // While the form is still there: it goes with its focus.
    form?.closest<HTMLElement>("[data-approval]")?.focus()
    setDenying(false)
    const said = note().trim()
    void approvals.answer(props.row, said === "" ? { decision: "deny" } : { decision: "deny", note: said })
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
            classList={{ "approval-sure": sure()?.remember === false }}
            type="button"
            data-answer="allow"
            onClick={() => allow(false)}
          >
            <Check size={15} aria-hidden="true" />
            <span aria-live="polite">{sure()?.remember === false ? "Press again to allow" : "Allow"}</span>
            <kbd aria-hidden="true">a</kbd>
          </button>
          <button class="button danger" type="button" data-answer="deny" onClick={deny}>
            <Ban size={14} aria-hidden="true" />
            Deny…
            <kbd aria-hidden="true">d</kbd>
          </button>
          <Show when={isRememberable(props.row)}>
            <button
              class="button quiet"
              classList={{ "approval-sure": sure()?.remember === true }}
              type="button"
              title="What is of this kind runs unasked for the rest of this session"
              onClick={() => allow(true)}
            >
              <span aria-live="polite">
                {sure()?.remember === true
                  ? "Press again: not asked again in this session"
                  : "Allow in this session"}
              </span>
            </button>
          </Show>
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
