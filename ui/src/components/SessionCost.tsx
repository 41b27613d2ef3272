import { A } from "@solidjs/router"
import type { RequestRow } from "@maillm/schema/ReadModel"
import { createMemo, For, Show } from "solid-js"
import { driverWords } from "../format/agentWords.ts"
import { formatCost, formatTokens } from "../format/money.ts"
import { paths } from "../routes.ts"
import { sumUsage } from "../state/sumUsage.ts"
import { Age } from "./Moment.tsx"
import { EmptyState } from "./Placeholder.tsx"
import "./SessionCost.css"

/** What the turns of a session have cost, the latest first. */
export const SessionCost = (props: {
  readonly requests: ReadonlyArray<RequestRow>
  /** What the session's own sum says, which has turns that are not among these. */
  readonly costMicroUsd: number | undefined
}) => {
  const rows = createMemo(() =>
    props.requests
      .filter((row) => row.usage !== undefined)
      .toSorted((a, b) => b.createdAtMillis - a.createdAtMillis),
  )
  const sum = createMemo(() =>
    sumUsage(rows().flatMap((row) => (row.usage === undefined ? [] : [row.usage]))),
  )
  return (
    <Show
      when={rows().length > 0}
      fallback={
        <EmptyState title="Nothing was counted yet">
          <p>Tokens and cost of each turn come here when a coding agent has worked. A shell costs nothing.</p>
        </EmptyState>
      }
    >
      <div class="session-cost">
        <p class="cost-sum">
          <strong class="numeric">{formatCost(props.costMicroUsd ?? sum().costMicroUsd)}</strong>
          <span>
            in this session so far
            {sum().unpriced > 0
              ? `, without ${sum().unpriced} ${sum().unpriced === 1 ? "turn" : "turns"} whose price is not known`
              : ""}
          </span>
        </p>
        <div class="cost-scroll" tabIndex={0} role="region" aria-label="Cost of each request">
          <table class="cost-table">
            <thead>
              <tr>
                <th scope="col">Request</th>
                <th scope="col">Agent</th>
                <th scope="col">In</th>
                <th scope="col">Out</th>
                <th scope="col">Cache read</th>
                <th scope="col">Cache written</th>
                <th scope="col">Cost</th>
                <th scope="col">Age</th>
              </tr>
            </thead>
            <tbody>
              <For each={rows()}>
                {(row) => (
                  <Show when={row.usage}>
                    {(usage) => (
                      <tr>
                        <th scope="row">
                          <A href={paths.request(row.id)}>{row.title}</A>
                        </th>
                        <td>{row.driver === undefined ? "" : driverWords[row.driver]}</td>
                        <td>{formatTokens(usage().inputTokens)}</td>
                        <td>{formatTokens(usage().outputTokens)}</td>
                        <td>{formatTokens(usage().cacheReadTokens)}</td>
                        <td>{formatTokens(usage().cacheWriteTokens)}</td>
                        <td class="cost-money">{formatCost(usage().costMicroUsd)}</td>
                        <td>
                          <Age atMillis={row.createdAtMillis} />
                        </td>
                      </tr>
                    )}
                  </Show>
                )}
              </For>
            </tbody>
            <Show when={rows().length > 1}>
              <tfoot>
                <tr>
                  <th scope="row">These together</th>
                  <td />
                  <td>{formatTokens(sum().inputTokens)}</td>
                  <td>{formatTokens(sum().outputTokens)}</td>
                  <td>{formatTokens(sum().cacheReadTokens)}</td>
                  <td>{formatTokens(sum().cacheWriteTokens)}</td>
                  <td class="cost-money">{formatCost(sum().costMicroUsd)}</td>
                  <td />
                </tr>
              </tfoot>
            </Show>
          </table>
        </div>
      </div>
    </Show>
  )
}
