import { formatAge } from "../format/duration.ts"
import { formatClock, formatMoment } from "../format/moment.ts"
import { now } from "../state/clock.ts"

/** How long ago, ticking; the whole time with its zone on hover. */
export const Age = (props: { readonly atMillis: number; readonly suffix?: string }) => (
  <time
    class="numeric"
    dateTime={new Date(props.atMillis).toISOString()}
    title={formatMoment(props.atMillis)}
  >
    {withSuffix(formatAge(now() - props.atMillis), props.suffix)}
  </time>
)

const withSuffix = (age: string, suffix: string | undefined) =>
  age === "now" ? (suffix === undefined ? "now" : "just now") : `${age}${suffix ?? ""}`

/** Time of day; the whole time with its zone on hover. */
export const Clock = (props: { readonly atMillis: number }) => (
  <time
    class="numeric"
    dateTime={new Date(props.atMillis).toISOString()}
    title={formatMoment(props.atMillis)}
  >
    {formatClock(props.atMillis)}
  </time>
)
