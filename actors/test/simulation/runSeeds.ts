import { simulate } from "./simulate.ts"

/** Runs seeds FROM to TO (both included) and prints one JSON line for each that broke a promise, then a summary. */
const [from = 1, to = from] = process.argv.slice(2).map(Number)
const begun = performance.now()
let failed = 0
for (let seed = from; seed <= to; seed++) {
  const { violations } = simulate(seed)
  if (violations.length === 0) continue
  failed++
  console.log(JSON.stringify({ seed, violations: violations.slice(0, 5) }))
}
const seeds = to - from + 1
console.log(JSON.stringify({ seeds, failed, millis: Math.round(performance.now() - begun) }))
