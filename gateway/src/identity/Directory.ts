import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { parseDirectoryEntry } from "@maillm/schema/DirectoryEntry"
import type { DirectoryEntry } from "@maillm/schema/DirectoryEntry"
import { Nats } from "@maillm/actors/nats/Nats"

/** Whether an address exists cannot be told at the moment. */
export class DirectoryUnavailable extends Schema.TaggedError<DirectoryUnavailable>()("DirectoryUnavailable", {
  reason: Schema.String,
}) {
  override get message() {
    return `the address book cannot be read: ${this.reason}`
  }
}

/** Addresses kept in memory; beyond these each is asked for. */
const memoryLimit = 100_000
const watchAgainMillis = 1_000

/** Local part of a private address → user id. */
export class Directory extends Context.Service<
  Directory,
  {
    /** `localPart` in lower case, of the shape of a private address. Null when nobody has it, or has it no more. */
    readonly find: (localPart: string) => Effect.Effect<string | null, DirectoryUnavailable>
  }
>()("@maillm/gateway/identity/Directory") {
  /**
   * The DIRECTORY bucket, watched into memory; what is not there is asked for, so a new address works at once. While it is
   * not watched nothing is taken from memory, which may have missed that an address ended.
   */
  static readonly layer = Layer.effect(
    Directory,
    Effect.gen(function* () {
      const nats = yield* Nats
      const bucket = nats.bucket("DIRECTORY")
      const known = new Map<string, DirectoryEntry>()
      let watched = false
      const remember = (localPart: string, entry: DirectoryEntry | null) => {
        if (entry === null) known.delete(localPart)
        else if (known.has(localPart) || known.size < memoryLimit) known.set(localPart, entry)
      }
      const watch = Effect.tryPromise(async (signal) => {
        const entries = await bucket.watch()
        signal.addEventListener("abort", () => entries.stop(), { once: true })
        known.clear()
        watched = true
        for await (const entry of entries)
          remember(entry.key, entry.operation === "PUT" ? parseDirectoryEntry(entry.string()) : null)
      }).pipe(Effect.ensuring(Effect.sync(() => (watched = false))))
      yield* watch.pipe(
        Effect.ignore,
        Effect.andThen(Effect.sleep(watchAgainMillis)),
        Effect.forever,
        Effect.forkScoped,
      )

      const read = (localPart: string) =>
        Effect.tryPromise({
          try: () => bucket.get(localPart),
          catch: (cause) =>
            new DirectoryUnavailable({ reason: cause instanceof Error ? cause.message : String(cause) }),
        })
      return {
        find: Effect.fnUntraced(function* (localPart: string) {
          const remembered = watched ? known.get(localPart) : undefined
          if (remembered !== undefined && remembered.endsAtMillis === null) return remembered.userId
          if (!nats.connected()) {
            return yield* new DirectoryUnavailable({ reason: "NATS is not reachable at the moment" })
          }
          // One with an end is asked for as well: it takes as long as one that nobody has, and its end may have come nearer.
          const entry = yield* read(localPart)
          if (entry === null || entry.operation !== "PUT") return null
          const found = parseDirectoryEntry(entry.string())
          // Not remembered: what the watch has seen since would be overwritten.
          return found === null || isOver(found) ? null : found.userId
        }),
      }
    }),
  )
}

const isOver = ({ endsAtMillis }: DirectoryEntry) => endsAtMillis !== null && Date.now() >= endsAtMillis
