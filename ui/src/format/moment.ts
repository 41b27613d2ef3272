const clock = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
})
const minute = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
})
const day = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" })
const whole = new Intl.DateTimeFormat(undefined, {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
})

const deadline = new Intl.DateTimeFormat(undefined, {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
})

/** `14:03:22` */
export const formatClock = (millis: number) => clock.format(millis)
/** `14:03` */
export const formatMinute = (millis: number) => minute.format(millis)
/** `Sun, 22 Nov` */
export const formatDay = (millis: number) => day.format(millis)
/** Date and time with the zone, for tooltips and details. */
export const formatMoment = (millis: number) => whole.format(millis)
/** Date and time to the minute with the zone: when something ends. */
export const formatDeadline = (millis: number) => deadline.format(millis)
