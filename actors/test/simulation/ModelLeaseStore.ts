import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import { LeaseConflict, LeaseStoreFailed } from "../../src/runtime/LeaseStore.ts"
import type { LeaseEntry, LeaseStore } from "../../src/runtime/LeaseStore.ts"
import { hostKey, leaseTiming, readClaim } from "../../src/runtime/LeaseTable.ts"
import type { Cluster } from "./Cluster.ts"
import type { Entry } from "./ModelBucket.ts"
import type { SimulatedProcess } from "./SimulatedProcess.ts"
import { seconds } from "./World.ts"

/** The OWN bucket as ownership of one process sees it. */
export const modelLeaseStore = (cluster: Cluster, process: SimulatedProcess): LeaseStore => {
  const { OWN } = cluster.buckets

  const ask = <A>(operation: string, look: () => A) =>
    Effect.callback<A, LeaseStoreFailed>((resume) => {
      cluster.request<{ readonly found: A }>(
        process,
        OWN,
        operation,
        (answer) => answer({ found: look() }),
        (result) =>
          resume(
            result === null
              ? Effect.fail(new LeaseStoreFailed({ reason: `${operation}: no answer` }))
              : Effect.succeed(result.found),
          ),
      )
    })
  const write = (operation: string, key: string, value: string | null, expected: number) =>
    ask(operation, () => {
      const before = OWN.get(key)
      const revision = OWN.put(key, value, expected)
      if (revision !== null) judgeTaking(cluster, process, before)
      return revision
    }).pipe(
      Effect.flatMap((revision) =>
        revision === null ? Effect.fail(new LeaseConflict({ key })) : Effect.succeed(revision),
      ),
    )

  return {
    entries: ask("leases", () => OWN.entries.filter(isLease)),
    create: (key, value) => write("createLease", key, value, 0),
    update: (key, value, revision) => write("updateLease", key, value, revision),
    remove: (key, revision) => Effect.asVoid(write("removeLease", key, null, revision)),
    changes: Effect.gen(function* () {
      const arrived = yield* Queue.unbounded<LeaseEntry>()
      // In order, and not at all while the process is cut off: then something is missed and it may never know.
      let last = 0
      const send = (entry: LeaseEntry) => {
        if (!isLease(entry)) return
        const { now } = cluster.world
        last = Math.max(last, now + cluster.delay())
        cluster.world.after(last - now, () => {
          if (cluster.reaches(process)) process.receive(() => Queue.offerUnsafe(arrived, entry))
        })
      }
      yield* Effect.acquireRelease(
        Effect.sync(() => OWN.onChange(send)),
        (stop) => Effect.sync(stop),
      )
      return { next: Queue.take(arrived) }
    }),
  }
}

/** Long enough for what was decided about a host that had been silent to have arrived. */
const steadyMicros = seconds(10)

/** A lease of a host that has beaten steadily is not to be taken from it: it may be given up only. */
const judgeTaking = ({ world, buckets }: Cluster, taker: SimulatedProcess, before: Entry | null) => {
  const claim = readClaim(before?.value ?? "")
  if (before === null || claim === null || !before.key.startsWith("p.") || claim.host === taker.name) return
  const beat = buckets.OWN.get(hostKey(claim.host))
  const life = readClaim(beat?.value ?? "")
  if (beat === null || life === null || life.incarnation !== claim.incarnation) return
  const silent = world.now - beat.at
  if (silent >= seconds(leaseTiming.selfStopMillis / 1_000) || beat.at - beat.steadySince < steadyMicros)
    return
  const detail = `${taker.name} took ${before.key} of ${claim.host}, which was silent for ${silent / 1_000} ms`
  world.fail("taken-early", detail)
}

/** The bucket also counts attempts, which are no business of leases. */
const isLease = ({ key }: LeaseEntry) => !key.startsWith("attempt.")
