import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { UserId } from "@maillm/schema/Ids"
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

const isUserId = Schema.is(UserId)

/** Local part of a private address → user id. */
export class Directory extends Context.Service<
  Directory,
  {
    /** `localPart` in lower case, of the shape of a private address. Null when nobody has it. */
    readonly find: (localPart: string) => Effect.Effect<string | null, DirectoryUnavailable>
  }
>()("@maillm/gateway/identity/Directory") {
  /** The DIRECTORY bucket, watched into memory; what is not there is asked for, so a new address works at once. */
  static readonly layer = Layer.effect(
    Directory,
    Effect.gen(function* () {
      const nats = yield* Nats
      const bucket = nats.bucket("DIRECTORY")
      const known = new Map<string, string>()
      const remember = (localPart: string, value: string) => {
        if (isUserId(value) && known.size < memoryLimit) known.set(localPart, value)
      }
      const watch = Effect.tryPromise(async (signal) => {
        const entries = await bucket.watch()
        signal.addEventListener("abort", () => entries.stop(), { once: true })
        for await (const entry of entries) {
          if (entry.operation === "PUT") remember(entry.key, entry.string())
          else known.delete(entry.key)
        }
      })
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
        find: Effect.fn("Directory.find")(function* (localPart: string) {
          const remembered = known.get(localPart)
          if (remembered !== undefined) return remembered
          if (!nats.connected()) {
            return yield* new DirectoryUnavailable({ reason: "NATS is not reachable at the moment" })
          }
          const entry = yield* read(localPart)
          if (entry === null || entry.operation !== "PUT") return null
          const value = entry.string()
          if (!isUserId(value)) return null
          remember(localPart, value)
          return value
        }),
      }
    }),
  )
}
