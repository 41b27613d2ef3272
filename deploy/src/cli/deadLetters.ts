import { styleText } from "node:util"
import * as Schema from "effect/Schema"
import { DeadDropped, DeadLetter, DeadLetterDetail, DeadUsage } from "@maillm/schema/api/DeadApi"
import { readSettings } from "../local/readSettings.ts"
import { callApi } from "./callApi.ts"
import { printable } from "./printable.ts"

export interface DeadListing {
  readonly limit: number
  readonly before: number | null
  readonly actor: string | null
  readonly json: boolean
}

/** `maillm dead list` */
export const listDead = async ({ limit, before, actor, json }: DeadListing): Promise<boolean> => {
  const settings = readSettings(process.env, process.cwd())
  const query = new URLSearchParams({ limit: String(limit) })
  if (before !== null) query.set("before", String(before))
  if (actor !== null) query.set("actor", actor)
  const letters = await callApi(settings, {
    path: `/api/dead?${query.toString()}`,
    answer: Schema.Array(DeadLetter),
  })
  const usage = await callApi(settings, { path: "/api/dead/usage", answer: DeadUsage })
  if (json) console.log(JSON.stringify({ letters, usage }))
  else console.log([...letters.flatMap(letterLines), ...usageLines(usage, letters, limit)].join("\n"))
  return true
}

/** `maillm dead show` */
export const showDead = async (sequence: number, json: boolean): Promise<boolean> => {
  const settings = readSettings(process.env, process.cwd())
  const letter = await callApi(settings, { path: `/api/dead/${sequence}`, answer: DeadLetterDetail })
  if (json) console.log(JSON.stringify(letter))
  else {
    const cut = letter.bodyCut
      ? ["", `(Only its beginning. nats stream get DEAD ${sequence} has all of it.)`]
      : []
    console.log([...letterLines(letter), "", printable(letter.body), ...cut].join("\n"))
  }
  return true
}

/** `maillm dead drop` */
export const dropDead = async (sequence: number, json: boolean): Promise<boolean> => {
  const settings = readSettings(process.env, process.cwd())
  const dropped = await callApi(settings, {
    path: `/api/dead/${sequence}/drop`,
    body: {},
    answer: DeadDropped,
  })
  console.log(json ? JSON.stringify(dropped) : `Dead letter ${sequence} is dropped`)
  return true
}

const letterLines = (letter: DeadLetter): ReadonlyArray<string> => {
  const { sequence, stream, kind, id, originalSequence, atMillis, bodyBytes, reason, refusal } = letter
  const at = new Date(atMillis).toISOString().slice(0, 19).replace("T", " ")
  const place = originalSequence === null ? stream : `${stream} ${originalSequence}`
  return [
    styleText("bold", printable(`${sequence}  ${kind} ${id}`)),
    printable(`  ${at} UTC, from ${place}, ${bodyBytes} bytes`),
    printable(`  ${reason}`),
    ...(refusal === null ? [] : [printable(`  cannot be retried: ${refusal}`)]),
  ]
}

const usageLines = (usage: DeadUsage, letters: ReadonlyArray<DeadLetter>, limit: number) => {
  const share = Math.ceil((100 * usage.bytes) / usage.limitBytes)
  const days = Math.round(usage.keepMillis / 86_400_000)
  const words = `${usage.letters === 1 ? "1 dead letter" : `${usage.letters} dead letters`}, ${share} % of what DEAD holds; the oldest go beyond that or after ${days} days.`
  const last = letters.at(-1)
  return [
    ...(letters.length === 0 ? [] : [""]),
    share >= 80 ? styleText("yellow", words) : words,
    ...(last === undefined || letters.length < limit ? [] : [`More: --before ${last.sequence}`]),
  ]
}
