import type { BenchRun } from "./BenchRun.ts"
import type { BenchNats } from "./startNats.ts"
import type { TurnSystem } from "./TurnSystem.ts"

export type Limit = "core" | "publish" | "batch"

/** What nats-server itself does for a turn's parts; see limitCaller.ts. */
export const startLimit = async (run: BenchRun, nats: BenchNats, limit: Limit): Promise<TurnSystem> => {
  const name = `${limit}-${nats.sync}`
  const others =
    limit === "core" ? [await run.node(`${name} responder`, "limitResponder.ts", [nats.url])] : []
  const caller = await run.node(`${name} caller`, "limitCaller.ts", [limit, nats.url])
  return { name, caller, store: nats.child, others }
}
