import { styleText } from "node:util"
import type { LocalSettings } from "../../local/readSettings.ts"
import { isHeld } from "../LocalInstallation.ts"
import { printable } from "../printable.ts"
import { agentChecks } from "./agentChecks.ts"
import { certificateCheck } from "./certificateCheck.ts"
import { wrong } from "./Check.ts"
import type { Check } from "./Check.ts"
import { dataFolderCheck, diskCheck } from "./folderChecks.ts"
import { mailOutChecks } from "./mailOutChecks.ts"
import { portChecks } from "./portChecks.ts"
import { consoleCheck, natsServerCheck, nodeCheck, tmuxCheck } from "./programChecks.ts"
import { runningCheck } from "./runningCheck.ts"
import { runtimeChecks } from "./runtimeChecks.ts"
import { natsUrlCheck, readModelCheck, relayCheck } from "./serviceChecks.ts"
import { settingChecks } from "./settingChecks.ts"

/** The longest one check may take. */
const checkMillis = 20_000

/** `maillm doctor`. Answers whether nothing that is needed is wrong. */
export const runDoctor = async (json: boolean): Promise<boolean> => {
  const { checks: ofSettings, settings } = settingChecks(process.env, process.cwd())
  const held = await isHeld(settings.dataDir)
  const checks = [...ofSettings, ...(await allOthers(settings, held))]
  const fine = checks.every(({ state }) => state !== "wrong")
  console.log(json ? JSON.stringify({ ok: fine, checks }) : inWords(checks))
  return fine
}

/** At the same time, answered in this order. */
const allOthers = async (settings: LocalSettings, held: boolean): Promise<ReadonlyArray<Check>> => {
  const { natsUrl } = settings
  const all = await Promise.all([
    bounded("node", () => nodeCheck()),
    bounded("tmux", tmuxCheck),
    natsUrl === null ? bounded("nats-server", natsServerCheck) : bounded("nats", () => natsUrlCheck(natsUrl)),
    bounded("runtime", () => runtimeChecks(settings)),
    bounded("agents", agentChecks),
    bounded("data folder", () => dataFolderCheck(settings, held)),
    bounded("disk", () => diskCheck(settings, held)),
    bounded("ports", () => portChecks(settings, held)),
    bounded("console", () => consoleCheck()),
    bounded("smtp certificate", () => certificateCheck(settings)),
    bounded("smtp relay", () => relayCheck(settings)),
    bounded("mail records", () => mailOutChecks(settings)),
    bounded("read model", () => readModelCheck(settings)),
    ...(held ? [bounded("running maillm", () => runningCheck(settings))] : []),
  ])
  return all.flat()
}

type Found = Check | ReadonlyArray<Check>

/** What a check finds out; `wrong` when it fails itself or takes too long. */
const bounded = async (name: string, check: () => Found | Promise<Found>): Promise<Found> => {
  const remedy = "try again; if it stays so, report it with this output"
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(
      () => resolve(wrong(name, `no answer in ${checkMillis / 1_000} s`, remedy)),
      checkMillis,
    )
  })
  try {
    return await Promise.race([check(), late])
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    return wrong(name, `it could not be looked at (${words})`, remedy)
  } finally {
    clearTimeout(timer)
  }
}

const marks = {
  ok: styleText("green", "✓"),
  warning: styleText("yellow", "!"),
  wrong: styleText("red", "✗"),
} as const

const inWords = (checks: ReadonlyArray<Check>): string => {
  const wrongs = checks.filter(({ state }) => state === "wrong").length
  const width = Math.max(...checks.map(({ name }) => name.length))
  const lines = checks.flatMap(({ name, state, detail, remedy }) => [
    `${marks[state]} ${name.padEnd(width)}  ${printable(detail)}`,
    ...(remedy === "" ? [] : [`  ${" ".repeat(width)}  → ${printable(remedy)}`]),
  ])
  const verdict =
    wrongs === 0
      ? styleText("green", "Nothing that is needed is wrong.")
      : styleText("red", `${wrongs} ${wrongs === 1 ? "thing is" : "things are"} wrong: see ✗ above.`)
  return [...lines, "", verdict].join("\n")
}
