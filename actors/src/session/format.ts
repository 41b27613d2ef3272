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

/** A size for a person, in decimal units: `0 B`, `812 B`, `3.4 KB`, `12 MB`. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`
  const units = ["KB", "MB", "GB", "TB"]
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? "TB"}`
}
