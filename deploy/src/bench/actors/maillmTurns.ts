import type { BenchChild } from "./BenchChild.ts"
import { waitForFact } from "./BenchRun.ts"
import type { BenchRun } from "./BenchRun.ts"
import type { BenchNats } from "./startNats.ts"
import type { TurnSystem } from "./TurnSystem.ts"

/** maillm as it runs: nats-server, an actor host and a caller, each a process. */
export const startMaillm = async (
  run: BenchRun,
  nats: BenchNats,
  name = `maillm-${nats.sync}`,
): Promise<TurnSystem> => {
  const host = await startActorHost(run, nats, name, "h1")
  await waitForFact(host, "all partitions", async () => (await partitionsOf(host)) === 32)
  const caller = await run.node(`${name} caller`, "caller.ts", [nats.url])
  return { name, caller, store: nats.child, others: [host] }
}

export const startActorHost = (run: BenchRun, nats: BenchNats, name: string, hostId: string) =>
  run.node(`${name} host`, "actorHost.ts", ["--nats", nats.url, "--host", hostId])

/** How many partitions a host serves. */
export const partitionsOf = async (host: BenchChild): Promise<number> => {
  const answer = await host.ask({ do: "partitions" })
  return typeof answer === "object" &&
    answer !== null &&
    "partitions" in answer &&
    Array.isArray(answer.partitions)
    ? answer.partitions.length
    : 0
}
