import { A, useParams } from "@solidjs/router"
import Plus from "lucide-solid/icons/plus"
import type { SessionRow, TimelineRow } from "@maillm/schema/ReadModel"
import { createMemo, ErrorBoundary, For, lazy, Match, Show, Suspense, Switch } from "solid-js"
import { Changes } from "../components/Changes.tsx"
import { Age } from "../components/Moment.tsx"
import { PageHeader } from "../components/PageHeader.tsx"
import { EmptyState, FailureState, SkeletonRows } from "../components/Placeholder.tsx"
import { RequestRowHead, RequestRowLink } from "../components/RequestRowLink.tsx"
import { RowList } from "../components/RowList.tsx"
import { RuntimeWord } from "../components/RuntimeWord.tsx"
import { SessionCost } from "../components/SessionCost.tsx"
import { StateBadge } from "../components/StateBadge.tsx"
import { Timeline } from "../components/Timeline.tsx"
import { driverWords } from "../format/agentWords.ts"
import { formatCost } from "../format/money.ts"
import { formatDay } from "../format/moment.ts"
import { eventWords, requestStateWords, sessionStateWords } from "../format/words.ts"
import { paths } from "../routes.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { createPagedList } from "../state/createPagedList.ts"
import { createQuery } from "../state/createQuery.ts"
import "./SessionPage.css"

const TerminalView = lazy(() => import("../terminal/TerminalView.tsx"))

const SessionRequests = (props: { readonly sessionId: string }) => {
  const { api, store } = useConsole()
  const list = createPagedList({
    name: "session-requests",
    key: () => props.sessionId,
    rows: () => Object.values(store.state.requests),
    matches: (sessionId, row) => row.sessionId === sessionId,
    ageOf: (row) => row.createdAtMillis,
    fetch: (sessionId, page) => api.requests({ sessionId, ...page }),
    hold: (requests) => store.hold({ requests }),
  })
  return (
    <div class="session-requests">
      <RowList
        list={list}
        listKey={props.sessionId}
        label="Requests of this session"
        head={<RequestRowHead withSession={false} />}
        empty={
          <EmptyState title="No requests in this session">
            <A class="button primary" href={paths.compose(props.sessionId)}>
              Send one
            </A>
          </EmptyState>
        }
      >
        {(id) => (
          <Show when={store.state.requests[id]}>
            {(row) => <RequestRowLink row={row()} session={null} />}
          </Show>
        )}
      </RowList>
    </div>
  )
}

/** The session's steps by request, the latest request first, each from its beginning. */
const SessionTimeline = (props: { readonly steps: ReadonlyArray<TimelineRow> }) => {
  const { store } = useConsole()
  const groups = createMemo(() =>
    [...Map.groupBy(props.steps, (step) => step.requestId ?? "").keys()].toReversed(),
  )
  return (
    <For each={groups()} fallback={<EmptyState title="Nothing has happened here yet" />}>
      {(requestId) => {
        const request = () => store.state.requests[requestId]
        return (
          <section class="session-group" aria-label={request()?.title ?? "The session"}>
            <h2>
              <Show when={request()} fallback="The session">
                {(known) => (
                  <>
                    <A href={paths.request(known().id)}>{known().title}</A>
                    <StateBadge state={requestStateWords[known().state]} />
                    <span class="session-group-day">{formatDay(known().createdAtMillis)}</span>
                  </>
                )}
              </Show>
            </h2>
            <Timeline rows={props.steps.filter((step) => (step.requestId ?? "") === requestId)} wide />
          </section>
        )
      }}
    </For>
  )
}

/** The latest request of a session that changed files. */
const LatestChanges = (props: { readonly sessionId: string }) => {
  const { store } = useConsole()
  const latest = createMemo(() =>
    Object.values(store.state.requests)
      .filter((row) => row.sessionId === props.sessionId && (row.changes?.fileCount ?? 0) > 0)
      .toSorted((a, b) => b.createdAtMillis - a.createdAtMillis)
      .at(0),
  )
  return (
    <Show
      when={latest()}
      fallback={
        <EmptyState title="Nothing was changed yet">
          <p>When a request has changed files, the files and the patch are shown here.</p>
        </EmptyState>
      }
    >
      {(row) => (
        <div class="session-changes">
          <p class="session-changes-of">
            By <A href={paths.request(row().id)}>{row().title}</A>,{" "}
            <Age atMillis={row().endedAtMillis ?? row().updatedAtMillis} suffix=" ago" />
          </p>
          <Show when={row().id} keyed>
            {(id) => (
              <Show when={row().changes}>{(changes) => <Changes changes={changes()} requestId={id} />}</Show>
            )}
          </Show>
        </div>
      )}
    </Show>
  )
}

