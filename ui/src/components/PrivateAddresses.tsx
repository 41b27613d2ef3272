import { graceDaysDefault } from "@maillm/schema/Account"
import type { AddressBook, PrivateAddressRow } from "@maillm/schema/api/AddressesApi"
import RefreshCw from "lucide-solid/icons/refresh-cw"
import Trash from "lucide-solid/icons/trash"
import { createSignal, For, Show } from "solid-js"
import { formatDeadline } from "../format/moment.ts"
import type { ChangeAddresses } from "./changeAddresses.ts"
import { ConfirmButton } from "./ConfirmButton.tsx"
import { CopyButton } from "./CopyButton.tsx"
import { Age } from "./Moment.tsx"
import { StateBadge } from "./StateBadge.tsx"
import "./Card.css"

const graces = [
  { days: 0, word: "at once" },
  { days: 1, word: "in a day" },
  { days: graceDaysDefault, word: `in ${graceDaysDefault} days` },
  { days: 30, word: "in 30 days" },
  { days: 90, word: "in 90 days" },
] as const

const stateOf = (row: PrivateAddressRow) => {
  switch (row.state) {
    case "current":
      return { word: "In use", tone: "done" } as const
    case "ending":
      return { word: `Ends ${formatDeadline(row.endsAtMillis ?? 0)}`, tone: "waiting" } as const
    case "ended":
      return { word: row.ended?.how === "revoked" ? "Revoked" : "Ended", tone: "idle" } as const
  }
}

const Row = (props: { readonly row: PrivateAddressRow; readonly change: ChangeAddresses }) => (
  <li class="address-row" data-over={props.row.state === "ended" ? "" : undefined}>
    <div>
      <code class="mono address-name">
        {props.row.address.split("@")[0]}
        <wbr />@{props.row.address.split("@")[1]}
      </code>
      <p class="address-facts">
        <StateBadge state={stateOf(props.row)} />
        <span>
          made <Age atMillis={props.row.createdAtMillis} suffix=" ago" />
        </span>
        <Show when={props.row.lastMailAtMillis} fallback={<span>no mail yet</span>}>
          {(at) => (
            <span>
              last mail <Age atMillis={at()} suffix=" ago" />
            </span>
          )}
        </Show>
      </p>
    </div>
    <Show when={props.row.state !== "ended"}>
      <div class="address-actions">
        <CopyButton text={() => props.row.address} what={props.row.address} bordered />
        <Show when={props.row.state === "ending"}>
          <ConfirmButton
            label="Revoke"
            description={`Revoke ${props.row.address}`}
            sure="Press again to end it now"
            danger
            icon={<Trash size={14} aria-hidden="true" />}
            act={async () => {
              await props.change((api) => api.revokeAddress(props.row.address), "It takes no more mail.")
            }}
          />
        </Show>
      </div>
    </Show>
  </li>
)

/** The addresses that take requests: the one to give out, and those on their way out. */
export const PrivateAddresses = (props: { readonly book: AddressBook; readonly change: ChangeAddresses }) => {
  const [days, setDays] = createSignal<number>(graceDaysDefault)
  return (
    <section class="card" aria-labelledby="private-heading">
      <header class="card-head">
        <h2 id="private-heading">Where you send requests</h2>
        <span class="card-note">Others may write to it too, but only your own mail is acted on.</span>
      </header>
      <ul>
        <For each={props.book.addresses.map(({ address }) => address)}>
          {(address) => (
            <Show when={props.book.addresses.find((row) => row.address === address)}>
              {(row) => <Row row={row()} change={props.change} />}
            </Show>
          )}
        </For>
      </ul>
      <div class="address-form">
        <label>
          The address in use ends
          <select
            class="field"
            value={days()}
            onChange={(event) => setDays(Number(event.currentTarget.value))}
          >
            <For each={graces}>{({ days: value, word }) => <option value={value}>{word}</option>}</For>
          </select>
        </label>
        <ConfirmButton
          label="Make a new address"
          description="Make a new private address"
          sure="Press again to make it"
          icon={<RefreshCw size={14} aria-hidden="true" />}
          act={async () => {
            await props.change((api) => api.rotateAddress(days()), "Your private address is a new one.")
          }}
        />
        <p>One that has ended is refused like an address that never was, and does not come back.</p>
      </div>
    </section>
  )
}
