import { styleText } from "node:util"
import { ActorsReport } from "@maillm/schema/api/ActorsApi"
import type { PartitionRow } from "@maillm/schema/api/ActorsApi"
import { readSettings } from "../local/readSettings.ts"
import { ageWords } from "./ageWords.ts"
import { callApi } from "./callApi.ts"
import { printable } from "./printable.ts"
import { textTable } from "./textTable.ts"

/** `maillm actors`. Answers whether nothing waits without a live owner. */
export const printActors = async (json: boolean): Promise<boolean> => {
  const settings = readSettings(process.env, process.cwd())
  const report = await callApi(settings, { path: "/api/actors", answer: ActorsReport })
  console.log(json ? JSON.stringify(report) : inWords(report))
  return report.state !== "down"
}

const colours = { ok: "green", degraded: "yellow", down: "red" } as const
const stateColours = { late: "yellow", stopped: "red", free: "yellow" } as const
const stateWords = { ok: "ok", late: "behind", stopped: "STOPPED", free: "no owner" } as const

const inWords = ({ state, detail, partitions, hosts, mailboxes }: ActorsReport): string =>
  [
    styleText(colours[state], printable(`${detail}.`)),
    "",
    ...partitionLines(partitions),
    "",
    "Hosts",
    ...hostLines(hosts),
    "",
    "Fullest mailboxes",
    ...mailboxLines(mailboxes),
  ].join("\n")

/** Every partition a line; under one that is not well what that means. */
const partitionLines = (partitions: ReadonlyArray<PartitionRow>) => {
  const [head = "", ...rows] = textTable(
    ["partition", "state", "owner", "epoch", "stored", "oldest", "of"],
    partitions.map(({ partition, state, host, epoch, depth, oldest }) => [
      String(partition),
      stateWords[state],
      host ?? "-",
      epoch === null ? "-" : String(epoch),
      String(depth),
      oldest === null ? "-" : ageWords(oldest.ageMillis),
      oldest === null ? "" : `${oldest.kind} ${oldest.id}${oldest.committed ? ", committed" : ""}`,
    ]),
    new Set([0, 3, 4, 5]),
  )
  const lines = partitions.flatMap(({ state, meaning }, index) => {
    const line = printable(rows[index] ?? "")
    if (state === "ok") return [line]
    const colour = stateColours[state]
    const words = meaning === "" ? [] : [styleText(colour, printable(`           ${meaning}`))]
    return [styleText(colour, line), ...words]
  })
  return [styleText("bold", head), ...lines]
}

const hostLines = (hosts: ActorsReport["hosts"]) =>
  hosts.length === 0
    ? [styleText("red", "  none: no actor host has been heard of within a day")]
    : textTable(
        ["  host", "partitions", "last beat", ""],
        hosts.map(({ id, partitions, beatAgeMillis, alive }) => [
          `  ${id}`,
          String(partitions),
          `${ageWords(beatAgeMillis)} ago`,
          alive ? "alive" : "GONE",
        ]),
        new Set([1, 2]),
      ).map((line, index) => (hosts[index - 1]?.alive === false ? styleText("red", line) : line))

const mailboxLines = (mailboxes: ActorsReport["mailboxes"]) =>
  mailboxes.length === 0
    ? ["  all are empty"]
    : textTable(
        ["  actor", "partition", "stored"],
        mailboxes.map(({ kind, id, partition, waiting, limit }) => [
          `  ${kind} ${id}`,
          String(partition),
          `${waiting} of ${limit}`,
        ]),
        new Set([1, 2]),
      ).map((line) => printable(line))
