import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Nats } from "./Nats.ts"

/** A host that has not beaten for so long may be succeeded: `leaseTiming.expireMillis` of the actor hosts. */
export const hostAliveMillis = 8_000

/** Who owns what, as the leader of the OWN bucket has it. All times are the server's. */
export interface OwnershipReading {
  readonly now: number
  /** Host to its last beat. One that has left has none. */
  readonly beats: ReadonlyMap<string, number>
  /** Partition to its lease; `host` is empty when it was given up. `epoch` is the revision that made it. */
  readonly leases: ReadonlyMap<number, { readonly host: string; readonly epoch: number }>
}

const decodeClaim = Schema.decodeUnknownResult(Schema.fromJsonString(Schema.Struct({ host: Schema.String })))
const keyPrefix = "$KV.OWN."
/** Host entries read at most. */
const entryLimit = 1_000

/** Reads leases and beats without being an actor host. */
export const readOwnership = async (jsm: Nats["Service"]["jsm"]): Promise<OwnershipReading> => {
  const info = await jsm.streams.info("KV_OWN", { subjects_filter: `${keyPrefix}>` })
  const keys = Object.keys(info.state.subjects ?? {})
    .map((subject) => subject.slice(keyPrefix.length))
    .filter((key) => key.startsWith("host.") || key.startsWith("p."))
    .slice(0, entryLimit)
  const beats = new Map<string, number>()
  const leases = new Map<number, { host: string; epoch: number }>()
  // Of the leader, and not of a replica that may be behind, as the bucket's own get may be.
  await Promise.all(
    keys.map(async (key) => {
      const message = await jsm.streams.getMessage("KV_OWN", { last_by_subj: keyPrefix + key })
      if (message === null) return
      const isGone = message.header.get("KV-Operation") !== ""
      if (key.startsWith("host.")) {
        if (!isGone) beats.set(key.slice("host.".length), message.time.getTime())
        return
      }
      const claim = decodeClaim(message.string())
      const host = !isGone && Result.isSuccess(claim) ? claim.success.host : ""
      leases.set(Number(key.slice("p.".length)), { host, epoch: message.seq })
    }),
  )
  // What was read after the info is not older than now.
  const now = Math.max(Date.parse(info.ts ?? new Date().toISOString()), ...beats.values())
  return { now, beats, leases }
}
