import type { JetStreamManager, StreamConfig } from "@nats-io/jetstream"
import { DiscardPolicy, JetStreamApiError, RetentionPolicy, StorageType } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { bucketNames, buckets, streams } from "@maillm/schema/Streams"
import type { BucketDeclaration, StreamDeclaration } from "@maillm/schema/Streams"
import { positionGap } from "./liftStream.ts"
import type { StreamMarks } from "./StreamMarks.ts"

/** A stream exists with other settings than declared. Starting would break promises, so nothing starts. */
export class StreamDiffers extends Schema.TaggedError<StreamDiffers>()("StreamDiffers", {
  stream: Schema.String,
  differences: Schema.Array(Schema.String),
}) {
  override get message() {
    return `stream ${this.stream} differs from its declaration: ${this.differences.join("; ")}. Point MAILLM_NATS_URL at a server of its own, or change the stream with the nats tool.`
  }
}

/** A stream could not be read or made. */
export class StreamRefused extends Schema.TaggedError<StreamRefused>()("StreamRefused", {
  stream: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `stream ${this.stream}: ${this.reason}`
  }
}

const nanos = (millis: number) => millis * 1_000_000

/** The server's configuration for a declaration. */
export const streamConfig = (declaration: StreamDeclaration, replicas: number) =>
  ({
    name: declaration.name,
    subjects: [...declaration.subjects],
    storage: StorageType.File,
    num_replicas: replicas,
    retention: declaration.retention === "workqueue" ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
    discard: declaration.discard === "new" ? DiscardPolicy.New : DiscardPolicy.Old,
    discard_new_per_subject: declaration.discardNewPerSubject,
    max_msgs_per_subject: declaration.maxMessagesPerSubject,
    max_bytes: declaration.maxBytes,
    max_age: nanos(declaration.maxAgeMillis),
    duplicate_window: nanos(declaration.duplicateWindowMillis),
    deny_delete: declaration.denyDelete,
    allow_direct: declaration.allowDirect,
    allow_rollup_hdrs: declaration.allowRollup,
    allow_msg_schedules: declaration.allowSchedules,
    allow_atomic: declaration.allowAtomic,
  }) satisfies Partial<StreamConfig> & Record<string, unknown>

/** What differs between the wanted and the actual settings, in words; empty when nothing does. */
export const streamDifferences = (
  wanted: Record<string, unknown>,
  actual: Record<string, unknown>,
): Array<string> =>
  Object.entries(wanted).flatMap(([key, value]) => {
    const found =
      actual[key] ?? (typeof value === "boolean" ? false : typeof value === "number" ? 0 : undefined)
    return JSON.stringify(found) === JSON.stringify(value)
      ? []
      : [`${key} is ${JSON.stringify(found)}, declared ${JSON.stringify(value)}`]
  })

/** The server's configuration for a bucket: as `Kvm.create` has it. */
export const bucketConfig = ({ name, maxBytes, maxAgeMillis }: BucketDeclaration, replicas: number) =>
  ({
    name: `KV_${name}`,
    subjects: [`$KV.${name}.>`],
    storage: StorageType.File,
    num_replicas: replicas,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    max_msgs_per_subject: 1,
    max_bytes: maxBytes,
    max_age: nanos(maxAgeMillis ?? 0),
    allow_rollup_hdrs: true,
    allow_direct: true,
  }) satisfies Partial<StreamConfig> & Record<string, unknown>

/**
 * Creates what is missing of streams and buckets and checks what is there. One of which more is remembered than is
 * there begins above that: no position, and no epoch (a revision of OWN), is given twice.
 */
export const ensureStreams = Effect.fn("ensureStreams")(function* (
  jsm: JetStreamManager,
  replicas: number,
  remembered: StreamMarks,
) {
  for (const wanted of [
    ...Object.values(streams).map((declaration) => streamConfig(declaration, replicas)),
    ...bucketNames.map((name) => bucketConfig(buckets[name], replicas)),
  ]) {
    const stream = wanted.name
    const attempt = <A>(run: () => Promise<A>) =>
      Effect.tryPromise({
        try: run,
        catch: (cause) => new StreamRefused({ stream, reason: refusalWords(cause, replicas) }),
      })
    const info = yield* attempt(() =>
      jsm.streams
        .info(stream)
        .catch((error: unknown) => (isStreamNotFound(error) ? null : Promise.reject(error))),
    )
    if (info === null) {
      const seen = remembered[stream]?.lastSequence ?? 0
      const first = seen === 0 ? {} : { first_seq: seen + positionGap }
      yield* attempt(() => jsm.streams.add({ ...wanted, ...first }))
      continue
    }
    const differences = [
      ...streamDifferences(wanted, { ...info.config }),
      ...peerDifference(replicas, info.cluster?.replicas?.length ?? 0),
    ]
    if (differences.length > 0) return yield* new StreamDiffers({ stream, differences })
  }
})

/** A server that left the cluster for good takes its copy with it. */
const peerDifference = (replicas: number, followers: number) =>
  replicas <= followers + 1 ? [] : [`it is kept by ${followers + 1} servers, declared ${replicas}`]

/** JetStream error codes of a cluster that is too small (nats-server `errors.json`). */
const tooFewServers: ReadonlySet<number> = new Set([10005, 10074])

const refusalWords = (cause: unknown, replicas: number) => {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return replicas > 1 && cause instanceof JetStreamApiError && tooFewServers.has(cause.code)
    ? `${replicas} replicas need ${replicas} nats-servers with JetStream and room in one cluster, and there are fewer (${reason}). Join them by routes under one cluster name, or use one replica.`
    : reason
}

export const isStreamNotFound = (error: unknown) =>
  error instanceof Error && (error.name === "StreamNotFoundError" || /stream not found/i.test(error.message))
