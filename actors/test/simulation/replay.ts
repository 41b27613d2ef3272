import { simulate } from "./simulate.ts"

/** Runs one seed, given as the only argument, and prints all that happened in it. */
const seed = Number(process.argv[2])
if (!Number.isInteger(seed)) throw new Error("usage: node actors/test/simulation/replay.ts SEED")
const { trace, violations, fingerprint } = simulate(seed, true)
for (const line of trace) console.log(line)
console.log(`seed ${seed}: ${violations.length} violations, fingerprint ${fingerprint}`)
