import { Navigate, Route, Router } from "@solidjs/router"
import { lazy, onCleanup, onMount } from "solid-js"
import type { Backend } from "./api/Backend.ts"
import { Root } from "./Root.tsx"
import RequestsPage from "./pages/RequestsPage.tsx"
import { paths } from "./routes.ts"

const NeedsYouPage = lazy(() => import("./pages/NeedsYouPage.tsx"))
const ApprovalPage = lazy(() => import("./pages/ApprovalPage.tsx"))
const RequestPage = lazy(() => import("./pages/RequestPage.tsx"))
const SessionsPage = lazy(() => import("./pages/SessionsPage.tsx"))
const SessionPage = lazy(() => import("./pages/SessionPage.tsx"))
const MessagesPage = lazy(() => import("./pages/MessagesPage.tsx"))
const MessagePage = lazy(() => import("./pages/MessagePage.tsx"))
const SystemPage = lazy(() => import("./pages/SystemPage.tsx"))
const AddressesPage = lazy(() => import("./pages/AddressesPage.tsx"))
const ConfirmSenderPage = lazy(() => import("./pages/ConfirmSenderPage.tsx"))
const ComposePage = lazy(() => import("./pages/ComposePage.tsx"))
const SignInPage = lazy(() => import("./pages/SignInPage.tsx"))
const NotFoundPage = lazy(() => import("./pages/NotFoundPage.tsx"))

/** After the first view has had time to fetch its data. */
const preloadMillis = 1_500

/** The rooms' code is small: it is fetched while nothing else is to be done, so that opening one does not wait. */
const preloadRooms = () => {
  for (const page of [
    NeedsYouPage,
    ApprovalPage,
    RequestPage,
    SessionsPage,
    SessionPage,
    MessagesPage,
    MessagePage,
    SystemPage,
    AddressesPage,
    ComposePage,
  ]) {
    page.preload().catch(() => undefined)
  }
}

/** Every address of the console; routes.ts builds them. */
export const App = (props: { readonly backend: Backend }) => {
  onMount(() => {
    const timer = setTimeout(preloadRooms, preloadMillis)
    onCleanup(() => clearTimeout(timer))
  })
  return (
    <Router root={(section) => <Root backend={props.backend}>{section.children}</Root>}>
      <Route path="/" component={() => <Navigate href={paths.requests} />} />
      <Route path="/needs-you" component={NeedsYouPage} />
      <Route path="/approvals/:id" component={ApprovalPage} />
      <Route path="/requests" component={RequestsPage} />
      <Route path="/requests/:id" component={RequestPage} />
      <Route path="/sessions" component={SessionsPage} />
      <Route
        path="/sessions/:id/:tab?"
        component={SessionPage}
        matchFilters={{ tab: ["timeline", "requests", "changes", "cost"] }}
      />
      <Route path="/messages" component={MessagesPage} />
      <Route path="/messages/:id" component={MessagePage} />
      <Route path="/system" component={SystemPage} />
      <Route path="/addresses" component={AddressesPage} />
      <Route path="/addresses/confirm/:token" component={ConfirmSenderPage} />
      <Route path="/new" component={ComposePage} />
      <Route path="/sign-in" component={SignInPage} />
      <Route path="*" component={NotFoundPage} />
    </Router>
  )
}
