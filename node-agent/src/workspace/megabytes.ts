/** A size for a person: `26 MB`, in decimal units as everywhere; to a tenth below ten. */
export const megabytes = (bytes: number): string => {
  const value = bytes / 1_000_000
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} MB`
}
