import Mail from "lucide-solid/icons/mail"
import { Show } from "solid-js"
import { useConsole } from "../state/ConsoleContext.ts"
import { CopyButton } from "./CopyButton.tsx"
import "./PrivateAddress.css"

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
            Mail from <strong>{known().user.email}</strong> to this address is a request. Keep the address to
            yourself.
          </p>
        </div>
      )}
    </Show>
  )
}
