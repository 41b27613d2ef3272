import { useLocation, useNavigate } from "@solidjs/router"
import type { Me } from "@maillm/schema/api/SystemApi"
import type { JSX } from "solid-js"
import {
  createEffect,
  createSignal,
  ErrorBoundary,
  Match,
  onCleanup,
  onMount,
  Show,
  Suspense,
  Switch,
} from "solid-js"
import { makeApiClient } from "./api/ApiClient.ts"
import { type ApiFailure, asFailure } from "./api/ApiFailure.ts"
import type { Backend, LiveSocket } from "./api/Backend.ts"
import { answerByKey } from "./components/ApprovalAnswer.tsx"
import { KeysHelp } from "./components/KeysHelp.tsx"
import { createNotices, Notices } from "./components/Notices.tsx"
import { OfflineNotice } from "./components/OfflineNotice.tsx"
import { Palette } from "./components/Palette.tsx"
import { EmptyState, FailureState, SkeletonRows } from "./components/Placeholder.tsx"
import { moveInList, rememberRow } from "./components/RowList.tsx"
import { Shell } from "./components/Shell.tsx"
import type { KeyAction } from "./keys/keymap.ts"
import { listenForKeys } from "./keys/listenForKeys.ts"
import { SignedOutPage } from "./pages/SignedOutPage.tsx"
import { parentOf, paths } from "./routes.ts"
import { type Console, ConsoleContext } from "./state/ConsoleContext.ts"
import { runClock } from "./state/clock.ts"
import { createApprovalDesk } from "./state/createApprovalDesk.ts"
import { createConsoleStore } from "./state/consoleStore.ts"
import { createQuery } from "./state/createQuery.ts"
import { mendApprovals } from "./state/mendApprovals.ts"
import { keepScroll } from "./state/keepScroll.ts"
import { createTheme } from "./state/theme.ts"

/** How often a server that did not answer is asked again. */
const unreachableRetryMillis = 3_000

type Door = "checking" | "in" | "out" | "unreachable"

/** Holds who is signed in, the live connection and the one store, and hands them to every view. */
const createConsole = (backend: Backend, given: Pick<Console, "say" | "openPalette">) => {
  const api = makeApiClient(backend)
  const store = createConsoleStore()
  const theme = createTheme()
  const [me, setMe] = createSignal<Me | null>(null)
  const [door, setDoor] = createSignal<Door>("checking")
  const [failure, setFailure] = createSignal<ApiFailure>()
  const [socket, setSocket] = createSignal<LiveSocket | null>(null)

  const closeSocket = () => {
    socket()?.close()
    setSocket(null)
    store.setConnection("connecting")
  }
  const onSignedOut = () => {
    closeSocket()
    setDoor("out")
  }
  const signedIn = async () => {
    try {
      setMe(await api.me())
      setDoor("in")
      if (socket() === null) {
        const opened = backend.connect()
        const ask = () => void signedIn()
        store.follow(opened, { onSignedOut, doubt: ask, accountChanged: ask })
        setSocket(opened)
      }
    } catch (error) {
      const failed = asFailure(error)
      setFailure(failed)
      if (failed.kind === "signed-out") onSignedOut()
      else if (door() === "checking") setDoor("unreachable")
    }
  }
  const offline = () => store.setConnection("offline")
  const online = () => socket()?.retryNow()
  window.addEventListener("offline", offline)
  window.addEventListener("online", online)
  onCleanup(() => {
    window.removeEventListener("offline", offline)
    window.removeEventListener("online", online)
    closeSocket()
  })
  const approvals = createApprovalDesk({ api, store, say: given.say, onSignedOut })
  const shared: Console = { approvals, api, store, theme, me, socket, onSignedOut, signedIn, ...given }
  return { shared, door, failure, setDoor }
}

