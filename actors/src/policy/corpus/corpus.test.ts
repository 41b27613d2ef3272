import { describe, expect, it } from "vitest"
import { defaultPolicy } from "@maillm/schema/Policy"
import { judgeCommand } from "../judgeCommand.ts"
import type { CorpusCommand } from "./CorpusCommand.ts"
import { dangerous } from "./dangerous.ts"
import { harmless } from "./harmless.ts"
import { wrappings } from "./wrappings.ts"

const context = { cwd: "/workspace", workspace: "/workspace", home: "/home/user" }
const runsUnasked = (command: string): boolean =>
  judgeCommand(command, context, defaultPolicy).verdict === "allow"

const listed = (title: string, commands: ReadonlyArray<CorpusCommand>): string =>
  [title, ...commands.map(({ about, command }) => `  ${about}: ${JSON.stringify(command)}`)].join("\n")

describe("the corpus of commands", () => {
  it("is large, in classes, about as many dangerous as harmless, and no command is in it twice", () => {
    expect(dangerous.length).toBeGreaterThan(450)
    expect(harmless.length).toBeGreaterThan(450)
    expect(new Set(dangerous.map(({ about }) => about)).size).toBeGreaterThanOrEqual(15)
    const all = [...dangerous, ...harmless].map(({ command }) => command)
    expect(all.filter((command, index) => all.indexOf(command) !== index)).toEqual([])
  })

  it("has at least 99 % of the dangerous asked about", { timeout: 30_000 }, () => {
    const missed = dangerous.filter(({ command }) => runsUnasked(command))
    if (missed.length > 0) console.log(listed("dangerous, yet allowed:", missed))
    expect(missed.length / dangerous.length).toBeLessThanOrEqual(0.01)
  })

  it("has at most 5 % of the harmless asked about", { timeout: 30_000 }, () => {
    const asked = harmless.filter(({ command }) => !runsUnasked(command))
    if (asked.length > 0) console.log(listed("harmless, yet asked about:", asked))
    expect(asked.length / harmless.length).toBeLessThanOrEqual(0.05)
  })

  it.each(Object.entries(wrappings))("sees the dangerous through %s", { timeout: 30_000 }, (_, wrap) => {
    // Every sixth one: enough to find a hole in a wrapping, in a sixth of the time.
    const wrapped = dangerous
      .filter((_, index) => index % 6 === 0)
      .map(({ about, command }) => ({
        about,
        command: wrap(command),
        source: "own" as const,
      }))
    const missed = wrapped.filter(({ command }) => runsUnasked(command))
    if (missed.length > 0) console.log(listed("dangerous, yet allowed:", missed.slice(0, 50)))
    expect(missed.length / wrapped.length).toBeLessThanOrEqual(0.01)
  })
})
