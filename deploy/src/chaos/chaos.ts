import { rmSync, writeFileSync } from "node:fs"
import { randomInt } from "node:crypto"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { natsServerTool } from "../tools/NatsServer.ts"
import { obtainTool } from "../tools/obtainTool.ts"
import { targetsHere } from "./ChaosCluster.ts"
import { faultKinds } from "./Fault.ts"
import { printReport, reportOf } from "./ChaosReport.ts"
import { labUnavailable } from "./lab/NetworkLab.ts"
import { runChaos } from "./runChaos.ts"
import { scheduleOf } from "./schedule.ts"

const usage =
  "Usage: npm run chaos -- [--minutes N] [--seed N] [--json FILE] [--faults KIND,KIND] [--keep FOLDER]"
const minimumCommands = 5_000

/** `npm run chaos`: a real cluster under mixed faults. Exits with 0 only when every promise was kept. */
const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string" },
      seed: { type: "string" },
      json: { type: "string" },
      faults: { type: "string" },
      keep: { type: "string" },
    },
  })
  const minutes = Number(values.minutes ?? 5)
  const seed = Number(values.seed ?? randomInt(2 ** 31))
  const named = values.faults?.split(",") ?? faultKinds
  const kinds = faultKinds.filter((kind) => named.includes(kind))
  if (!(minutes > 0 && minutes <= 24 * 60) || !Number.isSafeInteger(seed) || kinds.length !== named.length) {
    console.error(`${usage}\nKinds: ${faultKinds.join(", ")}`)
    return 2
  }
  const why = labUnavailable()
  if (why !== null) {
    console.error(`chaos needs Linux network namespaces, which are not to be had here: ${why}`)
    return 2
  }
  const tool = await obtainTool(natsServerTool)
  if (tool.kind === "unavailable") {
    console.error([`nats-server cannot be had. ${tool.remedy}.`, ...tool.tried].join("\n  "))
    return 2
  }
  const targets = targetsHere()
  if (targets.disk === null) console.log("no tmpfs can be mounted here: fillDisk is left out")
  const lengthMillis = minutes * 60_000
  const schedule = scheduleOf(seed, lengthMillis, targets, kinds)
  console.log(
    `seed ${seed}, ${minutes} min, ${schedule.length} faults, nats-server ${tool.version}; again with --seed ${seed} --minutes ${minutes}`,
  )
  const keepIn = values.keep ?? join(tmpdir(), `maillm-chaos-seed-${seed}-${process.pid}`)
  const say = (line: string) => console.log(line)
  const run = await runChaos({
    natsServer: tool.path,
    seed,
    schedule,
    lengthMillis,
    minimumCommands,
    keepIn,
    say,
  })
  const report = reportOf(run, { seed, minutes })
  printReport(report)
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)
  writeFileSync(join(keepIn, "faults.json"), JSON.stringify(run.faults))
  writeFileSync(join(keepIn, "finals.json"), JSON.stringify(run.history.finals))
  if (report.violations.length > 0) {
    console.error(`FAILED; history and logs are in ${keepIn}`)
    return 1
  }
  if (values.keep === undefined) rmSync(keepIn, { recursive: true, force: true })
  return 0
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
