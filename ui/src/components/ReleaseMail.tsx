import Play from "lucide-solid/icons/play"
import type { MessageRow } from "@maillm/schema/ReadModel"
import { createSignal, For, Show } from "solid-js"
import { asFailure } from "../api/ApiFailure.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { Overlay } from "./Overlay.tsx"
import { VisibleText } from "./VisibleText.tsx"
import "./ReleaseMail.css"

/** Has a mail in quarantine done after all: shows before what would be done, and why it was held. */
export const ReleaseMail = (props: { readonly row: MessageRow }) => {
  const { api, say, store, onSignedOut } = useConsole()
  const [open, setOpen] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const release = async () => {
    setBusy(true)
    try {
      const { message, state } = await api.releaseMessage(props.row.id)
      store.hold({ messages: [message] })
      setOpen(false)
      say(
        state === "quarantined"
          ? "Asked for. It shows here as soon as it is read again; a mail that 500 others came after stays."
          : "It is being done.",
      )
    } catch (error) {
      const failure = asFailure(error)
      if (failure.kind === "signed-out") onSignedOut()
      say(`${failure.message} ${failure.remedy}`)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <button class="button" type="button" onClick={() => setOpen(true)}>
        <Play size={14} aria-hidden="true" />
        Run it anyway…
      </button>
      <Overlay open={open()} close={() => setOpen(false)} title="Run this mail as yours?" kind="sheet">
        <p>
          It is done with your rights, in a session of yours, as if you had written it. Its author{" "}
          <strong>
            <VisibleText text={props.row.from} />
          </strong>{" "}
          gets no answer; you do.
        </p>
        <pre class="release-text" aria-label="What would be done">
          <Show when={props.row.text !== ""} fallback="(no text)">
            <VisibleText text={props.row.text} />
          </Show>
        </pre>
        <Show when={props.row.attachments.length > 0}>
          <p>
            With what is attached:{" "}
            <VisibleText text={props.row.attachments.map(({ name }) => name).join(", ")} />
          </p>
        </Show>
        <ul class="release-reasons" aria-label="Why it was held">
          <For each={props.row.reasons}>
            {(reason) => (
              <li>
                <VisibleText text={reason} />
              </li>
            )}
          </For>
        </ul>
        <div class="release-actions">
          <button class="button" type="button" onClick={() => setOpen(false)}>
            Leave it
          </button>
          <button class="button danger" type="button" disabled={busy()} onClick={() => void release()}>
            Run it
          </button>
        </div>
      </Overlay>
    </>
  )
}
