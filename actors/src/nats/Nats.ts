import { connect } from "@nats-io/transport-node"
import type { NatsConnection } from "@nats-io/transport-node"
import { jetstream, jetstreamManager } from "@nats-io/jetstream"
import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream"
import { Kvm } from "@nats-io/kv"
import type { KV } from "@nats-io/kv"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { bucketNames, buckets } from "@maillm/schema/Streams"
import type { BucketDeclaration, BucketName } from "@maillm/schema/Streams"
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
    /** True while the connection is up. */
    readonly connected: () => boolean
    /**
     * Calls back whenever the connection is up again, until the function returned is called. What the server was
     * asked to deliver before may never come: ask anew.
     */
    readonly onReconnect: (listener: () => void) => () => void
  }
>()("@maillm/actors/nats/Nats") {
  static readonly layer = (options: NatsOptions) =>
    Layer.effect(
      Nats,
      Effect.gen(function* () {
        const connection = yield* Effect.acquireRelease(dial(options), (nc) =>
          Effect.promise(() => nc.close().catch(() => undefined)),
        )
        const version = connection.info?.version ?? "0"
        if (olderThan(version, minimumServerVersion)) {
          return yield* new NatsUnavailable({
            reason: `nats-server at ${shown(options.servers)} is ${version}; maillm needs ${minimumServerVersion} or newer. Upgrade it, or unset MAILLM_NATS_URL to let maillm bring its own.`,
          })
        }
        let up = true
        const reconnectListeners = new Set<() => void>()
        void (async () => {
          for await (const status of connection.status()) {
            if (status.type === "disconnect" || status.type === "staleConnection") up = false
            if (status.type !== "reconnect") continue
            up = true
            // Those of now: a listener may bring about new ones.
            const listeners = Array.from(reconnectListeners)
            for (const listener of listeners) listener()
          }
        })()
        const jsm = yield* attempt("JetStream is not enabled", () =>
          jetstreamManager(connection, { checkAPI: true }),
        )
        const payload = connection.info?.max_payload ?? 0
        if (payload < minimumPayloadBytes) {
          return yield* new NatsUnavailable({
            reason: `nats-server at ${shown(options.servers)} takes messages of ${payload} bytes; maillm needs ${minimumPayloadBytes}. Write max_payload: 1MB or more into its configuration and reload it, or unset MAILLM_NATS_URL to let maillm bring its own.`,
          })
        }
        yield* ensureStreams(jsm, options.replicas ?? 1)
        const kvm = new Kvm(connection)
        const open = new Map<BucketName, KV>()
        for (const name of bucketNames) {
          const declared: BucketDeclaration = buckets[name]
          const kv = yield* attempt(`bucket ${name}`, () =>
            kvm.create(declared.name, {
              history: 1,
              max_bytes: declared.maxBytes,
              ttl: declared.maxAgeMillis ?? 0,
              replicas: options.replicas ?? 1,
            }),
          )
          open.set(name, kv)
        }
        return {
          connection,
          js: jetstream(connection),
          jsm,
          bucket: (name: BucketName) => {
            const kv = open.get(name)
            if (kv === undefined) throw new Error(`bucket ${name} is not declared`)
            return kv
          },
          connected: () => up && !connection.isClosed(),
          onReconnect: (listener: () => void) => {
            // Its own function, so that the same listener given twice is two.
            const own = () => listener()
            reconnectListeners.add(own)
            return () => void reconnectListeners.delete(own)
          },
        }
      }),
    )
}

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
      }),
    catch: (cause) =>
      new NatsUnavailable({
        reason: `cannot reach NATS at ${shown(options.servers)}: ${cause instanceof Error ? cause.message : String(cause)}. Start it, or correct MAILLM_NATS_URL.`,
      }),
  })
