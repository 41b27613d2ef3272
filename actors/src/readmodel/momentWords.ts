const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

/** A moment for a person whose time zone is not known: `23 Nov 2026, 18:05 UTC`. */
export const momentOf = (millis: number): string => {
  const date = new Date(millis)
  if (Number.isNaN(date.getTime())) return "an unknown time"
  const month = months[date.getUTCMonth()] ?? ""
  return `${date.getUTCDate()} ${month} ${date.getUTCFullYear()}, ${date.toISOString().slice(11, 16)} UTC`
}

/** Time that is left, never more than there is: `8 h`, `7 h 42 min`, `12 min`, `less than a minute`. */
export const timeLeft = (millis: number): string => {
  const minutes = Math.floor(millis / 60_000)
  if (minutes < 1) return "less than a minute"
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return `${minutes} min`
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}
