import { styleText } from "node:util"
import { ActorInspection } from "@maillm/schema/api/ActorsApi"
import { readSettings } from "../local/readSettings.ts"
import { ageWords } from "./ageWords.ts"
import { callApi } from "./callApi.ts"
import { printable } from "./printable.ts"

/** `maillm actors inspect`. Answers whether the journal is whole. */
export const printInspection = async (kind: string, id: string, json: boolean): Promise<boolean> => {
  const settings = readSettings(process.env, process.cwd())
  const seen = await callApi(settings, { path: `/api/actors/${kind}/${id}`, answer: ActorInspection })
  console.log(json ? JSON.stringify(seen) : inWords(seen))
  return seen.journal.state === "intact" || seen.journal.state === "empty"
}

const row = (name: string, words: string) => printable(`  ${name.padEnd(14)} ${words}`)

const inWords = (seen: ActorInspection): string => {
  const { kind, id, partition, host, epoch, hostAlive, waiting, oldest, journal } = seen
  const owner = host === null ? "nobody" : `${host}, ${hostAlive ? "alive" : "NOT ALIVE"}`
  const age = oldest === null ? "" : `, the oldest of ${ageWords(oldest.ageMillis)} ago`
  return [
    printable(`${kind} ${id}`),
    row("partition", `${partition}, owned by ${owner}${epoch === null ? "" : `, epoch ${epoch}`}`),
    row("mailbox", `${waiting === 1 ? "1 command" : `${waiting} commands`}${age}`),
    journalRow(journal),
    row("last record", lastWords(journal.last)),
    row(
      "snapshot",
      seen.snapshotSequence === null ? "none" : `of the state after record ${seen.snapshotSequence}`,
    ),
    row("dead letters", String(seen.deadLetters)),
    ...seen.advice.map((words) => printable(words)),
  ].join("\n")
}

const journalRow = ({ state, records, read, fault }: ActorInspection["journal"]) => {
  const count = records === 1 ? "1 record" : `${records} records`
  switch (state) {
    case "empty":
      return row("journal", "empty: it has never committed anything")
    case "intact":
      return styleText("green", row("journal", `whole, ${count}`))
    case "unread":
      return styleText("yellow", row("journal", `${read} of ${count} read, whole so far`))
    case "newer":
      return styleText("yellow", row("journal", `of a newer version, ${count}, ${read} read`))
    case "broken":
      return styleText(
        "red",
        row("journal", `BROKEN at record ${fault?.sequence} of EVT, ${count}, ${read} read`),
      )
  }
}

const lastWords = (last: ActorInspection["journal"]["last"]) => {
  if (last === null) return "none that can be read"
  const { sequence, atMillis, epoch, host, commandId, commandSequence, events, failed } = last
  const what = failed === null ? events.join(", ") : `failed: ${failed}`
  return `${sequence} of ${new Date(atMillis).toISOString()}, epoch ${epoch} by ${host}, command ${commandId} (${commandSequence}): ${what}`
}
