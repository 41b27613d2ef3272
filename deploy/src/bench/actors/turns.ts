import type { BenchRow } from "../BenchReport.ts"
import { median } from "../BenchReport.ts"
import type { BenchRun } from "./BenchRun.ts"
import { countSyncs } from "./countSyncs.ts"
import { installPeers, obtainRedis, peerVersion, redisVersion } from "./installPeers.ts"
import { startLimit } from "./limitTurns.ts"
import { startMaillm } from "./maillmTurns.ts"
import { startBullmq, startRestate } from "./peerTurns.ts"
import { startNats } from "./startNats.ts"
import { measurePoint } from "./TurnSystem.ts"
import type { TurnSystem } from "./TurnSystem.ts"
import { concurrencies, Measured } from "./measured.ts"
import { spreadNote, turnRows } from "./turnRows.ts"

const rounds = 5
const warmMillis = 250
const millis = 1_000

export interface Turns {
  readonly rows: ReadonlyArray<BenchRow>
  readonly notes: ReadonlyArray<string>
}

/** Durable keyed turns of maillm, its peers and its limits: every round measures each of them once at each load. */
export const measureTurns = async (run: BenchRun): Promise<Turns> => {
  const natsServers = [await startNats(run, "always"), await startNats(run, "default")]
  const peers = await installPeers("actors", import.meta.url)
  const redis = await obtainRedis()
  const systems: Array<TurnSystem> = []
  for (const nats of natsServers) systems.push(await startMaillm(run, nats))
  systems.push(await startRestate(run, peers))
  for (const sync of ["always", "everysec"] as const) {
    systems.push(await startBullmq(run, peers, redis, sync))
  }
  for (const nats of natsServers) {
    for (const limit of ["core", "publish", "batch"] as const)
      systems.push(await startLimit(run, nats, limit))
  }

  const measured = new Measured()
  for (const system of systems)
    await measurePoint(system, { concurrency: 64, warmMillis: 1_500, millis: 500 })
  for (let round = 0; round < rounds; round++) {
    for (const concurrency of concurrencies) {
      for (const system of systems) {
        measured.add(
          system.name,
          concurrency,
          await measurePoint(system, { concurrency, warmMillis, millis }),
        )
      }
    }
    console.error(`turns: round ${round + 1} of ${rounds}`)
  }
  const syncs = await syncsOf(systems)
  const [nats] = natsServers
  return {
    rows: turnRows(measured),
    notes: [
      `${rounds} interleaved rounds of ${millis} ms after ${warmMillis} ms, medians; 1,000 keys drawn at random; every reply is checked against the count of its key; the caller is a process of its own; all share the machine`,
      `nats-server ${nats?.version}, Restate ${peerVersion(peers, "@restatedev/restate-server")} (SDK ${peerVersion(peers, "@restatedev/restate-sdk")}, 4 partitions, finished journals not kept), BullMQ ${peerVersion(peers, "bullmq")} on ioredis ${peerVersion(peers, "ioredis")} and Redis ${await redisVersion(redis)}, with 64 jobs at a time that INCR the count and promise no order of a key`,
      "limits on bare sockets without a client library: core = request and reply to another process, publish = message stored under its subject's expected sequence, batch = the same, those that wait together as one atomic batch",
      `fsync: acknowledged after fsync on both sides; default: maillm's nats-server syncs every two minutes, Redis every second`,
      spreadNote(measured),
      `syncs a turn by strace, at 1 and 256 in flight: ${syncs}`,
      ...cpuNotes(measured, systems),
    ],
  }
}

/** Whether each store syncs as it says. */
const syncsOf = async (systems: ReadonlyArray<TurnSystem>): Promise<string> => {
  const said: Array<string> = []
  for (const system of systems.filter(({ name }) => !name.startsWith("core"))) {
    const figures: Array<string> = []
    for (const concurrency of [1, 256]) {
      let turns = 0
      const syncs = await countSyncs(system.store.pid, async () => {
        turns = (await measurePoint(system, { concurrency, warmMillis: 0, millis: 700 })).turns
      })
      figures.push(syncs === null ? "unknown (no strace)" : (syncs / turns).toFixed(3))
    }
    said.push(`${system.name} ${figures.join(" and ")}`)
  }
  return said.join("; ")
}

/** CPU time a turn at 256 in flight, of every process that works for it. */
const cpuNotes = (measured: Measured, systems: ReadonlyArray<TurnSystem>) => {
  const said = systems.map(({ name }) => {
    const points = measured.of(name, 256)
    const processes = Object.keys(points[0]?.cpuMicrosPerTurn ?? {})
    const each = processes.map((process) => {
      const micros = median(points.map((point) => point.cpuMicrosPerTurn[process] ?? Number.NaN))
      return `${process.replace(`${name} `, "")} ${micros.toFixed(0)}`
    })
    return `${name}: ${each.join(", ")}`
  })
  return [`CPU us a turn at 256 in flight: ${said.join("; ")}`]
}
