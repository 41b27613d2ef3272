import { Show } from "solid-js"
import type { ChangeAddresses } from "../components/changeAddresses.ts"
import { PageHeader } from "../components/PageHeader.tsx"
import { FailureState, SkeletonRows } from "../components/Placeholder.tsx"
import { PrivateAddresses } from "../components/PrivateAddresses.tsx"
import { SenderAddresses } from "../components/SenderAddresses.tsx"
import { useConsole } from "../state/ConsoleContext.ts"
import { asFailure } from "../api/ApiFailure.ts"
import { createQuery } from "../state/createQuery.ts"
import { pollWhileSeen } from "../state/pollWhileSeen.ts"
import "./AddressesPage.css"

/** Where requests are sent, and from where they may come. */
export default function AddressesPage() {
  const { api, say, store, onSignedOut, signedIn } = useConsole()
  const query = createQuery({
    key: () => "addresses",
    load: () => api.addresses(),
    stale: store.staleness,
    onSignedOut,
  })
  pollWhileSeen(query.reload)
  const change: ChangeAddresses = async (make, done) => {
    try {
      const { shown } = await make(api)
      say(shown ? done : `${done} It shows here in a moment.`)
      void signedIn()
      return true
    } catch (error) {
      const failure = asFailure(error)
      if (failure.kind === "signed-out") onSignedOut()
      say(`${failure.message} ${failure.remedy}`)
      return false
    } finally {
      query.reload()
    }
  }
  return (
    <>
      <PageHeader title="Addresses" />
      <Show
        when={query.answer()}
        fallback={
          <Show when={query.failure()} fallback={<SkeletonRows count={6} />}>
            {(failure) => <FailureState failure={failure()} retry={query.reload} />}
          </Show>
        }
      >
        {(book) => (
          <div class="addresses-page">
            <PrivateAddresses book={book()} change={change} />
            <SenderAddresses book={book()} change={change} />
          </div>
        )}
      </Show>
    </>
  )
}
