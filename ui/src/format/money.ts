const micro = 1_000_000

/** Millionths of a US dollar: `$12.40`, `$0.318`, `$0.0042`, `$0`; `price unknown` when a model has no known price. */
export const formatCost = (microUsd: number | null): string => {
  if (microUsd === null) return "price unknown"
  if (microUsd === 0) return "$0"
  if (microUsd < 100) return "under $0.0001"
  const dollars = microUsd / micro
  const decimals = dollars < 0.1 ? 4 : dollars < 1 ? 3 : 2
  return `$${dollars.toFixed(decimals)}`
}

const whole = new Intl.NumberFormat("en-US")

/** `950`, `12,304` */
export const formatCount = (value: number): string => whole.format(value)

/** For tables: `950`, `12.3 k`, `4.1 M` */
export const formatTokens = (value: number): string => {
  if (value < 1_000) return String(value)
  return value < 999_950 ? `${(value / 1_000).toFixed(1)} k` : `${(value / micro).toFixed(1)} M`
}
