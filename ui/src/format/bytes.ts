const units = ["KiB", "MiB", "GiB", "TiB"] as const

/** `812 B`, `12.3 KiB`, `1.8 GiB` */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1_024) return `${bytes} B`
  let value = bytes / 1_024
  let unit = 0
  while (value >= 1_023.95 && unit < units.length - 1) {
    value /= 1_024
    unit += 1
  }
  return `${value.toFixed(value < 100 ? 1 : 0)} ${units[unit] ?? "TiB"}`
}
