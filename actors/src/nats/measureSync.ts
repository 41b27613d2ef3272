import { jetstream } from "@nats-io/jetstream"
import type { NatsConnection } from "@nats-io/transport-node"
import { buckets } from "@maillm/schema/Streams"

/**
 * What the quickest publish takes longer than the quickest round trip where the server syncs every write, milliseconds:
 * seen are 0.2 with and 0.05 without. A disk that syncs faster than this needs no batches either.
 */
const syncMillis = 0.12
const samples = 20

/**
 * Whether the server syncs every write (`sync_interval: always`), which it does not say: by how much longer a publish takes
 * than a round trip. The quickest of twenty each, for everything else only adds to them; some ten milliseconds in all. True
 * also of a server or cluster that is slow for another reason, and where it cannot be measured.
 */
export const measureSync = async (connection: NatsConnection): Promise<boolean> => {
  const js = jetstream(connection)
  let publish = Number.POSITIVE_INFINITY
  let roundTrip = Number.POSITIVE_INFINITY
  const quicker = async (before: number, run: () => Promise<unknown>) => {
    const begun = performance.now()
    await run()
    return Math.min(before, performance.now() - begun)
  }
  try {
    for (let sample = 0; sample < samples; sample++) {
      publish = await quicker(publish, () => js.publish(`$KV.${buckets.GUARD.name}.sync`, ""))
      roundTrip = await quicker(roundTrip, () => connection.rtt())
    }
  } catch {
    return true
  }
  return publish - roundTrip > syncMillis
}
