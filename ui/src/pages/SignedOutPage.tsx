import { createSignal } from "solid-js"
import { useConsole } from "../state/ConsoleContext.ts"
import "./Door.css"

/** What is shown at every address while there is no good credential. */
export const SignedOutPage = () => {
  const { signedIn } = useConsole()
  const [busy, setBusy] = createSignal(false)
  const tryAgain = async () => {
    setBusy(true)
    await signedIn()
    setBusy(false)
  }
  return (
    <main class="door">
      <div class="door-card">
        <h1>You are not signed in</h1>
        <p>
          Open the sign-in link that <code>npm start</code> printed in its terminal. It looks like this, and
          works once:
        </p>
        <pre class="door-sample">{location.origin}/sign-in#token=…</pre>
        <p>What you were writing is kept in this browser.</p>
        <button class="button" type="button" disabled={busy()} onClick={() => void tryAgain()}>
          I have signed in: go on
        </button>
      </div>
    </main>
  )
}
