import type { Usage } from "@maillm/schema/Turn"
import { Show } from "solid-js"
import { formatCost, formatCount } from "../format/money.ts"

/** Tokens and money of a turn, as rows of a list of facts. */
export const UsageFacts = (props: { readonly usage: Usage }) => (
  <>
    <dt>Cost</dt>
    <dd class="numeric">{formatCost(props.usage.costMicroUsd)}</dd>
    <dt>Tokens</dt>
    <dd class="numeric">
      {formatCount(props.usage.inputTokens)} in, {formatCount(props.usage.outputTokens)} out
    </dd>
    <Show when={props.usage.cacheReadTokens + props.usage.cacheWriteTokens > 0}>
      <dt>Cache</dt>
      <dd class="numeric">
        {formatCount(props.usage.cacheReadTokens)} read, {formatCount(props.usage.cacheWriteTokens)} written
      </dd>
    </Show>
    <Show when={props.usage.models.length > 0}>
      <dt>{props.usage.models.length === 1 ? "Model" : "Models"}</dt>
      <dd class="mono">{props.usage.models.join(", ")}</dd>
    </Show>
  </>
)
