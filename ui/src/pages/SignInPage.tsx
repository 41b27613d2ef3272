import { A, useNavigate } from "@solidjs/router"
import { createSignal, Match, onMount, Switch } from "solid-js"
import { asFailure } from "../api/ApiFailure.ts"
import { paths } from "../routes.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import "./Door.css"

/** The token of a one-time link, `#token=…`; null when there is none. */
export const tokenOf = (hash: string): string | null => {
  const token = new URLSearchParams(hash.replace(/^#/, "")).get("token")
  return token === null || token === "" || token.length > 200 ? null : token
}

/** Trades the token of the link for a cookie and takes it out of the address bar and the history. */
export default function SignInPage() {
  const { api, signedIn } = useConsole()
  const navigate = useNavigate()
  const [state, setState] = createSignal<"working" | "used" | "unreachable" | "none">("working")
  const [reason, setReason] = createSignal("")

  const signIn = async () => {
    const token = tokenOf(location.hash)
    if (token === null) {
      setState("none")
      return
    }
    setState("working")
    try {
      await api.signIn(token)
      history.replaceState(history.state, "", paths.signIn)
      await signedIn()
      navigate(paths.requests, { replace: true })
    } catch (error) {
      const failure = asFailure(error)
      setReason(`${failure.message} ${failure.remedy}`)
      if (failure.kind === "offline" || failure.kind === "unavailable") {
        setState("unreachable")
        return
      }
      history.replaceState(history.state, "", paths.signIn)
      setState("used")
    }
  }
  onMount(() => void signIn())

  return (
    <main class="door">
      <div class="door-card">
        <Switch>
          <Match when={state() === "working"}>
            <h1>Signing in…</h1>
            <p role="status">The link is being checked.</p>
          </Match>
          <Match when={state() === "unreachable"}>
            <h1>The server did not answer</h1>
            <p role="alert">{reason()}</p>
            <p>The link has not been used: it can be tried again.</p>
            <button class="button primary" type="button" onClick={() => void signIn()}>
              Try again
            </button>
          </Match>
          <Match when={state() === "used"}>
            <h1>This link does not sign in any more</h1>
            <p role="alert">{reason()}</p>
            <p>
              A link works once. <code>npm start</code> prints a new one each time it starts.
            </p>
            <A class="button" href={paths.requests}>
              Perhaps you are signed in already: open the console
            </A>
          </Match>
          <Match when={state() === "none"}>
            <h1>There is no token in this link</h1>
            <p role="alert">
              Copy the whole line that <code>npm start</code> prints, with everything after{" "}
              <code>#token=</code>.
            </p>
            <A class="button" href={paths.requests}>
              Open the console
            </A>
          </Match>
        </Switch>
      </div>
    </main>
  )
}
