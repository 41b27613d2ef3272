import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import * as Schema from "effect/Schema"
import { SessionRecord, UserRecord } from "@maillm/schema/Record"
import { actorCodec } from "../src/runtime/actorCodec.ts"
import { SessionActor } from "../src/session/SessionActor.ts"
import { UserActor } from "../src/user/UserActor.ts"

/** What earlier versions wrote, see schema/fixtures/README.md. */
const folder = join(import.meta.dirname, "../../schema/fixtures")

const Message = Schema.Struct({
  subject: Schema.String,
  headers: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
  data: Schema.Unknown,
  /** In EVT, where it matters. */
  sequence: Schema.optionalKey(Schema.Int),
})
const decodeFile = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Array(Message)))

/** A stored message as its version's folder has it. */
export type Fixture = typeof Message.Type & { readonly version: string; readonly file: string }

/** `v1` …, and `next` for what is not released yet. */
export const versions = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

export const fixtures = (version: string): ReadonlyArray<Fixture> =>
  readdirSync(join(folder, version))
    .filter((file) => file.endsWith(".json"))
    .flatMap((file) =>
      decodeFile(readFileSync(join(folder, version, file), "utf8")).map((message) => ({
        ...message,
        version,
        file,
      })),
    )

/** An actor's state by its name `<kind>.<id>`, in the encoding of today. */
export const expectedStates = (version: string) =>
  Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Record(Schema.String, Schema.Unknown)))(
    readFileSync(join(folder, version, "expected/states.json"), "utf8"),
  )

const userRecord = Schema.decodeUnknownSync(UserRecord)
const sessionRecord = Schema.decodeUnknownSync(SessionRecord)

/** What today's code makes of an actor's records, in the encoding of today. */
export const stateOf = (actor: string, records: ReadonlyArray<unknown>): unknown => {
  const [kind, id = ""] = actor.split(".")
  if (kind === "user") {
    let state = UserActor.initial(id)
    for (const { atMillis, events } of records.map((data) => userRecord(data)))
      for (const event of events) state = UserActor.evolve(state, event, atMillis)
    return actorCodec(UserActor).encodeState(state)
  }
  let state = SessionActor.initial(id)
  for (const { atMillis, events } of records.map((data) => sessionRecord(data)))
    for (const event of events) state = SessionActor.evolve(state, event, atMillis)
  return actorCodec(SessionActor).encodeState(state)
}
