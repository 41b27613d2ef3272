const pad = (value: number) => String(value).padStart(2, "0")

/** Time that something took: `340 ms`, `4.2 s`, `2 min 14 s`, `1 h 03 min`, `2 d 4 h`. */
export const formatDuration = (millis: number): string => {
  const value = Math.max(0, millis)
  if (value < 1_000) return `${Math.round(value)} ms`
  const seconds = value / 1_000
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`
  const minutes = Math.round(whole / 60)
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`
  const hours = Math.round(minutes / 60)
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** How long ago, in one unit, for tables: `now`, `12 s`, `3 min`, `2 h`, `4 d`. */
export const formatAge = (millis: number): string => {
  const seconds = Math.floor(millis / 1_000)
  if (seconds < 5) return "now"
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}

/** Time that is left, to the second: `0:09`, `4:32`, `1 h 05 min`, `2 d 4 h`; `0:00` when none is. */
export const formatCountdown = (millis: number): string => {
  const seconds = Math.max(0, Math.ceil(millis / 1_000))
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`
  return formatDuration(seconds * 1_000)
}
