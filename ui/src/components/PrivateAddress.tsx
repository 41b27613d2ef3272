import Mail from "lucide-solid/icons/mail"
import { A } from "@solidjs/router"
import { Show } from "solid-js"
import { paths } from "../routes.ts"
import type { UserRow } from "@maillm/schema/ReadModel"
import { useConsole } from "../state/ConsoleContext.ts"
import { CopyButton } from "./CopyButton.tsx"
import "./PrivateAddress.css"

/** Those whose mail is done: "ada@example.org or ada@work.example". */
const sendersOf = ({ email, senders = [] }: UserRow) => {
  const confirmed = senders.filter(({ state }) => state === "confirmed").map(({ address }) => address)
  return <strong>{confirmed.length === 0 ? email : confirmed.join(" or ")}</strong>
}

/** The address that takes requests by mail, to copy or to write to. */
export const PrivateAddress = () => {
  const { me } = useConsole()
  return (
    <Show when={me()}>
      {(known) => (
        <div class="private-address">
          <code class="mono">
            {known().address.split("@")[0]}
            <wbr />@{known().address.split("@")[1]}
          </code>
          <div class="private-address-actions">
            <CopyButton text={() => known().address} what="your private address" bordered />
            <a class="button" href={`mailto:${known().address}`}>
              <Mail size={14} aria-hidden="true" />
              Write a mail
            </a>
          </div>
          <p>
            Mail from {sendersOf(known().user)} to this address is a request. Keep the address to yourself, or{" "}
            <A href={paths.addresses}>have a new one made</A>.
          </p>
        </div>
      )}
    </Show>
  )
}
