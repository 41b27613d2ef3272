import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { mutations } from "./mutations.ts"
import type { Mutation } from "./mutations.ts"
import { runSeedProcess, summaryOf } from "./seedProcess.ts"

const seedLimit = 2_000
const limitMillis = 240_000
const actors = join(import.meta.dirname, "../..")
/** Inside of the repository, so that packages are found. */
const copies = join(actors, "../.cache/simulation", String(process.pid))

/** A copy of the actors' sources with the mutation in it. */
const mutated = ({ changes }: Mutation, index: number): string => {
  const copy = join(copies, String(index))
  mkdirSync(copy, { recursive: true })
  for (const folder of ["package.json", "src", "test/simulation"]) {
    cpSync(join(actors, folder), join(copy, folder), { recursive: true })
  }
  for (const { file, from, to } of changes) {
    const path = join(copy, file)
    const parts = readFileSync(path, "utf8").split(from)
    if (parts.length !== 2) {
      throw new Error(`${file} has ${parts.length - 1} places like ${from}: write the mutation anew`)
    }
    writeFileSync(path, parts.join(to))
  }
  return join(copy, "test/simulation")
}

describe("mutations of the actor runtime", () => {
  afterAll(() => rmSync(copies, { recursive: true, force: true, maxRetries: 10 }))

  it.each(mutations.map((mutation, index) => [mutation.name, mutation, index] as const))(
    "found: %s",
    { timeout: limitMillis + 10_000 },
    async (name, mutation, index) => {
      const folder = mutated(mutation, index)
      const range = { folder, from: 1, to: seedLimit, first: true, limitMillis }
      const { seeds, broken } = summaryOf(await runSeedProcess(range))
      const [found] = broken
      console.info(`${name}: ${found?.violations[0]?.rule ?? "not found"}, after ${seeds} seeds`)
      expect(found, `${seedLimit} seeds did not find it`).toBeDefined()
    },
  )
})
