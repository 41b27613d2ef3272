import { A, useParams } from "@solidjs/router"
import Plus from "lucide-solid/icons/plus"
import Terminal from "lucide-solid/icons/square-terminal"
import type { RequestRow } from "@maillm/schema/ReadModel"
import { createEffect, createMemo, For, onCleanup, Show } from "solid-js"
import { ApprovalCard } from "../components/ApprovalCard.tsx"
import { AskedStep } from "../components/AskedStep.tsx"
import { Answer } from "../components/Answer.tsx"
import { Attachments } from "../components/Attachments.tsx"
import { CancelButton } from "../components/CancelButton.tsx"
import { Changes } from "../components/Changes.tsx"
import { Files } from "../components/Files.tsx"
import { MessageCard } from "../components/MessageCard.tsx"
import { Age } from "../components/Moment.tsx"
import { PageHeader } from "../components/PageHeader.tsx"
import { FailureState, SkeletonRows } from "../components/Placeholder.tsx"
import { ChannelWord, formatRunning, tookMillis } from "../components/RequestRowLink.tsx"
import { Recording } from "../components/Recording.tsx"
import { StateBadge } from "../components/StateBadge.tsx"
import { Timeline } from "../components/Timeline.tsx"
import { UsageFacts } from "../components/UsageFacts.tsx"
import { driverWords } from "../format/agentWords.ts"
import { formatDuration } from "../format/duration.ts"
import { formatMoment } from "../format/moment.ts"
import { activeStates, requestStateWords } from "../format/words.ts"
import { paths } from "../routes.ts"
import { approvalSteps } from "../state/approvalSteps.ts"
import { now } from "../state/clock.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { createQuery } from "../state/createQuery.ts"
import { isFresh } from "../state/freshRequests.ts"
import "../components/Card.css"
import "./RequestPage.css"

/** How often a request that was just made here is looked for while the read model catches up. */
const freshRetryMillis = 400

const Facts = (props: { readonly row: RequestRow }) => {
  const { store } = useConsole()
  const session = () => store.state.sessions[props.row.sessionId]
  const took = () => tookMillis(props.row, now())
  return (
    <dl class="facts">
      <dt>Came by</dt>
      <dd>
        <ChannelWord channel={props.row.channel} />
      </dd>
      <dt>Created</dt>
      <dd class="numeric">{formatMoment(props.row.createdAtMillis)}</dd>
      <Show when={props.row.startedAtMillis}>
        {(started) => (
          <>
            <dt>Waited</dt>
            <dd class="numeric">{formatDuration(started() - props.row.createdAtMillis)}</dd>
          </>
        )}
      </Show>
      <Show when={took() !== null}>
        <dt>Took</dt>
        <dd class="numeric">
          {props.row.endedAtMillis === null ? formatRunning(took() ?? 0) : formatDuration(took() ?? 0)}
        </dd>
      </Show>
      <Show when={props.row.exitCode !== null}>
        <dt>Exit code</dt>
        <dd class="mono">{props.row.exitCode}</dd>
      </Show>
      <Show when={props.row.driver}>
        {(driver) => (
          <>
            <dt>Agent</dt>
            <dd>{driverWords[driver()]}</dd>
          </>
        )}
      </Show>
      <Show when={props.row.usage}>{(usage) => <UsageFacts usage={usage()} />}</Show>
      <dt>Session</dt>
      <dd>
        <A href={paths.session(props.row.sessionId)}>{session()?.title ?? props.row.sessionId}</A>
      </dd>
      <Show when={props.row.nodeId}>
        <dt>Node</dt>
        <dd class="mono">{props.row.nodeId}</dd>
      </Show>
      <dt>Id</dt>
      <dd class="mono">{props.row.id}</dd>
    </dl>
  )
}

/** It waits for something else than an answer: a node, a provider's limit. */
const isParked = (row: RequestRow, asks: boolean) => row.state === "waiting" && !asks

const pendingWords = (row: RequestRow, asks: boolean) => {
  if (row.state === "running")
    return "Working on it. The answer comes here at its end; the terminal shows it now."
  if (asks) return "It goes on when you have answered."
  return row.stateReason === "" ? "Not answered yet." : row.stateReason
}

