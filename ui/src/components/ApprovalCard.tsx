import { A, useNavigate } from "@solidjs/router"
import Clock from "lucide-solid/icons/clock"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { reasonSentence } from "@maillm/schema/reasonSentence"
import { visibleText } from "@maillm/schema/visibleText"
import { createEffect, createMemo, on, Show } from "solid-js"
import { driverWords } from "../format/agentWords.ts"
import { approvalKindWords, approvalStateWords, classWord } from "../format/approvalWords.ts"
import { formatCountdown } from "../format/duration.ts"
import { formatMoment } from "../format/moment.ts"
import { paths } from "../routes.ts"
import { endedWords, standingOf, tooLateWords } from "../state/approvalStanding.ts"
import { now } from "../state/clock.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { ApprovalAnswer } from "./ApprovalAnswer.tsx"
import { CopyButton } from "./CopyButton.tsx"
import { Age, Clock as ClockTime } from "./Moment.tsx"
import { ChannelWord } from "./RequestRowLink.tsx"
import { StateBadge } from "./StateBadge.tsx"
import { unseenCount, VisibleText } from "./VisibleText.tsx"
import "./ApprovalCard.css"

/** The last seconds are told in another colour. */
const hurryMillis = 60_000
const longLines = 14

const Countdown = (props: { readonly row: ApprovalRow }) => {
  const left = () => props.row.expiresAtMillis - now()
  return (
    <Show when={left() > 0} fallback={<StateBadge state={approvalStateWords.expired} />}>
      <span
        class="approval-left numeric"
        data-hurry={left() < hurryMillis ? "" : undefined}
        title={`Counts as denied at ${formatMoment(props.row.expiresAtMillis)}`}
      >
        <Clock size={14} aria-hidden="true" />
        <span class="visually-hidden">Counts as denied in </span>
        {formatCountdown(left())}
      </span>
    </Show>
  )
}

/** The request that waits; fetched once when it is not held, for the question does not say by which channel it came. */
const createRequestOf = (row: () => ApprovalRow) => {
  const { api, store } = useConsole()
  const request = () => store.state.requests[row().requestId]
  createEffect(
    on(
      () => (request() === undefined ? row().requestId : null),
      (id) => {
        if (id === null) return
        // A failure is no news here: the card does without the channel.
        api.request(id).then(
          (detail) =>
            store.hold({
              requests: [detail.request],
              sessions: detail.session === null ? [] : [detail.session],
            }),
          () => undefined,
        )
      },
    ),
  )
  return request
}

const Whence = (props: { readonly row: ApprovalRow; readonly withRequest: boolean }) => {
  const { store } = useConsole()
  const request = createRequestOf(() => props.row)
  const session = () => store.state.sessions[props.row.sessionId]
  return (
    <dl class="approval-facts">
      <Show when={props.withRequest}>
        <div class="approval-fact-wide">
          <dt>Request</dt>
          <dd>
            <A href={paths.request(props.row.requestId)}>{props.row.title}</A>
          </dd>
        </div>
      </Show>
      <div>
        <dt>Session</dt>
        <dd>
          <A href={paths.session(props.row.sessionId)}>{session()?.title ?? props.row.sessionId}</A>
        </dd>
      </div>
      <Show when={request()}>
        {(known) => (
          <div>
            <dt>Came by</dt>
            <dd>
              <ChannelWord channel={known().channel} />
            </dd>
          </div>
        )}
      </Show>
      <Show when={props.row.nodeId}>
        <div>
          <dt>Node</dt>
          <dd class="mono">{props.row.nodeId}</dd>
        </div>
      </Show>
      <div>
        <dt>Asked</dt>
        <dd>
          <Age atMillis={props.row.askedAtMillis} suffix=" ago" />
        </dd>
      </div>
      <div>
        <dt>Code</dt>
        <dd class="mono">{props.row.code}</dd>
      </div>
    </dl>
  )
}

