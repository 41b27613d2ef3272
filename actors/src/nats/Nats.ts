import { connect } from "@nats-io/transport-node"
import type { NatsConnection, ServerInfo } from "@nats-io/transport-node"
import { jetstream, jetstreamManager } from "@nats-io/jetstream"
import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream"
import { Kvm } from "@nats-io/kv"
import type { KV } from "@nats-io/kv"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { bucketNames, buckets } from "@maillm/schema/Streams"
import type { BucketName } from "@maillm/schema/Streams"
import { measureSync } from "./measureSync.ts"
import { mendEpochs } from "./mendEpochs.ts"
import { leaveCutOffServer } from "./leaveCutOffServer.ts"
import { recallStreams, StreamGuard } from "./StreamGuard.ts"
import { StreamMemoryStore } from "./StreamMemoryStore.ts"
import { ensureStreams } from "./Streams.ts"

/** NATS cannot be reached, or refuses what is asked of it; `reason` says what to do. */
export class NatsUnavailable extends Schema.TaggedError<NatsUnavailable>()("NatsUnavailable", {
  reason: Schema.String,
}) {
  override get message() {
    return this.reason
  }
}

export interface NatsOptions {
  readonly servers: string
  /** Shown in the server's connection list. */
  readonly name: string
  readonly token?: string
  readonly replicas?: 1 | 3
  /** A file that also remembers the streams, on a disk that outlives NATS (StreamMemoryStore); none unless given. */
  readonly memoryFile?: string
  /** Goes on without what was lost, when this is the value that the refusal named. */
  readonly acceptStreams?: string
}

/** The oldest server with what we rely on: atomic batches, schedules, repeated-schedule fixes. */
export const minimumServerVersion = "2.14.0"

/**
 * What a server must take as one message, bytes: nats-server's own default. Mails and answers of the usual size are
 * far below; a command whose record is larger than the server takes is set aside with that reason and stops nobody.
 * maillm's own child takes 4 MiB.
 */
export const minimumPayloadBytes = 1024 * 1024

/** Whether a version such as `2.9.1` comes before another. */
export const olderThan = (version: string, minimum: string) => {
  const [a, b] = [version, minimum].map((v) => v.split(/[.-]/).slice(0, 3).map(Number))
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}

/**
 * Why a server cannot be used and what to do, or null: asked at every connect, for the servers of a cluster may
 * differ. That it stores with `sync_interval: always` is not to be learned here: a client is not told (only `/varz`
 * and the system account know), so it is for who runs the server to see to.
 */
const unfitness = (info: ServerInfo | undefined, address: string): string | null => {
  const version = info?.version ?? "0"
  if (olderThan(version, minimumServerVersion))
    return `nats-server at ${address} is ${version}; maillm needs ${minimumServerVersion} or newer. Upgrade it, or unset MAILLM_NATS_URL to let maillm bring its own.`
  const payload = info?.max_payload ?? 0
  return payload < minimumPayloadBytes
    ? `nats-server at ${address} takes messages of ${payload} bytes; maillm needs ${minimumPayloadBytes}. Write max_payload: 1MB or more into its configuration and reload it, or unset MAILLM_NATS_URL to let maillm bring its own.`
    : null
}

/**
 * The process's one connection to NATS, with every declared stream and bucket there. It reconnects for ever;
 * a publish that gets no answer has an unknown outcome and is for its caller to resolve.
 */
export class Nats extends Context.Service<
  Nats,
  {
    readonly connection: NatsConnection
    readonly js: JetStreamClient
    readonly jsm: JetStreamManager
    readonly bucket: (name: BucketName) => KV
    /** True while the connection is up, to a server that is good enough, and no stream was lost. */
    readonly connected: () => boolean
    /**
     * Calls back whenever the connection is up again, until the function returned is called. What the server was
     * asked to deliver before may never come: ask anew.
     */
    readonly onReconnect: (listener: () => void) => () => void
    /** Whether it syncs every write, as far as could be measured when the connection was made. */
    readonly syncs: boolean
    /** Watches that no stream begins anew. When it refuses, what takes or does work must stop. */
    readonly guard: StreamGuard
  }