const Detail = (props: { readonly row: RequestRow; readonly loaded: boolean }) => {
  const { store } = useConsole()
  const steps = createMemo(() =>
    Object.values(store.state.timeline)
      .filter((step) => step.requestId === props.row.id)
      .toSorted((a, b) => a.position - b.position),
  )
  const messages = createMemo(() =>
    Object.values(store.state.messages)
      .filter((message) => message.requestId === props.row.id)
      .toSorted((a, b) => a.atMillis - b.atMillis),
  )
  const approvals = createMemo(() =>
    Object.values(store.state.approvals)
      .filter((approval) => approval.requestId === props.row.id)
      .toSorted((a, b) => a.askedAtMillis - b.askedAtMillis),
  )
  // Answered here, a question stays where it is as long as the page is open.
  const asked = createMemo<ReadonlyArray<string>>(
    (before) =>
      approvals()
        .filter((approval) => approval.state === "pending" || before.includes(approval.id))
        .map((approval) => approval.id),
    [],
  )
  const stepApprovals = createMemo(() => approvalSteps(steps(), approvals()))
  const answered = () => props.row.endedAtMillis !== null || props.row.answer !== ""
  return (
    <div class="request-page">
      <div class="request-main">
        <div class="request-summary" data-tone={requestStateWords[props.row.state].tone}>
          <StateBadge state={requestStateWords[props.row.state]} filled />
          <p>
            <Show
              when={props.row.outcome !== ""}
              fallback={answered() || props.row.state === "running" ? props.row.stateReason : ""}
            >
              {props.row.outcome}
            </Show>
          </p>
          <span class="request-summary-age">
            <Age atMillis={props.row.updatedAtMillis} suffix=" ago" />
          </span>
        </div>
        <For each={asked()}>
          {(id) => (
            <Show when={store.state.approvals[id]}>
              {(approval) => <ApprovalCard row={approval()} withRequest={false} />}
            </Show>
          )}
        </For>
        <section class="card" aria-labelledby="asked-heading">
          <header class="card-head">
            <h2 id="asked-heading">Request</h2>
          </header>
          <pre class="card-body plain-text">{props.row.text}</pre>
          <Attachments files={props.row.attachments} owner={{ requestId: props.row.id }} />
        </section>
        <Show
          when={answered()}
          fallback={
            <section class="card card-pending" aria-label="Answer">
              <p>{pendingWords(props.row, asked().length > 0)}</p>
              <Show when={isParked(props.row, asked().length > 0)}>
                <CancelButton requestId={props.row.id} running={false} />
              </Show>
              <Show when={props.row.state === "running"}>
                <A class="button" href={paths.session(props.row.sessionId)}>
                  <Terminal size={14} aria-hidden="true" />
                  Watch the terminal
                </A>
              </Show>
            </section>
          }
        >
          <Answer row={props.row} />
        </Show>
        <Show when={props.row.files}>{(files) => <Files files={files()} requestId={props.row.id} />}</Show>
        <Show when={props.row.changes}>
          {(changes) => (
            <Show when={changes().fileCount > 0}>
              <Changes changes={changes()} requestId={props.row.id} />
            </Show>
          )}
        </Show>
        <Show when={props.row.recording}>
          {(blob) => <Recording blob={blob()} requestId={props.row.id} />}
        </Show>
        <Show when={messages().length > 0}>
          <section class="card" aria-labelledby="messages-heading">
            <header class="card-head">
              <h2 id="messages-heading">Messages</h2>
              <span class="card-note numeric">{messages().length}</span>
            </header>
            <For each={messages()}>{(message) => <MessageCard row={message} />}</For>
          </section>
        </Show>
      </div>
      <aside class="request-side" aria-label="Facts and timeline">
        <Facts row={props.row} />
        <section aria-labelledby="timeline-heading">
          <h2 id="timeline-heading">Timeline</h2>
          <Show when={props.loaded || steps().length > 0} fallback={<SkeletonRows count={5} />}>
            <Timeline
              rows={steps()}
              below={(step) => (
                <Show when={step.type === "ApprovalAsked"}>
                  <Show when={store.state.approvals[stepApprovals().get(step.position) ?? ""]}>
                    {(approval) => <AskedStep row={approval()} />}
                  </Show>
                </Show>
              )}
            />
          </Show>
        </section>
      </aside>
    </div>
  )
}

export default function RequestPage() {
  const { api, store, approvals, onSignedOut } = useConsole()
  const params = useParams()
  const id = () => params["id"] ?? ""
  const query = createQuery({
    key: id,
    load: async (requestId) => {
      const detail = await api.request(requestId)
      store.hold({
        requests: [detail.request],
        timeline: detail.timeline,
        messages: detail.messages,
        sessions: detail.session === null ? [] : [detail.session],
        approvals: detail.approvals,
      })
      return true
    },
    stale: store.staleness,
    onSignedOut,
  })
  const row = () => store.state.requests[id()]
  const asks = () => approvals.pending().some((approval) => approval.requestId === id())
  const awaited = () => query.failure()?.kind === "not-found" && isFresh(id(), Date.now())
  createEffect(() => {
    if (!awaited()) return
    const timer = setTimeout(query.reload, freshRetryMillis)
    onCleanup(() => clearTimeout(timer))
  })
  return (
    <>
      <PageHeader title={row()?.title ?? "Request"} back={{ href: paths.requests, word: "Requests" }}>
        <Show when={row()}>
          {(known) => (
            <>
              <Show when={activeStates.has(known().state) && !isParked(known(), asks())}>
                <CancelButton requestId={known().id} running={known().state === "running"} />
              </Show>
              <A class="button request-terminal" href={paths.session(known().sessionId)}>
                <Terminal size={14} aria-hidden="true" />
                Terminal
              </A>
              <A
                class="button"
                href={paths.compose(known().sessionId)}
                aria-label="Send another request in this session"
                title="Send another request in this session"
              >
                <Plus size={14} aria-hidden="true" />
                <span class="wide-only">Another in this session</span>
              </A>
            </>
          )}
        </Show>
      </PageHeader>
      <Show
        when={row()}
        fallback={
          <Show when={awaited() ? undefined : query.failure()} fallback={<SkeletonRows count={8} />}>
            {(failure) => <FailureState failure={failure()} retry={query.reload} />}
          </Show>
        }
      >
        {(known) => <Detail row={known()} loaded={query.answer() === true} />}
      </Show>
    </>
  )
}
