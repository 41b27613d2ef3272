import { copyFileSync, mkdirSync, readdirSync } from "node:fs"
import { join } from "node:path"
import * as Schema from "effect/Schema"
import type { Final, History } from "@maillm/actors/runtime/testing/History"
import { ChaosCluster } from "./ChaosCluster.ts"
import type { Fault, InjectedFault } from "./Fault.ts"
import { JournalLine, readAttempts, readCommits, readEffects } from "./historyFiles.ts"
import type { JournalReading } from "./historyFiles.ts"
import { nodeProgram } from "./HostNode.ts"
import { LoadProcess } from "./LoadProcess.ts"
import type { TimedCommit } from "./TimedCommit.ts"

export interface ChaosOptions {
  readonly natsServer: string
  readonly seed: number
  readonly schedule: ReadonlyArray<Fault>
  /** Length of the fault phase. */
  readonly lengthMillis: number
  /** The load goes on until so many commands were acked. */
  readonly minimumCommands: number
  /** Where what the processes wrote is copied to at the end, however it ends. */
  readonly keepIn: string
  readonly say: (line: string) => void
}

export interface ChaosRun {
  readonly history: History
  readonly commits: ReadonlyArray<TimedCommit>
  readonly faults: ReadonlyArray<InjectedFault>
  readonly journal: JournalReading
  readonly tries: number
  /** Processes that ended without being told to. */
  readonly crashes: number
  readonly problems: ReadonlyArray<string>
}

/** With all faults healed the load must reach its number within this time. */
const extraMillis = 120_000

/** Draining and reading, thrice. */
const journalMillis = 900_000

const pause = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis))

/** One run: cluster up, load, faults, heal, last operations, drain, and what came of it. */
export const runChaos = async (options: ChaosOptions): Promise<ChaosRun> => {
  const cluster = new ChaosCluster(options.natsServer)
  const interrupted = () => {
    cluster.remove()
    process.exit(130)
  }
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted)
  try {
    return await runOn(cluster, options)
  } finally {
    keep(cluster.lab.folder, options.keepIn)
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted)
    cluster.remove()
  }
}

/** Logs and histories, without the stores. */
const keep = (folder: string, target: string): void => {
  mkdirSync(target, { recursive: true })
  for (const name of readdirSync(folder)) {
    if (/\.(log|jsonl|conf)$/.test(name)) copyFileSync(join(folder, name), join(target, name))
  }
}

const runOn = async (cluster: ChaosCluster, options: ChaosOptions): Promise<ChaosRun> => {
  const { say } = options
  const begun = Date.now()
  const after = () => `${((Date.now() - begun) / 1_000).toFixed(1).padStart(6)} s`
  await cluster.start()
  say(`${after()}  three NATS servers, three actor hosts and two receivers are up`)
  const loads = cluster.clients.map(
    (machine, i) =>
      new LoadProcess(cluster.lab, machine, cluster.servers, options.seed + i, i % 2 === 0 ? 0 : 1),
  )
  await Promise.all(loads.map((load) => load.ready()))
  const acked = () => loads.reduce((sum, { counts }) => sum + counts.acked, 0)
  // Every partition has an owner that its probe has seen.
  await pause(3_000)
  say(`${after()}  the load runs; faults begin`)

  const startedAt = Date.now()
  const faults = await Promise.all(
    options.schedule.map(async (fault) => {
      await pause(fault.atMillis)
      say(
        `${after()}  ${fault.kind} ${fault.target} for ${(fault.forMillis / 1_000).toFixed(1)} s (${acked()} acked)`,
      )
      return cluster.inject(fault)
    }),
  )
  await pause(startedAt + options.lengthMillis - Date.now())
  say(`${after()}  all healed (${acked()} acked)`)
  const problems: Array<string> = []
  for (const end = Date.now() + extraMillis; acked() < options.minimumCommands; await pause(100)) {
    if (Date.now() > end) {
      problems.push(`${acked()} commands were acked, not ${options.minimumCommands}`)
      break
    }
  }
  const finals = (
    await Promise.all(
      loads.map((load) =>
        load.finals().catch((error: unknown) => {
          problems.push(String(error))
          return []
        }),
      ),
    )
  ).flat()
  say(`${after()}  last operations done; draining`)
  const journal = await readJournal(cluster)
  say(`${after()}  the journal was read from ${journal.serversRead} servers`)
  return collect(cluster, loads, { faults, finals, journal, problems })
}

const decodeJournal = Schema.decodeUnknownSync(JournalLine)

const journalFile = (cluster: ChaosCluster) => join(cluster.lab.folder, "commits.jsonl")

const readJournal = async (cluster: ChaosCluster) => {
  const program = nodeProgram("readJournal.ts", [cluster.servers, journalFile(cluster)])
  const reader = cluster.lab.start(cluster.journal.name, "journal", program)
  let said = ""
  reader.onLine((line) => {
    if (line.startsWith('{"left"')) said = line
  })
  const tooLong = setTimeout(() => reader.signal("SIGKILL"), journalMillis)
  await reader.ended
  clearTimeout(tooLong)
  if (said === "") throw new Error(`the journal could not be read:\n${reader.lastLines()}`)
  return decodeJournal(said)
}

const collect = (
  cluster: ChaosCluster,
  loads: ReadonlyArray<LoadProcess>,
  run: {
    readonly faults: ReadonlyArray<InjectedFault>
    readonly finals: ReadonlyArray<Final>
    readonly journal: JournalReading
    readonly problems: ReadonlyArray<string>
  },
): ChaosRun => {
  const { finals, ...rest } = run
  const commits = readCommits(journalFile(cluster))
  const history: History = {
    attempts: loads.flatMap(({ file }) => readAttempts(file)),
    commits,
    effects: cluster.receivers.flatMap(({ machine }) => readEffects(cluster.effectsFile(machine.name))),
    finals,
  }
  return {
    ...rest,
    history,
    commits,
    tries: loads.reduce((sum, { counts }) => sum + counts.tries, 0),
    crashes: cluster.hosts.reduce((sum, { crashes }) => sum + crashes, 0),
  }
}
