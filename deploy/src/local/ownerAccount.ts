import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { UserProtocol } from "@maillm/schema/ActorProtocol"
import { accountKey } from "@maillm/schema/DirectoryEntry"
import { AccountEntry } from "@maillm/schema/Record"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Nats } from "@maillm/actors/nats/Nats"
import type { DataFolder } from "./DataFolder.ts"
import { ownerId } from "./maillmLayer.ts"
import { StartFailure } from "./StartFailure.ts"

const watchAgainMillis = 1_000
const decodeEntry = Schema.decodeUnknownExit(Schema.fromJsonString(AccountEntry))

/**
 * The owner's account as the settings have it now. Ends when the account has said which its addresses are and mail to the
 * private one would be taken: that in the data folder is of a former start, since when it may have been replaced.
 */
export const createOwner = Effect.fnUntraced(function* (folder: DataFolder) {
  const client = yield* ActorClient
  const nats = yield* Nats
  const { privateLocalPart, owner } = folder
  // An id of its own for each start: an account that is changed and changed back is no repeat.
  const startId = crypto.randomUUID()
  const bucket = nats.bucket("DIRECTORY")
  const said = Effect.tryPromise(() => bucket.get(accountKey(ownerId)))
  const before = yield* Effect.orElseSucceed(said, () => null)
  const isAsked = yield* client
    .ask(UserProtocol, ownerId, `create/${startId}`, {
      _tag: "CreateUser",
      name: privateLocalPart.split(".")[0] ?? "owner",
      email: owner.email,
      privateLocalPart,
    })
    .pipe(
      Effect.retry({ times: 10, schedule: Schedule.spaced("500 millis") }),
      Effect.as(true),
      // An account that is there already is no reason not to start; one that is not there is found out below.
      Effect.catch((error) =>
        Effect.as(Effect.logWarning(`the account could not be brought up to date: ${error.message}`), false),
      ),
    )
  const bound = Effect.gen(function* () {
    const now = yield* said
    // It says them at every start, so what stood there before may be of former settings.
    if (now === null || (isAsked && now.revision === before?.revision))
      return yield* Effect.fail("the account has not said its addresses yet")
    followText(folder, now.string())
    const entry = yield* Effect.tryPromise(() => bucket.get(folder.privateLocalPart))
    if (entry === null) return yield* Effect.fail("not bound yet")
  })
  yield* bound.pipe(
    Effect.retry({ times: 400, schedule: Schedule.spaced("50 millis") }),
    Effect.mapError(
      () =>
        new StartFailure(
          "the private address was not bound in 20 s: see the log of nats-server in the data folder",
        ),
    ),
  )
})

/** Keeps the data folder's files true while maillm runs: an address that is replaced stands in them at once. */
export const followAccount = (folder: DataFolder) =>
  Effect.flatMap(Nats, (nats) =>
    Effect.tryPromise(async (signal) => {
      const entries = await nats.bucket("DIRECTORY").watch({ key: accountKey(ownerId) })
      signal.addEventListener("abort", () => entries.stop(), { once: true })
      for await (const entry of entries) {
        if (entry.operation === "PUT") followText(folder, entry.string())
      }
    }).pipe(
      Effect.catch((error) =>
        Effect.logWarning(`owner.json may be behind until the next start: ${String(error.cause)}`),
      ),
      Effect.andThen(Effect.sleep(watchAgainMillis)),
      Effect.forever,
    ),
  )

const followText = (folder: DataFolder, text: string) => {
  const entry = decodeEntry(text)
  if (Exit.isSuccess(entry)) folder.follow(entry.value)
}
