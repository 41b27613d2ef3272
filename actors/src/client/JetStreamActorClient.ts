import { createInbox } from "@nats-io/transport-node"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import type { ActorKind } from "@maillm/schema/Ids"
import { SessionCommandEnvelope, UserCommandEnvelope } from "@maillm/schema/Record"
import { commandSubject } from "@maillm/schema/Subjects"
import { GroupPublisher, jetStreamCodes, PublishRefused } from "../nats/GroupPublisher.ts"
import { Nats } from "../nats/Nats.ts"
import { ActorClient, CommandUnconfirmed, MailboxFull } from "./ActorClient.ts"
import type { TellError } from "./ActorClient.ts"

/** Header of a command whose sender waits for its commit; holds a core NATS inbox. */
export const replyHeader = "Maillm-Reply"
const askMillis = 10_000

const encodeUser = Schema.encodeSync(Schema.fromJsonString(UserCommandEnvelope))
const encodeSession = Schema.encodeSync(Schema.fromJsonString(SessionCommandEnvelope))
const utf8 = new TextEncoder()

/** The actor client over JetStream; commands that wait together share one fsync. */
export const JetStreamActorClientLayer = Layer.effect(
  ActorClient,
  Effect.gen(function* () {
    const { connection } = yield* Nats
    const publisher = new GroupPublisher(connection)

    const store = (kind: ActorKind, id: string, commandId: string, text: string, replyTo: string | null) =>
      Effect.tryPromise({
        try: () =>
          publisher.publish(commandSubject(kind, id), utf8.encode(text), [
            ["Nats-Msg-Id", `${kind}.${id}/${commandId}`],
            ...(replyTo === null ? [] : [[replyHeader, replyTo] as const]),
          ]),
        catch: (error) => refusal(`${kind} ${id}`, error),
      })

    const ask = (
      kind: ActorKind,
      id: string,
      commandId: string,
      text: string,
    ): Effect.Effect<number, TellError> =>
      Effect.gen(function* () {
        const inbox = createInbox()
        const subscription = connection.subscribe(inbox, { max: 1, timeout: askMillis })
        const answer = (async () => {
          for await (const message of subscription) return Number(message.string())
          return 0
        })()
        answer.catch(() => undefined)
        const accepted = yield* store(kind, id, commandId, text, inbox).pipe(
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
              actor: `${kind} ${id}`,
              reason: `stored, but not yet handled after ${askMillis / 1000} s; it will be`,
            }),
        })
      })

    const now = () => Date.now()
    return {
      tellUser: (userId, commandId, command) =>
        Effect.suspend(() =>
          store(
            "user",
            userId,
            commandId,
            encodeUser({ v: 1, commandId, sentAtMillis: now(), command }),
            null,
          ),
        ),
      tellSession: (sessionId, commandId, command) =>
        Effect.suspend(() =>
          store(
            "session",
            sessionId,
            commandId,
            encodeSession({ v: 1, commandId, sentAtMillis: now(), command }),
            null,
          ),
        ),
      askUser: (userId, commandId, command) =>
        Effect.suspend(() =>
          ask("user", userId, commandId, encodeUser({ v: 1, commandId, sentAtMillis: now(), command })),
        ),
      askSession: (sessionId, commandId, command) =>
        Effect.suspend(() =>
          ask(
            "session",
            sessionId,
            commandId,
            encodeSession({ v: 1, commandId, sentAtMillis: now(), command }),
          ),
        ),
    }
  }),
)

const refusal = (actor: string, error: unknown): TellError =>
  error instanceof PublishRefused && error.code === jetStreamCodes.mailboxFull
    ? new MailboxFull({ actor })
    : new CommandUnconfirmed({ actor, reason: error instanceof Error ? error.message : String(error) })
