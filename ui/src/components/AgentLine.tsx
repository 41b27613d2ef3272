import TriangleAlert from "lucide-solid/icons/triangle-alert"
import type { AgentState } from "@maillm/schema/Turn"
import { Show } from "solid-js"
import { driverWords, paneStateWords } from "../format/agentWords.ts"
import { formatMoment } from "../format/moment.ts"
import { Age } from "./Moment.tsx"
import { StateBadge } from "./StateBadge.tsx"
import { VisibleText } from "./VisibleText.tsx"
import "./AgentLine.css"

/** What an agent is doing, who says so, when it last said so, and what speaks against it. */
export const AgentLine = (props: { readonly agent: AgentState; readonly withDriver?: boolean }) => (
  <span class="agent-line">
    <StateBadge state={paneStateWords[props.agent.state]} />
    <span
      class="agent-known"
      title={`${driverWords[props.agent.driver]}: ${paneStateWords[props.agent.state].word} since ${formatMoment(props.agent.sinceMillis)}`}
    >
      <Show when={props.withDriver === true}>{driverWords[props.agent.driver]} · </Show>
      {props.agent.source} · <Age atMillis={props.agent.seenAtMillis} suffix=" ago" />
    </span>
    <Show when={props.agent.waitingFor !== ""}>
      <span class="agent-for">
        for <VisibleText text={props.agent.waitingFor} />
      </span>
    </Show>
    <Show when={props.agent.conflict !== ""}>
      <span class="agent-conflict">
        <TriangleAlert size={13} aria-hidden="true" />
        <span class="visually-hidden">But: </span>
        <VisibleText text={props.agent.conflict} />
      </span>
    </Show>
  </span>
)
