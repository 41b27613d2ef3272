import { describe, expect, test } from "vitest"
import * as Schema from "effect/Schema"
import { UserId } from "@maillm/schema/Ids"
import { MailContent, Recipient } from "@maillm/schema/Message"
import {
  ActorEffect,
  JobItem,
  NodeItem,
  OutboxItem,
  SessionCommandEnvelope,
  SessionRecord,
  UserCommandEnvelope,
  UserRecord,
} from "@maillm/schema/Record"
import { SessionCommand, SessionEvent } from "@maillm/schema/SessionActor"
import { NodeInfo, NodeOrder, TurnOutcome } from "@maillm/schema/Turn"
import { UserCommand, UserEvent } from "@maillm/schema/UserActor"
import { Wake } from "../src/runtime/CoreEffect.ts"
import { decodeSnapshot } from "../src/runtime/Snapshot.ts"
import { SessionActor } from "../src/session/SessionActor.ts"
import { UserActor } from "../src/user/UserActor.ts"
import { expectedStates, fixtures, stateOf, versions } from "./fixtures.ts"
import type { Fixture } from "./fixtures.ts"

const all = versions.flatMap(fixtures)
const dead = Schema.Struct({
  reason: Schema.String,
  seq: Schema.Int,
  subject: Schema.String,
  data: Schema.String,
})
const snapshot = Schema.Struct({ stateVersion: Schema.Int, journal: Schema.String })

/** One of another shape is ignored by its version; one of today's must be whole, and its state decode. */
const readSnapshot = (today: number, decodeState: (state: unknown) => unknown) => (data: unknown) => {
  const { journal, stateVersion } = Schema.decodeUnknownSync(snapshot)(data)
  if (stateVersion === today) decodeState(decodeSnapshot(JSON.stringify(data), stateVersion, journal)?.state)
}
/** How today's code reads what stands on a subject. */
const readers: ReadonlyArray<readonly [RegExp, (data: unknown) => unknown]> = [
  [/^evt\.user\./, Schema.decodeUnknownSync(UserRecord)],
  [/^evt\.session\./, Schema.decodeUnknownSync(SessionRecord)],
  [/^cmd\.\d+\.user\./, Schema.decodeUnknownSync(UserCommandEnvelope)],
  [/^cmd\.\d+\.session\./, Schema.decodeUnknownSync(SessionCommandEnvelope)],
  [/^node\./, Schema.decodeUnknownSync(NodeItem)],
  [/^out\./, Schema.decodeUnknownSync(OutboxItem)],
  [/^job\./, Schema.decodeUnknownSync(JobItem)],
  [/^(sched|wake)\./, (data) => Schema.decodeUnknownSync(Wake)(JSON.stringify(data))],
  [/^dead\./, Schema.decodeUnknownSync(dead)],
  [/^\$KV\.SNAP\.user\./, readSnapshot(UserActor.stateVersion, Schema.decodeUnknownSync(UserActor.state))],
  [
    /^\$KV\.SNAP\.session\./,
    readSnapshot(SessionActor.stateVersion, Schema.decodeUnknownSync(SessionActor.state)),
  ],
  [/^\$KV\.NODES\./, Schema.decodeUnknownSync(NodeInfo)],
  [/^\$KV\.DIRECTORY\./, Schema.decodeUnknownSync(UserId)],
]
/** Two commands of the story are none that anybody knows, so that they stand in DEAD. */
const isUnheard = ({ data }: Fixture) => JSON.stringify(data).includes('"commandId":"from-a-later-version"')

test.each(versions.map((version) => [version]))(
  "all that %s wrote is read by the code of today",
  (version) => {
    const own = all.filter((fixture) => fixture.version === version && !isUnheard(fixture))
    expect(own.length).toBeGreaterThan(0)
    for (const { file, subject, data } of own) {
      const reader = readers.find(([pattern]) => pattern.test(subject))?.[1]
      if (reader === undefined) throw new Error(`${file}: nothing of today reads ${subject}`)
      try {
        reader(data)
      } catch (error) {
        throw new Error(`${version}/${file}, ${subject}: ${String(error)}\n${JSON.stringify(data)}`, {
          cause: error,
        })
      }
    }
  },
)

/** Every `_tag` in a value, by the keys that lead to it: `events.0`, `command`, `command.content` … */
const tagsIn = (value: unknown, path = ""): ReadonlyArray<readonly [path: string, tag: string]> =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        key === "_tag" && typeof inner === "string"
          ? [[path, inner] as const]
          : tagsIn(inner, path === "" ? key : `${path}.${key}`),
      )
const found = (subject: RegExp, path: RegExp) =>
  new Set(
    all
      .filter((fixture) => subject.test(fixture.subject))
      .flatMap(({ data }) => tagsIn(data).flatMap(([at, tag]) => (path.test(at) ? [tag] : []))),
  )
const tagsOf = ({
  members,
}: {
  readonly members: ReadonlyArray<{ readonly fields: { readonly _tag: Schema.tag<string> } }>
}) => members.map(({ fields }) => fields._tag.schema.literal)

describe("none is without a fixture, see schema/fixtures/README.md", () => {
  test.each([
    ["event of the user actor", UserEvent, found(/^evt\.user\./, /^events\.\d+$/)],
    ["event of the session actor", SessionEvent, found(/^evt\.session\./, /^events\.\d+$/)],
    ["command to the user actor", UserCommand, found(/^cmd\.\d+\.user\./, /^command$/)],
    ["command to the session actor", SessionCommand, found(/^cmd\.\d+\.session\./, /^command$/)],
    ["order to a node", NodeOrder, found(/^node\./, /^order$/)],
    ["outcome of a turn", TurnOutcome, found(/./, /outcome$/)],
    ["content of a mail", MailContent, found(/./, /content$/)],
    ["recipient", Recipient, found(/./, /recipient$/)],
  ])("%s", (_, union, tags) => {
    expect(tagsOf(union).length).toBeGreaterThan(1)
    expect(tagsOf(union).filter((tag) => !tags.has(tag))).toEqual([])
  })

  test("effect, in a record and as the message that it becomes", () => {
    const inRecords = found(/^evt\./, /^effects\.\d+$/)
    // No actor of 0.1.0 told a user anything; the message is in unused.json.
    const unused = new Set(["TellUser"])
    expect(tagsOf(ActorEffect).filter((tag) => !inRecords.has(tag) && !unused.has(tag))).toEqual([])
    for (const subject of [
      "cmd.12.session.",
      "cmd.26.user.",
      "node.",
      "out.",
      "job.",
      "sched.",
      "wake.",
      "$KV.DIRECTORY.",
    ])
      expect(all.filter((fixture) => fixture.subject.startsWith(subject))).not.toEqual([])
  })
})

describe.each(versions.filter((version) => version !== "next").map((version) => [version]))(
  "%s",
  (version) => {
    test("the journal leads to the states that are kept beside it", () => {
      const expected = expectedStates(version)
      const actors = new Set(
        fixtures(version).flatMap(({ subject }) => (subject.startsWith("evt.") ? [subject.slice(4)] : [])),
      )
      expect([...actors].toSorted()).toEqual(Object.keys(expected).toSorted())
      for (const actor of actors) {
        const records = fixtures(version).filter(({ subject }) => subject === `evt.${actor}`)
        expect({
          [actor]: stateOf(
            actor,
            records.map(({ data }) => data),
          ),
        }).toEqual({ [actor]: expected[actor] })
      }
    })
  },
)
