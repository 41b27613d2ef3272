import type { TimelineRow } from "@maillm/schema/ReadModel"
import type { JSX } from "solid-js"
import { For, Show } from "solid-js"
import { formatDuration } from "../format/duration.ts"
import { formatDay } from "../format/moment.ts"
import { Clock } from "./Moment.tsx"
import "./Timeline.css"

const dayOf = (millis: number) => new Date(millis).toDateString()

/** Every step with its time and the time since the step before. `rows` are oldest first. */
export const Timeline = (props: {
  readonly rows: ReadonlyArray<TimelineRow>
  /** One line a step where there is room. */
  readonly wide?: boolean
  /** What stands below a step, such as the question that it asked. */
  readonly below?: (row: TimelineRow) => JSX.Element
}) => (
  <ol class="timeline" data-wide={props.wide === true ? "" : undefined}>
    <For each={props.rows}>
      {(row, index) => {
        const before = () => props.rows[index() - 1]
        const newDay = () => {
          const earlier = before()
          return earlier !== undefined && dayOf(earlier.atMillis) !== dayOf(row.atMillis)
        }
        return (
          <>
            <Show when={newDay()}>
              <li class="timeline-day">{formatDay(row.atMillis)}</li>
            </Show>
            <li class="timeline-step" data-type={row.type}>
              <span class="timeline-what">{row.summary}</span>
              <span class="timeline-when">
                <Clock atMillis={row.atMillis} />
                <Show when={before()}>
                  {(earlier) => (
                    <span class="timeline-since">
                      <span class="visually-hidden">after </span>
                      <span aria-hidden="true">+</span>
                      {formatDuration(row.atMillis - earlier().atMillis)}
                    </span>
                  )}
                </Show>
                <span class="timeline-type">{row.type}</span>
              </span>
              {props.below?.(row)}
            </li>
          </>
        )
      }}
    </For>
  </ol>
)
