import { A } from "@solidjs/router"
import type { UnreachableRow } from "@maillm/schema/ReadModel"
import { createSignal, For, Show } from "solid-js"
import { asFailure } from "../api/ApiFailure.ts"
import { paths } from "../routes.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { Age } from "./Moment.tsx"
import "./UnreachableAddresses.css"

const Unreachable = (props: {
  readonly row: UnreachableRow
  readonly onRetried: (row: UnreachableRow) => void
}) => {
  const { api, say, onSignedOut, signedIn } = useConsole()
  const [busy, setBusy] = createSignal(false)
  const [failed, setFailed] = createSignal("")
  const retry = async () => {
    setBusy(true)
    setFailed("")
    try {
      await api.retryAddress(props.row.address)
      say(`Mail goes to ${props.row.address} again; what waits leaves within a minute`)
      props.onRetried(props.row)
      void signedIn()
    } catch (error) {
      const failure = asFailure(error)
      if (failure.kind === "signed-out") onSignedOut()
      setFailed(failure.message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <li class="unreachable">
      <div>
        <h2>
          No mail reaches <span class="mono">{props.row.address}</span>
        </h2>
        <p>
          Its server says that the address does not exist ({props.row.status}), so nothing more is sent there.
          Answers and questions are here instead; their mails wait, for two days at most. “Try again” sends
          those that wait within a minute. The mail that came back is not sent once more.
        </p>
        <p class="unreachable-said">
          <q>{props.row.reason}</q>, <Age atMillis={props.row.atMillis} suffix=" ago" />:{" "}
          <A href={paths.message(props.row.messageId)}>the mail that came back</A>
        </p>
        <Show when={failed() !== ""}>
          <p role="alert">Not changed: {failed()}</p>
        </Show>
      </div>
      <button type="button" class="button" disabled={busy()} onClick={() => void retry()}>
        Try again
      </button>
    </li>
  )
}

/** Addresses of this person that mail came back from, each until it is said to be right again. */
export const UnreachableAddresses = (props: {
  readonly rows: ReadonlyArray<UnreachableRow>
  readonly onRetried: (row: UnreachableRow) => void
}) => (
  <ul class="unreachable-list" aria-label="Addresses that mail does not reach">
    <For each={props.rows}>{(row) => <Unreachable row={row} onRetried={props.onRetried} />}</For>
  </ul>
)
