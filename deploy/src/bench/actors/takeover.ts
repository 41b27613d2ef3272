import * as Schema from "effect/Schema"
import type { BenchRow } from "../BenchReport.ts"
import { quantile } from "../BenchReport.ts"
import type { BenchChild } from "./BenchChild.ts"
import { waitForFact } from "./BenchRun.ts"
import type { BenchRun } from "./BenchRun.ts"
import { partitionsOf, startActorHost } from "./maillmTurns.ts"
import { startNats } from "./startNats.ts"

const decodeSeen = Schema.decodeUnknownSync(Schema.Struct({ answeredAt: Schema.Array(Schema.Finite) }))
const decodePartitions = Schema.decodeUnknownSync(Schema.Struct({ partitions: Schema.Array(Schema.Int) }))

/** Two hosts share 32 partitions, so that two rounds are at least twenty partitions. */
const rounds = 3
const takeoverMillis = 60_000

/** How long the partitions of a host that ends answer nobody: from the signal to the first commit sent after it. */
export const measureTakeover = async (
  run: BenchRun,
): Promise<{ readonly rows: Array<BenchRow>; readonly notes: Array<string> }> => {
  const nats = await startNats(run, "always", { name: "nats-takeover" })
  const hosts = new Map<string, BenchChild>()
  for (const id of ["h1", "h2"]) hosts.set(id, await startActorHost(run, nats, `takeover ${id}`, id))
  await settled(hosts)
  const caller = await run.node("takeover caller", "caller.ts", [nats.url])
  await caller.ask({ do: "probes-start" })

  const pauses: Record<"SIGKILL" | "SIGTERM", Array<number>> = { SIGKILL: [], SIGTERM: [] }
  for (let round = 0; round < rounds; round++) {
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
      const id = round % 2 === 0 ? "h1" : "h2"
      const victim = hosts.get(id)
      if (victim === undefined) continue
      const { partitions } = decodePartitions(await victim.ask({ do: "partitions" }))
      const at = Date.now()
      victim.kill(signal)
      await caller.ask({ do: "probes-after", millis: at })
      const seen = await answersOf(caller, partitions)
      pauses[signal].push(...seen.map((answeredAt) => answeredAt - at))
      await victim.ended
      hosts.set(id, await startActorHost(run, nats, `takeover ${id}`, id))
      await settled(hosts)
    }
  }
  await caller.ask({ do: "probes-stop" })
  const row = (what: string, signal: "SIGKILL" | "SIGTERM", q: number, goalMillis: number): BenchRow => {
    const ours = quantile(pauses[signal], q)
    const name = `takeover, ${what} to next commit, p${q * 100} of ${pauses[signal].length} partitions`
    const goals = [{ goal: `< ${goalMillis} ms p99`, value: ours, met: ours < goalMillis }]
    return { case: name, unit: "ms", ours, peers: {}, limit: null, ...(q === 0.99 ? { goals } : {}) }
  }
  return {
    rows: [
      row("kill -9", "SIGKILL", 0.5, 12_000),
      row("kill -9", "SIGKILL", 0.99, 12_000),
      row("graceful", "SIGTERM", 0.5, 1_000),
      row("graceful", "SIGTERM", 0.99, 1_000),
    ],
    notes: [
      `takeover: two hosts, fsync, one actor a partition asked every 10 ms; ${rounds} ends of each sort; the clock starts with the signal and stops with the reply to the first command sent after it`,
    ],
  }
}

/** Both hosts serve their share, and one look later still do. */
const settled = async (hosts: ReadonlyMap<string, BenchChild>) => {
  let before = ""
  for (const host of hosts.values()) {
    await waitForFact(host, "its share of the partitions", async () => {
      const counts = await Promise.all(Array.from(hosts.values(), partitionsOf))
      const now = counts.join("/")
      const stable = now === before
      before = now
      await new Promise((resolve) => setTimeout(resolve, 500))
      return stable && counts.every((count) => count > 0) && counts.reduce((a, b) => a + b, 0) === 32
    })
  }
}

const answersOf = async (caller: BenchChild, partitions: ReadonlyArray<number>) => {
  for (const end = performance.now() + takeoverMillis; ;) {
    const { answeredAt } = decodeSeen(await caller.ask({ do: "probes-seen" }))
    const seen = partitions.map((partition) => answeredAt[partition] ?? 0)
    if (seen.every((at) => at > 0)) return seen
    if (performance.now() > end) {
      const silent = partitions.filter((_, i) => seen[i] === 0)
      throw new Error(
        `partitions ${silent.join(", ")} answered nobody ${takeoverMillis} ms after their host ended`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
