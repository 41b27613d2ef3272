import { A } from "@solidjs/router"
import Mail from "lucide-solid/icons/mail"
import Monitor from "lucide-solid/icons/monitor"
import type { RequestRow } from "@maillm/schema/ReadModel"
import { Show } from "solid-js"
import { formatDuration } from "../format/duration.ts"
import { formatCost } from "../format/money.ts"
import { activeStates, channelWords, requestStateWords } from "../format/words.ts"
import { paths } from "../routes.ts"
import { now } from "../state/clock.ts"
import { Age } from "./Moment.tsx"
import { StateBadge } from "./StateBadge.tsx"
import "./RequestRowLink.css"

export const ChannelWord = (props: { readonly channel: RequestRow["channel"] }) => (
  <span class="channel-word">
    <Show when={props.channel === "email"} fallback={<Monitor size={14} aria-hidden="true" />}>
      <Mail size={14} aria-hidden="true" />
    </Show>
    {channelWords[props.channel]}
  </span>
)

/** How long the agent has worked on it, or did. Empty before it began. */
export const tookMillis = (row: RequestRow, nowMillis: number): number | null => {
  if (row.startedAtMillis === null) return null
  if (row.endedAtMillis !== null) return row.endedAtMillis - row.startedAtMillis
  return activeStates.has(row.state) ? Math.max(0, nowMillis - row.startedAtMillis) : null
}

/** A running time without tenths, which would flicker. */
export const formatRunning = (millis: number) => formatDuration(Math.max(1_000, millis)).replace(/\.\d/, "")

const took = (row: RequestRow) => {
  const millis = tookMillis(row, now())
  if (millis === null) return ""
  return row.endedAtMillis === null ? formatRunning(millis) : formatDuration(millis)
}

/** One request in a list. */
export const RequestRowLink = (props: { readonly row: RequestRow; readonly session: string | null }) => (
  <A class="row request-row" href={paths.request(props.row.id)} data-row>
    <StateBadge state={requestStateWords[props.row.state]} />
    <span class="row-main">
      <span class="row-title">{props.row.title}</span>
      <span class="row-outcome">{props.row.outcome === "" ? props.row.stateReason : props.row.outcome}</span>
    </span>
    <Show when={props.session !== null}>
      <span class="row-quiet request-session">{props.session}</span>
    </Show>
    <span class="row-quiet request-channel">
      <ChannelWord channel={props.row.channel} />
    </span>
    <span class="row-number request-took">{took(props.row)}</span>
    <span class="row-number request-cost">
      {props.row.usage === undefined || props.row.usage.costMicroUsd === null
        ? ""
        : formatCost(props.row.usage.costMicroUsd)}
    </span>
    <span class="row-number request-age">
      <Age atMillis={props.row.createdAtMillis} />
    </span>
  </A>
)

export const RequestRowHead = (props: { readonly withSession: boolean }) => (
  <div class="row-head request-row" aria-hidden="true">
    <span>State</span>
    <span>Request and outcome</span>
    <Show when={props.withSession}>
      <span>Session</span>
    </Show>
    <span>Channel</span>
    <span class="row-number">Took</span>
    <span class="row-number">Cost</span>
    <span class="row-number">Age</span>
  </div>
)
