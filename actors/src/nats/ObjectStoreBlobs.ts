import { createHash } from "node:crypto"
import { jetstream } from "@nats-io/jetstream"
import { Objm, setSha256Backend } from "@nats-io/obj"
import type { ObjectStore } from "@nats-io/obj"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { BlobRef } from "@maillm/schema/Message"
import { blobBucket } from "@maillm/schema/Streams"
import { BlobPacks, packedBlobBytes } from "./BlobPacks.ts"
import { BlobFailed, Blobs } from "./Blobs.ts"
import { PublishRefused } from "./AckInbox.ts"
import { GroupPublisher, jetStreamCodes } from "./GroupPublisher.ts"
import { Nats, NatsUnavailable } from "./Nats.ts"

/** The largest blob, bytes. */
export const blobLimitBytes = 64 * 1024 * 1024
/**
 * Up to this size a blob is one message of the bucket's stream and goes out by group commit, or part of one (`BlobPacks`):
 * one fsync for many mails. A chunked object costs two reads and two fsyncs of its own. The ref says which of the three.
 */
export const smallBlobBytes = 128 * 1024

const stream = `OBJ_${blobBucket.name}`
const smallSubject = (sha256: string) => `$O.${blobBucket.name}.C.${sha256}`
/** Not where a blob could be: whoever knows a pack's members could send a blob that has its name. */
const packSubject = (name: string) => `$O.${blobBucket.name}.C.pack.${name}`
const putChunkMillis = 5_000
const getMillis = 30_000

const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

/** Blobs in the object store `BLOBS`; content-addressed, so what is there already is not written again. */
export const ObjectStoreBlobsLayer = (options: { readonly replicas?: 1 | 3 } = {}) =>
  Layer.effect(
    Blobs,
    Effect.gen(function* () {
      const nats = yield* Nats
      setSha256Backend("native")
      const store = yield* Effect.tryPromise({
        try: () => {
          // `allow_atomic` is no option of the library, which passes what it does not know to the server.
          const settings = {
            max_bytes: blobBucket.maxBytes,
            replicas: options.replicas ?? 1,
            allow_atomic: true,
          }
          return new Objm(jetstream(nats.connection)).create(blobBucket.name, settings)
        },
        catch: (cause) => new NatsUnavailable({ reason: `object store ${blobBucket.name}: ${words(cause)}` }),
      })
      const publisher = new GroupPublisher(nats.connection, { syncs: nats.syncs })
      const packs = new BlobPacks({
        putOne: (sha256, bytes) => putMessage(publisher, smallSubject(sha256), bytes),
        putPack: (name, bytes) => putMessage(publisher, packSubject(name), bytes),
        getPack: (name) => getMessage(nats, packSubject(name)),
      })

      const put = Effect.fnUntraced(function* (bytes: Uint8Array, sha256 = sha256Of(bytes)) {
        const ref: BlobRef = { sha256, sizeBytes: bytes.length }
        if (bytes.length > blobLimitBytes) {
          return yield* new BlobFailed({
            sha256: ref.sha256,
            found: false,
            reason: `${bytes.length} bytes are more than the limit of ${blobLimitBytes}`,
          })
        }
        return yield* attempt(ref, nats, async () => {
          if (ref.sizeBytes <= packedBlobBytes) return packs.put(ref, bytes)
          if (ref.sizeBytes <= smallBlobBytes) await putMessage(publisher, smallSubject(sha256), bytes)
          else await putChunked(store, ref, bytes)
          return ref
        })
      })

      const get = Effect.fnUntraced(function* (ref: BlobRef) {
        const bytes = yield* attempt(ref, nats, () => {
          if (ref.within !== undefined) return packs.get(ref.within, ref.sizeBytes)
          return ref.sizeBytes <= smallBlobBytes
            ? getMessage(nats, smallSubject(ref.sha256))
            : store.getBlob(ref.sha256)
        }).pipe(
          Effect.timeoutOrElse({
            duration: getMillis,
            orElse: () => failed(ref, `was not read within ${getMillis / 1000} s`),
          }),
        )
        if (bytes === null) {
          const reason = "is not in the object store"
          return yield* new BlobFailed({ sha256: ref.sha256, found: false, missing: true, reason })
        }
        if (bytes.length !== ref.sizeBytes || sha256Of(bytes) !== ref.sha256) {
          return yield* new BlobFailed({
            sha256: ref.sha256,
            found: true,
            reason: "is damaged: its content does not have the hash it is named by",
          })
        }
        return bytes
      })

      return { put, get }
    }),
  )

/** Refused because the subject already holds a message: the same bytes are there, which is what was wanted. */
const putMessage = async (publisher: GroupPublisher, subject: string, bytes: Uint8Array) => {
  try {
    await publisher.publish(subject, bytes, [["Nats-Expected-Last-Subject-Sequence", "0"]])
  } catch (error) {
    if (!(error instanceof PublishRefused && error.code === jetStreamCodes.wrongLastSequence)) throw error
  }
}

const putChunked = async (store: ObjectStore, ref: BlobRef, bytes: Uint8Array) => {
  const there = await store.info(ref.sha256)
  if (there !== null && !there.deleted && there.size === ref.sizeBytes) return
  await store.putBlob({ name: ref.sha256 }, bytes, { timeout: putChunkMillis })
}

const getMessage = async (nats: Nats["Service"], subject: string): Promise<Uint8Array | null> => {
  const message = await nats.jsm.streams.getMessage(stream, { last_by_subj: subject })
  return message === null ? null : message.data
}

/** Fails at once while the connection is down, for SMTP and webhooks answer "later" rather than wait. */
const attempt = <A>(ref: BlobRef, nats: Nats["Service"], run: () => Promise<A>) =>
  nats.connected()
    ? Effect.tryPromise({
        try: run,
        catch: (cause) => new BlobFailed({ sha256: ref.sha256, found: false, reason: words(cause) }),
      })
    : failed(ref, "NATS is not reachable at the moment")

const failed = (ref: BlobRef, reason: string) =>
  Effect.fail(new BlobFailed({ sha256: ref.sha256, found: false, reason }))

const words = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))
