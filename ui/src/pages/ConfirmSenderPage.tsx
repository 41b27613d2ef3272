import { A, useParams } from "@solidjs/router"
import { createSignal, Show } from "solid-js"
import { asFailure } from "../api/ApiFailure.ts"
import type { ApiFailure } from "../api/ApiFailure.ts"
import { PageHeader } from "../components/PageHeader.tsx"
import { FailureState, SkeletonRows } from "../components/Placeholder.tsx"
import { VisibleText } from "../components/VisibleText.tsx"
import { paths } from "../routes.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { createQuery } from "../state/createQuery.ts"
import "./AddressesPage.css"

/** Behind the link of the mail that asks an address. Opening it does nothing: mail scanners open links. */
export default function ConfirmSenderPage() {
  const { api, onSignedOut, signedIn, store } = useConsole()
  const params = useParams<{ token: string }>()
  const [busy, setBusy] = createSignal(false)
  const [failed, setFailed] = createSignal<ApiFailure>()
  const query = createQuery({
    key: () => "addresses",
    load: () => api.addresses(),
    stale: store.staleness,
    onSignedOut,
  })
  const sender = () =>
    query
      .answer()
      ?.senders.find(({ confirmId }) => confirmId !== "" && params.token.startsWith(`${confirmId}.`))
  const confirm = async () => {
    setBusy(true)
    setFailed(undefined)
    try {
      await api.confirmSender(params.token)
      void signedIn()
    } catch (error) {
      const failure = asFailure(error)
      if (failure.kind === "signed-out") onSignedOut()
      setFailed(failure)
    } finally {
      setBusy(false)
      query.reload()
    }
  }
  return (
    <>
      <PageHeader title="Confirm an address" back={{ href: paths.addresses, word: "Addresses" }} />
      <Show
        when={query.answer()}
        fallback={
          <Show when={query.failure()} fallback={<SkeletonRows count={3} />}>
            {(failure) => <FailureState failure={failure()} retry={query.reload} />}
          </Show>
        }
      >
        <div class="confirm-sender">
          <Show
            when={sender()}
            fallback={
              <p>
                This link confirms none of your addresses: it may be of another account, or a newer mail has
                asked again.
              </p>
            }
          >
            {(row) => (
              <Show
                when={row().state === "pending"}
                fallback={
                  <p role="status">
                    <strong>
                      <VisibleText text={row().address} />
                    </strong>{" "}
                    {row().state === "confirmed"
                      ? "is one of your addresses: mail from it is done."
                      : "cannot be confirmed with this link any more."}
                  </p>
                }
              >
                <p>
                  Mail from{" "}
                  <strong>
                    <VisibleText text={row().address} />
                  </strong>{" "}
                  would be done as yours, with all your rights. Only confirm an address that nobody else
                  writes from.
                </p>
                <button class="button primary" type="button" disabled={busy()} onClick={() => void confirm()}>
                  It is mine
                </button>
              </Show>
            )}
          </Show>
          <Show when={failed()}>
            {(failure) => (
              <p role="alert">
                Not confirmed: {failure().message} {failure().remedy}
              </p>
            )}
          </Show>
          <A href={paths.addresses}>All your addresses</A>
        </div>
      </Show>
    </>
  )
}
