import type { NatsConnection } from "@nats-io/transport-node"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Scope } from "effect/Scope"

const askMillis = 2_000
/**
 * A server whose cluster has no leader for so long is left. Elections take 4 to 9 s, and while there is one nothing
 * is lost by a new connection; owners lose their leases after 8 s.
 */
const leaveAfterMillis = 8_000
/** So many questions must be without an answer: a process that was stopped for a while has asked none. */
const failuresLimit = 3

/**
 * Goes to another server of the cluster when the one that this process is connected to is cut off from the others. It
 * takes connections all the same, and answers pings, so nothing else would make a client leave it: not while it is
 * cut off, and not until it has found back into its cluster, which takes it another half a minute. Of use only where
 * the addresses of several servers were given: those that it was told of are forgotten with their routes.
 */
export const leaveCutOffServer = (connection: NatsConnection): Effect.Effect<void, never, Scope> =>
  Effect.gen(function* () {
    let answeredAt = yield* monotonicMillis
    let failures = 0
    yield* Effect.gen(function* () {
      yield* Effect.sleep(askMillis)
      if (yield* hasLeader(connection)) {
        answeredAt = yield* monotonicMillis
        failures = 0
        return
      }
      failures++
      const silent = (yield* monotonicMillis) - answeredAt
      if (failures < failuresLimit || silent < leaveAfterMillis) return
      const server = connection.getServer()
      yield* Effect.logWarning(`nats-server ${server} has no leader for ${Math.round(silent)} ms: leaving it`)
      yield* leave(connection, server)
      answeredAt = yield* monotonicMillis
      failures = 0
    }).pipe(Effect.forever, Effect.forkScoped)
  })

const monotonicMillis = Clock.monotonicTimeNanos.pipe(Effect.map((nanos) => Number(nanos / 1_000_000n)))

/** Account info is answered by the leader of the whole cluster, or refused by a server that knows of none. */
const hasLeader = (connection: NatsConnection): Effect.Effect<boolean> =>
  Effect.tryPromise(async () => {
    const reply = await connection.request("$JS.API.INFO", "", { timeout: askMillis })
    const answer: unknown = reply.json()
    return typeof answer === "object" && answer !== null && !("error" in answer)
  }).pipe(Effect.orElseSucceed(() => false))

/** The library may take the same server again the first time (nats.js 3.4.0), but not the second. */
const leave = (connection: NatsConnection, server: string) =>
  Effect.gen(function* () {
    yield* Effect.promise(() => connection.reconnect())
    yield* Effect.sleep(askMillis)
    if (!connection.isClosed() && connection.getServer() === server) {
      yield* Effect.promise(() => connection.reconnect())
    }
  })
