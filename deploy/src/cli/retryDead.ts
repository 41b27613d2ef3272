import { setTimeout as delay } from "node:timers/promises"
import * as Schema from "effect/Schema"
import { DeadLetter, DeadRetried } from "@maillm/schema/api/DeadApi"
import type { LocalSettings } from "../local/readSettings.ts"
import { readSettings } from "../local/readSettings.ts"
import { ApiAway, ApiRefusal, callApi, runningInstallation } from "./callApi.ts"
import { CliFailure } from "./CliFailure.ts"
import { printable } from "./printable.ts"

/** How long a full mailbox is waited for, and how often it is tried. */
const patienceMillis = 60_000
const pauseMillis = 1_000
const pageLimit = 200
/** Letters of one actor put back by one call at most. */
const lettersLimit = 20_000

/** `maillm dead retry`. Answers whether all that was asked for was put back. */
export const retryDead = async (
  sequence: number | null,
  actor: string | null,
  json: boolean,
): Promise<boolean> => {
  if ((sequence === null) === (actor === null)) {
    throw new CliFailure(
      "say which: a dead letter's number, or --actor KIND.ID for all commands of one actor",
    )
  }
  const settings = readSettings(process.env, process.cwd())
  // One that is started again meanwhile is waited for; where none runs there is nothing to wait for.
  await runningInstallation(settings)
  if (sequence !== null) {
    const done = await retryOne(settings, sequence)
    console.log(json ? JSON.stringify({ retried: [done], refused: [] }) : retriedLine(done))
    return true
  }
  const retried: Array<DeadRetried> = []
  const refused: Array<{ readonly sequence: number; readonly reason: string }> = []
  for (const letter of await lettersOf(settings, actor ?? "")) {
    try {
      const done = await retryOne(settings, letter.sequence)
      retried.push(done)
      if (!json) console.log(retriedLine(done))
    } catch (error) {
      // The others may go on without it; one that cannot be tried now must not be overtaken.
      if (!(error instanceof ApiRefusal)) throw error
      refused.push({ sequence: letter.sequence, reason: error.message })
      if (!json) console.error(printable(error.message))
    }
  }
  if (json) console.log(JSON.stringify({ retried, refused }))
  else console.log(`${retried.length} put back, ${refused.length} not`)
  return refused.length === 0
}

/** All letters of an actor, in the order in which its commands once stood. */
const lettersOf = async (settings: LocalSettings, actor: string): Promise<ReadonlyArray<DeadLetter>> => {
  const found: Array<DeadLetter> = []
  for (let before = ""; found.length < lettersLimit;) {
    const page = await callApi(settings, {
      path: `/api/dead?actor=${actor}&limit=${pageLimit}${before}`,
      answer: Schema.Array(DeadLetter),
    })
    found.push(...page)
    const last = page.at(-1)
    if (last === undefined || page.length < pageLimit) break
    before = `&before=${last.sequence}`
  }
  const placeOf = (letter: DeadLetter) => letter.originalSequence ?? letter.sequence
  return found.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** A mailbox that is full, or a server that is away, is tried again: repeats are harmless. */
const retryOne = async (settings: LocalSettings, sequence: number): Promise<DeadRetried> => {
  const deadline = performance.now() + patienceMillis
  for (;;) {
    try {
      return await callApi(settings, {
        path: `/api/dead/${sequence}/retry`,
        body: {},
        answer: DeadRetried,
      })
    } catch (error) {
      if (!(error instanceof ApiAway) || performance.now() > deadline) throw error
    }
    await delay(pauseMillis)
  }
}

const outcomes = {
  stored: "is put back on",
  repeated: "was put back before on",
  handled: "was put back and handled before on",
} as const

const retriedLine = ({ sequence, subject, outcome, commandId }: DeadRetried) =>
  printable(
    `Dead letter ${sequence} ${outcomes[outcome]} ${subject}${commandId === null ? "" : `, as command ${commandId}`}`,
  )
