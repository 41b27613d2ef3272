import type { JetStreamManager, StreamConfig } from "@nats-io/jetstream"
import { DiscardPolicy, RetentionPolicy, StorageType } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { streams } from "@maillm/schema/Streams"
import type { StreamDeclaration } from "@maillm/schema/Streams"

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

/** Creates what is missing and checks what is there. */
export const ensureStreams = Effect.fn("ensureStreams")(function* (jsm: JetStreamManager, replicas: number) {
  for (const declaration of Object.values(streams)) {
    const wanted = streamConfig(declaration, replicas)
    const info = yield* Effect.tryPromise({
      try: () =>
        jsm.streams
          .info(declaration.name)
          .catch((error: unknown) => (isNotFound(error) ? null : Promise.reject(error))),
      catch: (cause) => new StreamRefused({ stream: declaration.name, reason: String(cause) }),
    })
    if (info === null) {
      yield* Effect.tryPromise({
        try: () => jsm.streams.add(wanted),
        catch: (cause) => new StreamRefused({ stream: declaration.name, reason: String(cause) }),
      })
      continue
    }
    const differences = streamDifferences(wanted, { ...info.config })
    if (differences.length > 0) return yield* new StreamDiffers({ stream: declaration.name, differences })
  }
})

const isNotFound = (error: unknown) =>
  error instanceof Error && (error.name === "StreamNotFoundError" || /stream not found/i.test(error.message))
