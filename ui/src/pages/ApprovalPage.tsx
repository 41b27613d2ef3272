import { A, useParams } from "@solidjs/router"
import Inbox from "lucide-solid/icons/inbox"
import type { ApprovalRow, TimelineRow } from "@maillm/schema/ReadModel"
import { createMemo, Show } from "solid-js"
import { ApprovalCard } from "../components/ApprovalCard.tsx"
import { PageHeader } from "../components/PageHeader.tsx"
import { FailureState, SkeletonRows } from "../components/Placeholder.tsx"
import { Timeline } from "../components/Timeline.tsx"
import { formatMoment } from "../format/moment.ts"
import { paths } from "../routes.ts"
import { approvalSteps } from "../state/approvalSteps.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { createQuery } from "../state/createQuery.ts"
import "../components/Card.css"
import "./ApprovalPage.css"

const Facts = (props: { readonly row: ApprovalRow }) => (
  <dl class="facts">
    <dt>Asked</dt>
    <dd class="numeric">{formatMoment(props.row.askedAtMillis)}</dd>
    <Show
      when={props.row.decidedAtMillis}
      fallback={
        <>
          <dt>Counts as denied</dt>
          <dd class="numeric">{formatMoment(props.row.expiresAtMillis)}</dd>
        </>
      }
    >
      {(at) => (
        <>
          <dt>Ended</dt>
          <dd class="numeric">{formatMoment(at())}</dd>
        </>
      )}
    </Show>
    <dt>Class</dt>
    <dd class="mono">{props.row.class}</dd>
    <dt>Good for</dt>
    <dd>
      this tool, input and folder only
      <div class="approval-hash mono" title="SHA-256 over tool, input and folder">
        {props.row.inputHash}
      </div>
    </dd>
    <dt>Id</dt>
    <dd class="mono">{props.row.id}</dd>
  </dl>
)

/** One question with what became of it. */
export default function ApprovalPage() {
  const { api, store, onSignedOut } = useConsole()
  const params = useParams()
  const id = () => params["id"] ?? ""
  const query = createQuery({
    key: id,
    load: async (approvalId) => {
      const row = await api.approval(approvalId)
      store.hold({ approvals: [row] })
      const detail = await api.request(row.requestId)
      store.hold({
        approvals: detail.approvals,
        requests: [detail.request],
        timeline: detail.timeline,
        sessions: detail.session === null ? [] : [detail.session],
      })
      return true
    },
    stale: store.staleness,
    onSignedOut,
  })
  const row = () => store.state.approvals[id()]
  const history = createMemo((): ReadonlyArray<TimelineRow> => {
    const requestId = row()?.requestId
    const steps = Object.values(store.state.timeline)
      .filter((step) => step.requestId === requestId)
      .toSorted((a, b) => a.position - b.position)
    const of = approvalSteps(
      steps,
      Object.values(store.state.approvals).filter((other) => other.requestId === requestId),
    )
    return steps.filter((step) => of.get(step.position) === id())
  })
  return (
    <>
      <PageHeader
        title={`Question ${row()?.code ?? ""}`.trim()}
        back={{ href: paths.needsYou, word: "Needs you" }}
      >
        <Show when={row()}>
          {(known) => (
            <A class="button" href={paths.request(known().requestId)}>
              <Inbox size={14} aria-hidden="true" />
              Request
            </A>
          )}
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
          <div class="approval-page">
            <ApprovalCard row={known()} />
            <div class="approval-page-rest">
              <section aria-labelledby="history-heading">
                <h2 id="history-heading">History</h2>
                <Show when={history().length > 0} fallback={<p class="card-note">No step of it is held.</p>}>
                  <Timeline rows={history()} />
                </Show>
              </section>
              <section aria-labelledby="facts-heading">
                <h2 id="facts-heading">Facts</h2>
                <Facts row={known()} />
              </section>
            </div>
          </div>
        )}
      </Show>
    </>
  )
}