const Room = (props: { readonly console: Console; readonly children: JSX.Element }) => {
  const { api, store, onSignedOut } = props.console
  // Titles of sessions stand in many places: they are held from the start.
  createQuery({
    key: () => "sessions",
    load: async () => {
      store.hold({ sessions: await api.sessions({ limit: 200 }) })
      return true
    },
    stale: store.staleness,
    onSignedOut,
  })
  // How many questions wait is said everywhere.
  createQuery({
    key: () => "approvals",
    load: async () => {
      await mendApprovals(api, store)
      return true
    },
    stale: store.staleness,
    onSignedOut,
  })
  return (
    <ErrorBoundary
      fallback={(error: unknown) => (
        <EmptyState title="This view failed">
          <p>It is a bug in the console: {String(error)}. Reload the page; the data is safe on the server.</p>
          <button class="button" type="button" onClick={() => location.reload()}>
            Reload
          </button>
        </EmptyState>
      )}
    >
      <Suspense fallback={<SkeletonRows count={10} />}>{props.children}</Suspense>
    </ErrorBoundary>
  )
}

/** The frame around all routes. */
export const Root = (props: { readonly backend: Backend; readonly children?: JSX.Element }) => {
  const notices = createNotices()
  const [overlay, setOverlay] = createSignal<"palette" | "keys" | null>(null)
  const { shared, door, failure, setDoor } = createConsole(props.backend, {
    say: notices.say,
    openPalette: () => setOverlay("palette"),
  })
  const navigate = useNavigate()
  const location = useLocation()
  keepScroll()
  const lastSearch = new Map<string, string>()
  const signingIn = () => location.pathname === paths.signIn

  createEffect(() => {
    const room = location.pathname
    if (parentOf(room) === null) lastSearch.set(room, location.search)
  })
  const goBack = () => {
    const focused = document.activeElement
    if (focused instanceof HTMLElement && focused.matches("input, textarea, select")) {
      const home = focused.closest<HTMLElement>("[data-row]")
      focused.blur()
      home?.focus()
      return
    }
    const parent = parentOf(location.pathname)
    if (parent === null) return
    rememberRow(location.pathname.split("/").slice(0, 3).join("/"))
    navigate(`${parent}${lastSearch.get(parent) ?? ""}`)
  }
  const act = (action: KeyAction) => {
    if (action._tag === "Palette") setOverlay(overlay() === "palette" ? null : "palette")
    if (action._tag === "Help") setOverlay("keys")
    if (action._tag === "Go") navigate(action.path)
    if (action._tag === "Compose") navigate(paths.compose())
    if (action._tag === "Back") goBack()
    if (action._tag === "Move") moveInList(action.by)
    if (action._tag === "Answer") answerByKey(action.decision)
    if (action._tag === "Search") document.querySelector<HTMLInputElement>("[data-search]")?.focus()
  }
  // A server that starts again, as at every change under `npm run dev`, is away for a second or two.
  createEffect(() => {
    if (door() !== "unreachable") return
    const timer = setInterval(() => void shared.signedIn(), unreachableRetryMillis)
    onCleanup(() => clearInterval(timer))
  })
  onMount(() => {
    onCleanup(runClock())
    if (!signingIn()) void shared.signedIn()
    onCleanup(listenForKeys((action) => (door() === "in" ? act(action) : undefined)))
  })

  return (
    <ConsoleContext.Provider value={shared}>
      <Show when={!signingIn()} fallback={<Suspense>{props.children}</Suspense>}>
        <Switch fallback={<div class="door" role="status" aria-label="Loading" />}>
          <Match when={door() === "out"}>
            <SignedOutPage />
          </Match>
          <Match when={door() === "unreachable" ? failure() : undefined}>
            {(failed) => (
              <main class="door">
                <FailureState
                  failure={failed()}
                  retry={() => {
                    setDoor("checking")
                    void shared.signedIn()
                  }}
                />
              </main>
            )}
          </Match>
          <Match when={door() === "in"}>
            <Shell>
              <Room console={shared}>{props.children}</Room>
            </Shell>
            <OfflineNotice />
            <Palette
              open={overlay() === "palette"}
              close={() => setOverlay(null)}
              showKeys={() => setOverlay("keys")}
            />
            <KeysHelp open={overlay() === "keys"} close={() => setOverlay(null)} />
          </Match>
        </Switch>
      </Show>
      <Notices notices={notices.notices()} />
    </ConsoleContext.Provider>
  )
}
