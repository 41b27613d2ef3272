/** Money for a person: `$1.23`, and below ten cents as many digits as say something: `$0.0042`. */
export const formatMicroUsd = (microUsd: number): string => {
  const dollars = microUsd / 1_000_000
  if (microUsd === 0 || Math.abs(dollars) >= 0.1) return `$${dollars.toFixed(2)}`
  return `$${dollars.toFixed(4)}`
}
