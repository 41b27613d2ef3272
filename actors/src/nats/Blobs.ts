import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { BlobRef } from "@maillm/schema/Message"

/** A blob could not be stored or read. `found` is false when it is not there. */
export class BlobFailed extends Schema.TaggedError<BlobFailed>()("BlobFailed", {
  sha256: Schema.String,
  found: Schema.Boolean,
  /** True when the store has answered that it is not there; else it may be read later. */
  missing: Schema.optionalKey(Schema.Boolean),
  reason: Schema.String,
}) {
  override get message() {
    return `blob ${this.sha256.slice(0, 12)}: ${this.reason}`
  }
}

/** Bytes named by their SHA-256 in the object store. Storing the same bytes again is harmless and cheap. */
export class Blobs extends Context.Service<
  Blobs,
  {
    /** Durable once this succeeds. `sha256` is that of the bytes, in lower-case hex, for who knows it already. */
    readonly put: (bytes: Uint8Array, sha256?: string) => Effect.Effect<BlobRef, BlobFailed>
    /** The content, checked against its name. */
    readonly get: (ref: BlobRef) => Effect.Effect<Uint8Array, BlobFailed>
  }
>()("@maillm/actors/nats/Blobs") {}