const Facts = (props: { readonly row: SessionRow }) => (
  <div class="session-facts">
    <StateBadge state={sessionStateWords[props.row.state]} filled />
    <span class="session-known">
      {eventWords(props.row.stateSource)}, <Age atMillis={props.row.stateAtMillis} suffix=" ago" />
    </span>
    <span>{driverWords[props.row.driver]}</span>
    <Show when={props.row.costMicroUsd}>{(cost) => <span class="numeric">{formatCost(cost())}</span>}</Show>
    <span>
      <RuntimeWord runtime={props.row.runtime} />
      <Show when={props.row.nodeId}>{(node) => ` on ${node()}`}</Show>
    </span>
  </div>
)

export default function SessionPage() {
  const { api, store, onSignedOut } = useConsole()
  const params = useParams()
  const id = () => params["id"] ?? ""
  const tab = () => params["tab"] ?? "terminal"
  const query = createQuery({
    key: id,
    load: async (sessionId) => {
      const detail = await api.session(sessionId)
      store.hold({ sessions: [detail.session], requests: detail.requests, timeline: detail.timeline })
      return true
    },
    stale: store.staleness,
    onSignedOut,
  })
  const row = () => store.state.sessions[id()]
  const steps = createMemo(() =>
    Object.values(store.state.timeline)
      .filter((step) => step.sessionId === id())
      .toSorted((a, b) => a.position - b.position),
  )
  return (
    <>
      <PageHeader title={row()?.title ?? "Session"} back={{ href: paths.sessions, word: "Sessions" }}>
        <Show when={row()}>
          <A class="button" href={paths.compose(id())} aria-label="New request in this session">
            <Plus size={14} aria-hidden="true" />
            <span class="wide-only">Request in this session</span>
          </A>
        </Show>
      </PageHeader>
      <Show
        when={row()}
        fallback={
          <Show when={query.failure()} fallback={<SkeletonRows count={6} />}>
            {(failure) => <FailureState failure={failure()} retry={query.reload} />}
          </Show>
        }
      >
        {(known) => (
          <>
            <div class="session-bar">
              <nav class="tabs" aria-label="Views of this session">
                <A href={paths.session(id())} end activeClass="tab-here">
                  Terminal
                </A>
                <A href={paths.sessionTimeline(id())} activeClass="tab-here">
                  Timeline
                </A>
                <A href={paths.sessionRequests(id())} activeClass="tab-here">
                  Requests <span class="numeric tab-count">{known().requestCount}</span>
                </A>
                <A href={paths.sessionChanges(id())} activeClass="tab-here">
                  Changes
                </A>
                <A href={paths.sessionCost(id())} activeClass="tab-here">
                  Cost
                </A>
              </nav>
              <Facts row={known()} />
            </div>
            <Switch>
              <Match when={tab() === "terminal"}>
                <ErrorBoundary
                  fallback={
                    <EmptyState title="The terminal could not be loaded">
                      <p>The console may have been updated while this page was open. Reload it.</p>
                      <button class="button" type="button" onClick={() => location.reload()}>
                        Reload
                      </button>
                    </EmptyState>
                  }
                >
                  <Suspense fallback={<div class="terminal-loading" role="status" aria-label="Loading" />}>
                    <Show when={id()} keyed>
                      {(sessionId) => <TerminalView sessionId={sessionId} />}
                    </Show>
                  </Suspense>
                </ErrorBoundary>
              </Match>
              <Match when={tab() === "timeline"}>
                <div class="session-timeline">
                  <Show when={query.answer() === true} fallback={<SkeletonRows count={8} />}>
                    <SessionTimeline steps={steps()} />
                  </Show>
                </div>
              </Match>
              <Match when={tab() === "changes"}>
                <Show when={query.answer() === true} fallback={<SkeletonRows count={8} />}>
                  <LatestChanges sessionId={id()} />
                </Show>
              </Match>
              <Match when={tab() === "cost"}>
                <Show when={query.answer() === true} fallback={<SkeletonRows count={8} />}>
                  <SessionCost
                    requests={Object.values(store.state.requests).filter((row) => row.sessionId === id())}
                    costMicroUsd={known().costMicroUsd}
                  />
                </Show>
              </Match>
              <Match when={tab() === "requests"}>
                <SessionRequests sessionId={id()} />
              </Match>
            </Switch>
          </>
        )}
      </Show>
    </>
  )
}
