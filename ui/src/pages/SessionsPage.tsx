import { A } from "@solidjs/router"
import Terminal from "lucide-solid/icons/square-terminal"
import type { SessionRow } from "@maillm/schema/ReadModel"
import { Show } from "solid-js"
import { Age } from "../components/Moment.tsx"
import { PageHeader } from "../components/PageHeader.tsx"
import { EmptyState, SkeletonRows } from "../components/Placeholder.tsx"
import { PrivateAddress } from "../components/PrivateAddress.tsx"
import { RowList } from "../components/RowList.tsx"
import { RuntimeWord } from "../components/RuntimeWord.tsx"
import { StateBadge, StateGlyph } from "../components/StateBadge.tsx"
import { eventWords, requestStateWords, sessionStateWords } from "../format/words.ts"
import { paths } from "../routes.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { createPagedList } from "../state/createPagedList.ts"
import "./SessionsPage.css"

/** Lines of the last answer shown on a card. */
const tailLines = 4
const tailOf = (answer: string) => answer.trimEnd().split("\n").slice(-tailLines).join("\n")

const SessionCard = (props: { readonly row: SessionRow }) => {
  const { store } = useConsole()
  const last = () => {
    const id = props.row.lastRequestId
    return id === null ? undefined : store.state.requests[id]
  }
  return (
    <A class="session-card" href={paths.session(props.row.id)} data-row>
      <span class="session-card-head">
        <Terminal size={16} aria-hidden="true" />
        <span class="session-card-title">{props.row.title}</span>
        <StateBadge state={sessionStateWords[props.row.state]} filled={props.row.state === "running"} />
      </span>
      <span class="session-card-last">
        <Show
          when={last()}
          fallback={
            <span class="session-card-none">
              {props.row.lastRequestId === null ? "No request yet" : "Open it to see what was done last"}
            </span>
          }
        >
          {(request) => (
            <>
              <span class="session-card-request" data-tone={requestStateWords[request().state].tone}>
                <StateGlyph tone={requestStateWords[request().state].tone} />
                <span class="visually-hidden">Last request {requestStateWords[request().state].word}: </span>
                <span>{request().title}</span>
              </span>
              <span class="session-card-tail mono" aria-hidden="true">
                {request().answer === "" ? "…" : tailOf(request().answer)}
              </span>
            </>
          )}
        </Show>
      </span>
      <span class="session-card-foot">
        <span class="mono">{props.row.driver}</span>
        <Show when={props.row.nodeId} fallback={<span>no node yet</span>}>
          <span>
            <RuntimeWord runtime={props.row.runtime} /> on {props.row.nodeId}
          </span>
        </Show>
        <span class="session-card-count numeric">
          {props.row.requestCount} {props.row.requestCount === 1 ? "request" : "requests"}
        </span>
        <span class="session-card-known">
          {sessionStateWords[props.row.state].word} since: {eventWords(props.row.stateSource)},{" "}
          <Age atMillis={props.row.stateAtMillis} suffix=" ago" />
        </span>
      </span>
    </A>
  )
}

export default function SessionsPage() {
  const { api, store } = useConsole()
  const list = createPagedList({
    name: "sessions",
    key: () => null,
    rows: () => Object.values(store.state.sessions),
    matches: () => true,
    ageOf: (row) => row.updatedAtMillis,
    fetch: async (_key, page) => {
      // The cards show each session's last request, which is most often among the newest.
      const [sessions, requests] = await Promise.all([api.sessions(page), api.requests({ limit: 100 })])
      store.hold({ requests })
      return sessions
    },
    hold: (sessions) => store.hold({ sessions }),
  })
  return (
    <>
      <PageHeader title="Sessions" />
      <RowList
        list={list}
        listKey="sessions"
        label="Sessions"
        class="session-cards"
        skeleton={<SkeletonRows count={4} tall />}
        empty={
          <EmptyState title="No sessions yet">
            <p>
              The first request opens one. A session is a conversation with an agent in a terminal of its own.
            </p>
            <PrivateAddress />
            <A class="button primary" href={paths.compose()}>
              New request
            </A>
          </EmptyState>
        }
      >
        {(id) => <Show when={store.state.sessions[id]}>{(row) => <SessionCard row={row()} />}</Show>}
      </RowList>
    </>
  )
}
