import * as Schedule from "effect/Schedule"

/** Doubling from 50 ms, at most 5 s, without end. */
export const retryForEver = Schedule.min([
  Schedule.exponential("50 millis"),
  Schedule.spaced("5 seconds"),
]).pipe(Schedule.jittered)