const Command = (props: { readonly row: ApprovalRow }) => {
  const hidden = createMemo(() => unseenCount(props.row.command))
  const lines = createMemo(() => props.row.command.split("\n").length)
  return (
    <div class="approval-command">
      <div class="approval-where">
        <span class="approval-tool mono">{props.row.tool}</span>
        <Show when={props.row.cwd !== ""}>
          <span class="approval-cwd">
            in{" "}
            <code>
              <VisibleText text={props.row.cwd} />
            </code>
          </span>
        </Show>
        <CopyButton text={() => visibleText(props.row.command)} what="the command" />
      </div>
      <pre tabIndex={0} aria-label="What will run" data-long={lines() > longLines ? "" : undefined}>
        <VisibleText text={props.row.command} />
      </pre>
      <Show when={hidden() > 0}>
        <p class="approval-hidden">
          {hidden() === 1
            ? "One character of it cannot be seen; it is shown as an escape."
            : `${hidden()} characters of it cannot be seen; they are shown as escapes.`}
        </p>
      </Show>
      <Show when={lines() > longLines}>
        <p class="approval-more numeric">{lines()} lines: scroll to read all of it.</p>
      </Show>
    </div>
  )
}

const Ended = (props: { readonly row: ApprovalRow; readonly late: boolean }) => (
  <div class="approval-ended" role="status">
    <StateBadge state={approvalStateWords[props.row.state]} filled />
    <span>
      <Show when={props.late} fallback={endedWords(props.row).replace(/^[^:]*? by /, "by ")}>
        {tooLateWords(props.row)}. Your answer came later.
      </Show>
      <Show when={props.row.decidedAtMillis}>
        {(at) => (
          <>
            {" · "}
            <ClockTime atMillis={at()} />
          </>
        )}
      </Show>
    </span>
    <Show when={props.row.note !== ""}>
      <q class="approval-note">{props.row.note}</q>
    </Show>
  </div>
)

/**
 * One question: exactly what will run, why it was stopped, whence it came, and the answer. Answered by `a` and `d`
 * while it has the focus.
 */
export const ApprovalCard = (props: {
  readonly row: ApprovalRow
  /** On the request's own page its title says nothing new. */
  readonly withRequest?: boolean
  /** Opens the question's own page on Enter. */
  readonly opens?: boolean
}) => {
  const { store, approvals } = useConsole()
  const navigate = useNavigate()
  const sent = () => approvals.sentFor(props.row.id)
  const standing = () => standingOf(props.row, sent(), now())
  const ended = () => standing()._tag === "Ended" || standing()._tag === "Expired"
  const driver = () =>
    store.state.requests[props.row.requestId]?.driver ?? store.state.sessions[props.row.sessionId]?.driver
  const who = () => {
    const name = driver()
    return name === undefined ? "The agent" : driverWords[name]
  }
  return (
    <article
      class="approval"
      data-row
      data-approval={props.row.id}
      data-tone={approvalStateWords[standing()._tag === "Expired" ? "expired" : props.row.state].tone}
      data-ended={ended() ? "" : undefined}
      tabIndex={0}
      aria-labelledby={`approval-${props.row.id}`}
      aria-keyshortcuts="a d"
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.target === event.currentTarget && props.opens === true)
          navigate(paths.approval(props.row.id))
      }}
    >
      <header class="approval-head">
        <div>
          <h2 id={`approval-${props.row.id}`}>{classWord(props.row.class)}</h2>
          <p class="approval-who">
            <Show
              when={props.row.kind !== "request"}
              fallback={`${who()} ${approvalKindWords[props.row.kind]}`}
            >
              <strong>{who()}</strong> {approvalKindWords[props.row.kind]}
            </Show>
          </p>
        </div>
        <Show when={props.row.state === "pending"}>
          <Countdown row={props.row} />
        </Show>
      </header>
      <Command row={props.row} />
      <p class="approval-reason">{reasonSentence(props.row.reason)}</p>
      <Whence row={props.row} withRequest={props.withRequest !== false} />
      <Show
        when={props.row.state !== "pending"}
        fallback={<ApprovalAnswer row={props.row} standing={standing()} />}
      >
        <Ended row={props.row} late={sent()?.phase === "late"} />
      </Show>
    </article>
  )
}
