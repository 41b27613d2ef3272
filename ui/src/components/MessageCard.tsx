import { A } from "@solidjs/router"
import ArrowDownLeft from "lucide-solid/icons/arrow-down-left"
import ArrowUpRight from "lucide-solid/icons/arrow-up-right"
import type { MessageRow } from "@maillm/schema/ReadModel"
import { For, Show } from "solid-js"
import { messageStateWords, reasonsOf } from "../format/words.ts"
import { paths } from "../routes.ts"
import { Age } from "./Moment.tsx"
import { StateBadge } from "./StateBadge.tsx"
import "./MessageCard.css"

export const DirectionIcon = (props: { readonly direction: MessageRow["direction"] }) => (
  <Show
    when={props.direction === "in"}
    fallback={<ArrowUpRight class="direction" size={15} role="img" aria-label="Out" />}
  >
    <ArrowDownLeft class="direction" size={15} role="img" aria-label="In" />
  </Show>
)

/** A message of a request: its envelope in one line, its text on opening. */
export const MessageCard = (props: { readonly row: MessageRow }) => (
  <details class="message-card">
    <summary>
      <DirectionIcon direction={props.row.direction} />
      <span class="message-card-who">{props.row.direction === "in" ? props.row.from : props.row.to}</span>
      <span class="message-card-subject">{props.row.subject}</span>
      <StateBadge state={messageStateWords[props.row.state]} />
      <span class="row-number">
        <Age atMillis={props.row.atMillis} />
      </span>
    </summary>
    <For each={reasonsOf(props.row)}>{(reason) => <p class="message-card-reason">{reason}</p>}</For>
    <pre class="message-card-text">{props.row.text}</pre>
    <A class="message-card-more" href={paths.message(props.row.id)}>
      Open message
    </A>
  </details>
)
