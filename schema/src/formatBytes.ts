const units = ["KiB", "MiB", "GiB", "TiB"] as const

/** A size for a person, in the binary units that limits are stated in: `0 B`, `812 B`, `3.4 KiB`, `7 MiB`. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1_024) return `${bytes} B`
  let value = bytes / 1_024
  let unit = 0
  while (value >= 1_023.5 && unit < units.length - 1) {
    value /= 1_024
    unit += 1
  }
  return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} ${units[unit] ?? "TiB"}`
}
