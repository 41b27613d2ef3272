import { A } from "@solidjs/router"
import Terminal from "lucide-solid/icons/square-terminal"
import type { RequestRow, SessionRow } from "@maillm/schema/ReadModel"
import { createEffect, createMemo, createSignal, on, Show } from "solid-js"
import { AgentLine } from "../components/AgentLine.tsx"
import { Age } from "../components/Moment.tsx"
import { PageHeader } from "../components/PageHeader.tsx"
import { EmptyState, SkeletonRows } from "../components/Placeholder.tsx"
import { PaneThumbnail } from "../components/PaneThumbnail.tsx"
import { PrivateAddress } from "../components/PrivateAddress.tsx"
import { RowList } from "../components/RowList.tsx"
import { RuntimeWord } from "../components/RuntimeWord.tsx"
import { StateBadge, StateGlyph } from "../components/StateBadge.tsx"
import { driverWords } from "../format/agentWords.ts"
import { formatCost } from "../format/money.ts"
import { eventWords, requestStateWords, sessionStateWords } from "../format/words.ts"
import { paths } from "../routes.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { createPagedList } from "../state/createPagedList.ts"
import { createVisible } from "../state/createVisible.ts"
import { makePaneSlots, type PaneSlots } from "../terminal/paneSlots.ts"
import "./SessionsPage.css"

/** Panes followed or looked at together, of the 16 that a socket may have open. */
const watchedLimit = 8
/** Lines of the last answer shown on a card until its pane is. */
const tailLines = 8
const tailOf = (answer: string) => answer.trimEnd().split("\n").slice(-tailLines).join("\n")

/** The session's last request; fetched once the card is seen, unless it is held already. */
const createLastRequest = (row: () => SessionRow, visible: () => boolean) => {
  const { api, store } = useConsole()
  const last = () => {
    const id = row().lastRequestId
    return id === null ? undefined : store.state.requests[id]
  }
  const missing = createMemo(() => (visible() && last() === undefined ? row().lastRequestId : null))
  createEffect(
    on(missing, (id) => {
      // A failure is no news here: the connection's state is said elsewhere, and the card does without.
      if (id !== null) api.requests({ sessionId: row().id, limit: 1 }).then(holdRequests, () => undefined)
    }),
  )
  const holdRequests = (requests: ReadonlyArray<RequestRow>) => store.hold({ requests })
  return last
}

const SessionCard = (props: { readonly row: SessionRow; readonly slots: PaneSlots }) => {
  const { store } = useConsole()
  let card: HTMLAnchorElement | undefined
  const [pointed, setPointed] = createSignal(false)
  const visible = createVisible(() => card)
  const last = createLastRequest(() => props.row, visible)
  return (
    <A
      class="session-card"
      href={paths.session(props.row.id)}
      data-row
      ref={(element: HTMLAnchorElement) => {
        card = element
      }}
      onPointerEnter={(event) => setPointed(event.pointerType === "mouse")}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setPointed(true)}
      onBlur={() => setPointed(false)}
    >
      <span class="session-card-head">
        <Terminal size={16} aria-hidden="true" />
        <span class="session-card-title">{props.row.title}</span>
        <StateBadge state={sessionStateWords[props.row.state]} filled={props.row.state === "running"} />
      </span>
      <span class="session-card-last">
        <span class="session-card-request">
          <Show when={last()} fallback={props.row.lastRequestId === null ? "No request yet" : ""}>
            {(request) => (
              <>
                <span class="session-card-glyph" data-tone={requestStateWords[request().state].tone}>
                  <StateGlyph tone={requestStateWords[request().state].tone} />
                </span>
                <span class="visually-hidden">Last request {requestStateWords[request().state].word}: </span>
                <span>{request().title}</span>
              </>
            )}
          </Show>
        </span>
        <PaneThumbnail row={props.row} visible={visible()} pointed={pointed()} slots={props.slots}>
          <span class="session-card-tail mono">{tailOf(last()?.answer ?? "")}</span>
        </PaneThumbnail>
      </span>
      <span class="session-card-foot">
        <span>{driverWords[props.row.driver]}</span>
        <Show when={props.row.nodeId} fallback={<span>no node yet</span>}>
          <span>
            <RuntimeWord runtime={props.row.runtime} /> on {props.row.nodeId}
          </span>
        </Show>
        <span class="session-card-count numeric">
          {props.row.requestCount} {props.row.requestCount === 1 ? "request" : "requests"}
        </span>
        <Show when={props.row.costMicroUsd}>
          {(cost) => <span class="numeric">{formatCost(cost())}</span>}
        </Show>
        <span class="session-card-known">
          <Show
            when={store.agent(props.row.id)}
            fallback={
              <>
                {sessionStateWords[props.row.state].word} since: {eventWords(props.row.stateSource)},{" "}
                <Age atMillis={props.row.stateAtMillis} suffix=" ago" />
              </>
            }
          >
            {(agent) => <AgentLine agent={agent()} />}
          </Show>
        </span>
      </span>
    </A>
  )
}

export default function SessionsPage() {
  const { api, store } = useConsole()
  const slots = makePaneSlots(watchedLimit)
  const list = createPagedList({
    name: "sessions",
    key: () => null,
    rows: () => Object.values(store.state.sessions),
    matches: () => true,
    ageOf: (row) => row.updatedAtMillis,
    fetch: (_key, page) => api.sessions(page),
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
        {(id) => (
          <Show when={store.state.sessions[id]}>{(row) => <SessionCard row={row()} slots={slots} />}</Show>
        )}
      </RowList>
    </>
  )
}
