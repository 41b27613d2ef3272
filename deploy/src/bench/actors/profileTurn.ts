import { execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { freePort } from "../../local/freePort.ts"
import { natsServerTool } from "../../tools/NatsServer.ts"
import { obtainTool } from "../../tools/obtainTool.ts"
import type { BenchChild } from "./BenchChild.ts"
import { BenchRun } from "./BenchRun.ts"
import { countSyncs } from "./countSyncs.ts"
import { startMaillm } from "./maillmTurns.ts"
import { startNats } from "./startNats.ts"
import { measurePoint, stopSystem } from "./TurnSystem.ts"

/**
 * `node deploy/src/bench/actors/profileTurn.ts`: the rates of maillm's turn, the CPU time of each process and its
 * syncs, and what took the time at 256 in flight (of nats-server where a Go toolchain is installed).
 */
const run = new BenchRun()

const profileOf = async (child: BenchChild) => {
  const answer = await child.ask({ do: "profile-stop" })
  const lines =
    typeof answer === "object" && answer !== null && "lines" in answer && Array.isArray(answer.lines)
      ? answer.lines
      : []
  console.log(`\n${child.name}, share of busy time by function itself, 256 in flight:\n${lines.join("\n")}`)
}

const natsProfile = async (port: number) => {
  const response = await fetch(`http://127.0.0.1:${port}/debug/pprof/profile?seconds=3`)
  const file = join(run.folder, "nats.pprof")
  writeFileSync(file, Buffer.from(await response.arrayBuffer()))
  const tool = await obtainTool(natsServerTool)
  const binary = tool.kind === "ready" ? [tool.path] : []
  try {
    return execFileSync("go", ["tool", "pprof", "-top", "-nodecount=25", ...binary, file], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    })
  } catch {
    return "no profile of nats-server: there is no Go toolchain in PATH"
  }
}

try {
  for (const sync of ["always", "default"] as const) {
    const profilePort = await freePort("127.0.0.1")
    const maillm = await startMaillm(run, await startNats(run, sync, { profilePort }))
    const [host = maillm.caller] = maillm.others
    await measurePoint(maillm, { concurrency: 64, warmMillis: 2_000, millis: 500 })
    console.log(`\nsync ${sync}`)
    for (const concurrency of [1, 64, 256]) {
      const point = await measurePoint(maillm, { concurrency, warmMillis: 500, millis: 4_000 })
      const cpu = Object.entries(point.cpuMicrosPerTurn).map(([name, value]) => `${name} ${value.toFixed(1)}`)
      let turns = 0
      const syncs = await countSyncs(maillm.store.pid, async () => {
        turns = (await measurePoint(maillm, { concurrency, warmMillis: 0, millis: 1_000 })).turns
      })
      console.log(
        `${String(concurrency).padStart(4)} in flight: ${Math.round(point.turnsPerSecond)} turns/s, p50 ${point.p50Millis.toFixed(2)} ms, p99 ${point.p99Millis.toFixed(2)} ms; CPU us/turn: ${cpu.join(", ")}; syncs/turn ${syncs === null ? "unknown" : (syncs / turns).toFixed(3)}`,
      )
    }
    for (const child of [maillm.caller, host]) await child.ask({ do: "profile-start" })
    const [top] = await Promise.all([
      natsProfile(profilePort),
      measurePoint(maillm, { concurrency: 256, warmMillis: 0, millis: 4_000 }),
    ])
    for (const child of [maillm.caller, host]) await profileOf(child)
    console.log(`\nnats-server, CPU:\n${top}`)
    await stopSystem(maillm)
  }
} finally {
  await run.dispose()
}