>()("@maillm/actors/nats/Nats") {
  static readonly layer = (options: NatsOptions) =>
    Layer.effect(
      Nats,
      Effect.gen(function* () {
        const connection = yield* Effect.acquireRelease(dial(options), (nc) =>
          Effect.promise(() => nc.close().catch(() => undefined)),
        )
        const links = yield* watchLinks(connection, options)
        if (options.servers.includes(",")) yield* leaveCutOffServer(connection)
        const jsm = yield* attempt("JetStream is not enabled", () =>
          jetstreamManager(connection, { checkAPI: true }),
        )
        const store = new StreamMemoryStore(connection, jsm, options.memoryFile ?? null)
        const { memory, marks } = yield* recallStreams(connection, jsm, store, options.acceptStreams ?? null)
        yield* mendEpochs(jetstream(connection), jsm, marks["KV_OWN"]?.lastSequence ?? 0)
        yield* ensureStreams(jsm, options.replicas ?? 1, marks)
        const open = yield* openBuckets(connection)
        const guard = yield* StreamGuard.start(jsm, store, memory, links.onReconnect)
        const syncs = yield* Effect.promise(() => measureSync(connection))
        return {
          connection,
          syncs,
          js: jetstream(connection),
          jsm,
          bucket: (name: BucketName) => {
            const kv = open.get(name)
            if (kv === undefined) throw new Error(`bucket ${name} is not declared`)
            return kv
          },
          connected: () => links.up() && guard.refusal() === null,
          onReconnect: links.onReconnect,
          guard,
        }
      }),
    )
}

const openBuckets = Effect.fnUntraced(function* (connection: NatsConnection) {
  const kvm = new Kvm(connection)
  const open = new Map<BucketName, KV>()
  for (const name of bucketNames)
    open.set(
      name,
      yield* attempt(`bucket ${name}`, () => kvm.open(buckets[name].name, { allow_direct: true })),
    )
  return open
})

/** How long another server is looked for at a start when the first one found is not good enough. */
const otherServerMillis = 10_000

/** Whether the connection is up, and who wants to know. A server that is not good enough is left for another. */
const watchLinks = Effect.fnUntraced(function* (connection: NatsConnection, options: NatsOptions) {
  const log = yield* Effect.map(Effect.context(), Effect.runForkWith)
  const servers = shown(options.servers)
  const link: { up: boolean; unfit: string | null } = { up: true, unfit: null }
  const listeners = new Set<() => void>()
  const judge = (address: string) => {
    const reason = unfitness(connection.info, address)
    if (reason !== null && reason !== link.unfit && servers.includes(","))
      log(Effect.logError(`${reason} Until then another server is looked for.`))
    link.unfit = reason
    link.up = reason === null
    if (reason !== null) connection.reconnect().catch(() => undefined)
  }
  void (async () => {
    for await (const status of connection.status()) {
      if (status.type === "disconnect" || status.type === "staleConnection") link.up = false
      if (status.type !== "reconnect") continue
      judge(status.server)
      // Those of now: a listener may bring about new ones.
      if (link.up) for (const listener of Array.from(listeners)) listener()
    }
  })()
  judge(connection.getServer())
  const deadline = performance.now() + (servers.includes(",") ? otherServerMillis : 0)
  while (!link.up) {
    if (performance.now() >= deadline)
      return yield* new NatsUnavailable({ reason: link.unfit ?? "the connection was lost" })
    yield* Effect.sleep(100)
  }
  return {
    up: () => link.up && !connection.isClosed(),
    onReconnect: (listener: () => void) => {
      // Its own function, so that the same listener given twice is two.
      const own = () => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
})

/** Without the passwords that URLs may hold. */
const shown = (servers: string) => servers.replace(/\/\/[^@/,]*@/g, "//")

const attempt = <A>(what: string, run: () => Promise<A>) =>
  Effect.tryPromise({
    try: run,
    catch: (cause) =>
      new NatsUnavailable({ reason: `${what}: ${cause instanceof Error ? cause.message : String(cause)}` }),
  })

/** A connection and nothing more; within 5 s, or with the reason why not. To be closed by the caller. */
export const dial = (options: NatsOptions) =>
  Effect.tryPromise({
    try: () =>
      connect({
        servers: options.servers.split(","),
        name: options.name,
        ...(options.token === undefined ? {} : { token: options.token }),
        maxReconnectAttempts: -1,
        reconnectDelayHandler: () => 250 + Math.floor(Math.random() * 500),
        pingInterval: 5_000,
        maxPingOut: 2,
        ignoreAuthErrorAbort: true,
        timeout: 5_000,
        // Else two call stacks are kept for every request, which is most of what one costs here.
        noAsyncTraces: true,
      }),
    catch: (cause) =>
      new NatsUnavailable({
        reason: `cannot reach NATS at ${shown(options.servers)}: ${cause instanceof Error ? cause.message : String(cause)}. Start it, or correct MAILLM_NATS_URL.`,
      }),
  })
