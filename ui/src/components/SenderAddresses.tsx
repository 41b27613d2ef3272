import type { AddressBook, SenderRow } from "@maillm/schema/api/AddressesApi"
import Plus from "lucide-solid/icons/plus"
import Trash from "lucide-solid/icons/trash"
import { createSignal, For, Show } from "solid-js"
import { formatDeadline } from "../format/moment.ts"
import type { ChangeAddresses } from "./changeAddresses.ts"
import { ConfirmButton } from "./ConfirmButton.tsx"
import { Age } from "./Moment.tsx"
import { StateBadge } from "./StateBadge.tsx"
import { VisibleText } from "./VisibleText.tsx"
import "./Card.css"

const stateOf = (row: SenderRow) => {
  switch (row.state) {
    case "confirmed":
      return { word: "Confirmed", tone: "done" } as const
    case "pending":
      return {
        word: `To confirm by ${formatDeadline(row.expiresAtMillis)}`,
        tone: "waiting",
      } as const
    case "expired":
      return { word: "Not confirmed in time", tone: "idle" } as const
    case "declined":
      return { word: "Said no", tone: "failed" } as const
  }
}

const Row = (props: {
  readonly row: SenderRow
  readonly only: boolean
  readonly change: ChangeAddresses
}) => {
  const { address } = props.row
  return (
    <li class="address-row">
      <div>
        <strong class="address-name">
          <VisibleText text={props.row.address} />
        </strong>
        <p class="address-facts">
          <StateBadge state={stateOf(props.row)} />
          <Show when={props.row.primary}>
            <span>primary: notices go here</span>
          </Show>
          <span>
            added by <VisibleText text={props.row.addedBy} />,{" "}
            <Age atMillis={props.row.addedAtMillis} suffix=" ago" />
          </span>
        </p>
      </div>
      <div class="address-actions">
        <Show when={props.row.state === "confirmed" && !props.row.primary}>
          <button
            class="button"
            type="button"
            onClick={() =>
              void props.change((api) => api.setPrimary(address), `${address} is the primary one.`)
            }
          >
            Make primary
          </button>
        </Show>
        <Show when={props.row.state === "pending" || props.row.state === "expired"}>
          <button
            class="button"
            type="button"
            onClick={() =>
              void props.change((api) => api.addSender(address), `A new mail is on its way to ${address}.`)
            }
          >
            Send it again
          </button>
        </Show>
        <Show when={props.row.state !== "declined" && !props.only}>
          <ConfirmButton
            label="Remove"
            description={`Remove ${address}`}
            sure="Press again to remove it"
            danger
            icon={<Trash size={14} aria-hidden="true" />}
            act={async () => {
              await props.change((api) => api.removeSender(address), `${address} is removed.`)
            }}
          />
        </Show>
      </div>
    </li>
  )
}

/** The addresses from which requests may come, and those that are asked. */
export const SenderAddresses = (props: { readonly book: AddressBook; readonly change: ChangeAddresses }) => {
  const [address, setAddress] = createSignal("")
  const [busy, setBusy] = createSignal(false)
  const only = (row: SenderRow) =>
    row.state === "confirmed" && props.book.senders.filter(({ state }) => state === "confirmed").length === 1
  const add = async () => {
    const given = address().trim()
    if (given === "") return
    setBusy(true)
    const added = await props.change(
      (api) => api.addSender(given),
      `A mail asks ${given} whether it is yours.`,
    )
    setBusy(false)
    if (added) setAddress("")
  }
  return (
    <section class="card" aria-labelledby="senders-heading">
      <header class="card-head">
        <h2 id="senders-heading">Where your requests come from</h2>
        <span class="card-note">Answers go back to the address that asked.</span>
      </header>
      <ul>
        <For each={props.book.senders.map((row) => row.address)}>
          {(known) => (
            <Show when={props.book.senders.find((row) => row.address === known)}>
              {(row) => <Row row={row()} only={only(row())} change={props.change} />}
            </Show>
          )}
        </For>
      </ul>
      <form
        class="address-form"
        onSubmit={(event) => {
          event.preventDefault()
          void add()
        }}
      >
        <label class="address-wide">
          Another address of yours
          <input
            class="field"
            type="email"
            maxLength={254}
            autocomplete="off"
            value={address()}
            onInput={(event) => setAddress(event.currentTarget.value)}
          />
        </label>
        <button class="button" type="submit" disabled={busy() || address().trim() === ""}>
          <Plus size={14} aria-hidden="true" />
          Send a confirmation
        </button>
        <p>
          Reply “yes” to that mail, or open the link in it while you are signed in here, within 24 hours.
          Until then mail from it is kept in quarantine.
        </p>
      </form>
    </section>
  )
}
