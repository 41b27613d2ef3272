import type { Approval } from "@maillm/schema/Approval"

/** A duration for a person: `40 ms`, `2.1 s`, `12 s`, `2 min 14 s`, `1 h 3 min`. */
export const formatDuration = (millis: number): string => {
  const positive = Math.max(0, millis)
  if (positive < 1_000) return `${Math.round(positive)} ms`
  if (positive < 9_950) return `${(positive / 1000).toFixed(1)} s`
  const seconds = Math.round(positive / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

/** A moment for a person, to the minute and with its zone: `2026-11-25 12:03 UTC`. */
export const formatMoment = (millis: number): string => {
  const date = new Date(millis)
  return Number.isNaN(date.getTime())
    ? "an unknown time"
    : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`
}

/** Money for a person: `$0.0042`, `$1.27`; millionths of a US dollar in. */
export const formatCost = (microUsd: number): string => {
  const usd = microUsd / 1_000_000
  return `$${usd >= 1 || usd === 0 ? usd.toFixed(2) : usd.toFixed(4)}`
}

/** `1 file`, `3 files`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`

/** Who decided, and by which way where that does not say it: "the link sent to …" does. */
export const decider = ({ decidedBy, decidedVia }: Approval): string =>
  decidedVia === null || decidedBy.startsWith("the ") ? decidedBy : `${decidedBy} (${decidedVia})`
