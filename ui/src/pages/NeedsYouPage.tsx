import { A } from "@solidjs/router"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { createMemo, createSignal, For, Show } from "solid-js"
import { ApprovalCard } from "../components/ApprovalCard.tsx"
import { Age } from "../components/Moment.tsx"
import { PageHeader } from "../components/PageHeader.tsx"
import { EmptyState, FailureState, SkeletonRows } from "../components/Placeholder.tsx"
import { StateBadge } from "../components/StateBadge.tsx"
import { UnreachableAddresses } from "../components/UnreachableAddresses.tsx"
import { VisibleText } from "../components/VisibleText.tsx"
import { approvalStateWords, classWord, viaWords } from "../format/approvalWords.ts"
import { paths } from "../routes.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { createHeldQueue } from "../state/createHeldQueue.ts"
import { createQuery } from "../state/createQuery.ts"
import { mendApprovals } from "../state/mendApprovals.ts"
import "./NeedsYouPage.css"

const latelyShown = 12
/** Of a command in one line. */
const oneLine = 200

const decidedAt = (row: ApprovalRow) => row.decidedAtMillis ?? row.updatedAtMillis

const Lately = (props: { readonly rows: ReadonlyArray<ApprovalRow> }) => (
  <section class="lately" aria-labelledby="lately-heading">
    <h2 id="lately-heading">Answered lately</h2>
    <ul>
      <For each={props.rows}>
        {(row) => (
          <li>
            <A class="lately-row" href={paths.approval(row.id)}>
              <StateBadge state={approvalStateWords[row.state]} />
              <span class="lately-what">
                <span class="visually-hidden">{classWord(row.class)}: </span>
                <code>
                  <VisibleText text={row.command.slice(0, oneLine).replaceAll("\n", " ")} />
                </code>
              </span>
              <span class="row-quiet lately-who">
                {row.decidedVia === null
                  ? classWord(row.class)
                  : `${row.decidedBy} ${viaWords[row.decidedVia]}`}
              </span>
              <span class="row-number">
                <Age atMillis={decidedAt(row)} />
              </span>
            </A>
          </li>
        )}
      </For>
    </ul>
  </section>
)

const Nothing = () => (
  <EmptyState title="Nothing needs you">
    <p>
      When an agent wants to do something that cannot be undone, or that reaches beyond its workspace, it
      stops, and the question appears here with the exact command. The same question goes out by mail: the
      first answer counts, wherever it is given.
    </p>
    <p>Until then everything that runs is in Requests.</p>
    <A class="button" href={paths.requests}>
      Open Requests
    </A>
  </EmptyState>
)

/** What waits for a person, oldest first, answered where it stands. */
export default function NeedsYouPage() {
  const { api, store, approvals, me, onSignedOut, signedIn } = useConsole()
  const [focused, setFocused] = createSignal<string | null>(null)
  /** The mails that came back from addresses which are tried again: the account's row follows a moment later. */
  const [retried, setRetried] = createSignal<ReadonlySet<string>>(new Set())
  const unreachable = () => (me()?.user.unreachable ?? []).filter((row) => !retried().has(row.messageId))
  const query = createQuery({
    key: () => "needs-you",
    load: async () => {
      await Promise.all([signedIn(), mendApprovals(api, store)])
      return true
    },
    stale: store.staleness,
    onSignedOut,
  })
  const queue = createHeldQueue(
    () => approvals.pending().map((row) => row.id),
    focused,
    (id) => store.state.approvals[id]?.askedAtMillis ?? 0,
  )
  const lately = createMemo(() => {
    const shown = new Set(queue.ids())
    return Object.values(store.state.approvals)
      .filter((row) => row.state !== "pending" && !shown.has(row.id))
      .toSorted((a, b) => decidedAt(b) - decidedAt(a))
      .slice(0, latelyShown)
  })
  const cardOf = (target: EventTarget | null) =>
    target instanceof Element
      ? (target.closest("[data-approval]")?.getAttribute("data-approval") ?? null)
      : null
  const waitWords = () => {
    const count = approvals.count()
    return count === 1 ? "1 question waits" : `${count} questions wait`
  }
  return (
    <>
      <PageHeader
        title="Needs you"
        note={<span role="status">{approvals.count() === 0 ? "" : `${waitWords()}, oldest first`}</span>}
      />
      <Show
        when={query.answer() === true || queue.ids().length > 0}
        fallback={
          <Show when={query.failure()} fallback={<SkeletonRows count={3} tall />}>
            {(failure) => <FailureState failure={failure()} retry={query.reload} />}
          </Show>
        }
      >
        <div class="needs-you">
          <Show when={unreachable().length > 0}>
            <UnreachableAddresses
              rows={unreachable()}
              onRetried={({ messageId }) => setRetried((ids) => new Set([...ids, messageId]))}
            />
          </Show>
          <Show
            when={queue.ids().length > 0}
            fallback={
              <Show when={unreachable().length === 0}>
                <Nothing />
              </Show>
            }
          >
            <ul
              class="approval-list"
              aria-label="Questions"
              data-list
              {...queue.pointer}
              onFocusIn={(event) => setFocused(cardOf(event.target))}
              onFocusOut={(event) => setFocused(cardOf(event.relatedTarget))}
            >
              <For each={queue.ids()}>
                {(id) => (
                  <li>
                    <Show when={store.state.approvals[id]}>
                      {(row) => <ApprovalCard row={row()} opens />}
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          </Show>
          <Show when={lately().length > 0}>
            <Lately rows={lately()} />
          </Show>
        </div>
      </Show>
    </>
  )
}
