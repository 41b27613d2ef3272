import { createInbox } from "@nats-io/transport-node"
import type { NatsConnection } from "@nats-io/transport-node"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import type { ActorKind } from "@maillm/schema/Ids"
import { SessionCommandEnvelope, UserCommandEnvelope } from "@maillm/schema/Record"
import type { SessionCommand } from "@maillm/schema/SessionActor"
import { commandSubject } from "@maillm/schema/Subjects"
import type { UserCommand } from "@maillm/schema/UserActor"
import { GroupPublisher, jetStreamCodes, PublishRefused } from "../nats/GroupPublisher.ts"
import { Nats } from "../nats/Nats.ts"
import { ActorClient, CommandUnconfirmed, MailboxFull } from "./ActorClient.ts"
import type { Accepted, TellError } from "./ActorClient.ts"

/** Header of a command whose sender waits for its commit; holds a core NATS inbox. */
export const replyHeader = "Maillm-Reply"
const askMillis = 10_000

const encodeUser = Schema.encodeSync(Schema.fromJsonString(UserCommandEnvelope))
const encodeSession = Schema.encodeSync(Schema.fromJsonString(SessionCommandEnvelope))
const utf8 = new TextEncoder()

type Store = (
  name: Mailbox,
  commandId: string,
  text: string,
  replyTo: string | null,
) => Effect.Effect<Accepted, TellError>
interface Mailbox {
  readonly kind: ActorKind
  readonly id: string
}

/** The actor client over JetStream; commands that wait together share one fsync. */
export const JetStreamActorClientLayer = Layer.effect(
  ActorClient,
  Effect.gen(function* () {
    const { connection } = yield* Nats
    const publisher = new GroupPublisher(connection)
    const store: Store = ({ kind, id }, commandId, text, replyTo) =>
      Effect.tryPromise({
        try: () =>
          publisher.publish(commandSubject(kind, id), utf8.encode(text), [
            ["Nats-Msg-Id", `${kind}.${id}/${commandId}`],
            ...(replyTo === null ? [] : [[replyHeader, replyTo] as const]),
          ]),
        catch: (error) => refusal(`${kind} ${id}`, error),
      })
    const ask = asker(connection, store)
    const userText = (commandId: string, command: UserCommand) =>
      encodeUser({ v: 1, commandId, sentAtMillis: Date.now(), command })
    const sessionText = (commandId: string, command: SessionCommand) =>
      encodeSession({ v: 1, commandId, sentAtMillis: Date.now(), command })
    const user = (id: string): Mailbox => ({ kind: "user", id })
    const session = (id: string): Mailbox => ({ kind: "session", id })
    return {
      tellUser: (id, commandId, command) =>
        Effect.suspend(() => store(user(id), commandId, userText(commandId, command), null)),
      tellSession: (id, commandId, command) =>
        Effect.suspend(() => store(session(id), commandId, sessionText(commandId, command), null)),
      askUser: (id, commandId, command) =>
        Effect.suspend(() => ask(user(id), commandId, userText(commandId, command))),
      askSession: (id, commandId, command) =>
        Effect.suspend(() => ask(session(id), commandId, sessionText(commandId, command))),
    }
  }),
)

/** Stores a command and waits on an inbox for its commit. */
const asker =
  (connection: NatsConnection, store: Store) => (name: Mailbox, commandId: string, text: string) =>
    Effect.gen(function* () {
      const inbox = createInbox()
      const subscription = connection.subscribe(inbox, { max: 1, timeout: askMillis })
      const answer = (async () => {
        for await (const message of subscription) return Number(message.string())
        return 0
      })()
      answer.catch(() => undefined)
      const accepted = yield* store(name, commandId, text, inbox).pipe(
        Effect.tapError(() => Effect.sync(() => subscription.unsubscribe())),
      )
      if (accepted.duplicate) {
        subscription.unsubscribe()
        return 0
      }
      return yield* Effect.tryPromise({
        try: () => answer,
        catch: () =>
          new CommandUnconfirmed({
            actor: `${name.kind} ${name.id}`,
            reason: `stored, but not yet handled after ${askMillis / 1000} s; it will be`,
          }),
      })
    })

const refusal = (actor: string, error: unknown): TellError =>
  error instanceof PublishRefused && error.code === jetStreamCodes.mailboxFull
    ? new MailboxFull({ actor })
    : new CommandUnconfirmed({ actor, reason: error instanceof Error ? error.message : String(error) })
