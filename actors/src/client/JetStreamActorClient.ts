import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Token } from "@maillm/schema/Ids"
import { commandSubject } from "@maillm/schema/Subjects"
import { PublishRefused } from "../nats/AckInbox.ts"
import { GroupPublisher, jetStreamCodes } from "../nats/GroupPublisher.ts"
import type { Stored } from "../nats/AckInbox.ts"
import { Nats } from "../nats/Nats.ts"
import { ActorClient, CommandSetAside, CommandUnconfirmed, MailboxFull } from "./ActorClient.ts"
import type { Accepted, Answered, AskError, TellError } from "./ActorClient.ts"
import { AnswerInbox } from "./AnswerInbox.ts"
import type { Answer } from "./AnswerInbox.ts"
import { findAnswer } from "./findAnswer.ts"

/** Header of a command whose sender waits for its commit; holds a core NATS inbox. */
export const replyHeader = "Maillm-Reply"
const askMillis = 10_000
/** Of an id, in UTF-16 code units; the envelope's own bound. */
const commandIdLimit = 200
/** Answers come over core NATS and may be lost; after this long the journal is looked at, and then again and again. */
const lookMillis = 2_000

const utf8 = new TextEncoder()

/** The actor client over JetStream; commands that wait together share one fsync. */
export const JetStreamActorClientLayer = Layer.effect(
  ActorClient,
  Effect.map(Nats, (nats) => {
    const client = new JetStreamClient(nats)
    return {
      tell: ({ kind, command: codec }, id, commandId, command) =>
        client.tell({ kind, id, commandId, command, codec }),
      ask: ({ kind, command: codec, reply }, id, commandId, command) =>
        client.ask({ kind, id, commandId, command, codec }, reply),
    }
  }),
)

class JetStreamClient {
  readonly #nats: Nats["Service"]
  readonly #publisher: GroupPublisher
  readonly #answers: AnswerInbox

  constructor(nats: Nats["Service"]) {
    this.#nats = nats
    this.#publisher = new GroupPublisher(nats.connection, { syncs: nats.syncs })
    this.#answers = new AnswerInbox(nats.connection)
  }

  tell<Command>(envelope: Envelope<Command>): Effect.Effect<Accepted, TellError> {
    return Effect.tryPromise({
      try: () => this.#store(envelope, null),
      catch: (error) => refusal(envelope, error),
    })
  }

  ask<Command, Reply>(
    envelope: Envelope<Command>,
    reply: Schema.Codec<Reply, unknown>,
  ): Effect.Effect<Answered<Reply>, AskError> {
    const actor = nameOf(envelope)
    return Effect.flatMap(this.#answer(envelope), (answer): Effect.Effect<Answered<Reply>, AskError> => {
      if (answer.failed !== undefined) {
        return Effect.fail(new CommandSetAside({ actor, reason: answer.failed }))
      }
      const decoded = Schema.decodeUnknownResult(reply)(answer.reply ?? null)
      if (Result.isSuccess(decoded)) {
        return Effect.succeed({ sequence: answer.sequence, reply: decoded.success })
      }
      const reason = `its reply does not decode: ${decoded.failure.message}`
      return Effect.fail(new CommandUnconfirmed({ actor, reason }))
    })
  }

  async #store<Command>(envelope: Envelope<Command>, replyTo: string | null): Promise<Stored> {
    const lost = this.#nats.guard.refusal()
    if (lost !== null) throw lost
    const { kind, id, commandId } = envelope
    checkActorId(kind, id)
    const messageId = ["Nats-Msg-Id", `${kind}.${id}/${commandId}`] as const
    return this.#publisher.publish(
      commandSubject(kind, id),
      utf8.encode(textOf(envelope)),
      replyTo === null ? [messageId] : [messageId, [replyHeader, replyTo]],
    )
  }

  /** The first of: what the host says, what the journal has, an error. */
  #answer<Command>(envelope: Envelope<Command>): Effect.Effect<Answer, AskError> {
    return Effect.callback<Answer, AskError>((resume) => {
      let over = false
      let timer: NodeJS.Timeout | null = null
      const end = (result: Effect.Effect<Answer, AskError>) => {
        if (over) return
        close()
        resume(result)
      }
      const inbox = this.#answers.open((answer) => end(Effect.succeed(answer)))
      const close = () => {
        over = true
        inbox.close()
        if (timer !== null) clearTimeout(timer)
      }
      const deadline = performance.now() + askMillis
      // A repeat may be of any command that the actor remembers.
      let position = 0
      const look = async () => {
        const found = await this.#find(envelope, position)
        if (found !== null) return end(Effect.succeed(found))
        if (performance.now() > deadline) return end(Effect.fail(unknownOutcome(envelope, position === 0)))
        if (!over) timer = setTimeout(() => void look(), lookMillis)
      }
      this.#store(envelope, inbox.subject).then(
        ({ duplicate, sequence }) => {
          if (over) return
          if (duplicate) return void look()
          position = sequence
          timer = setTimeout(() => void look(), lookMillis)
        },
        (error: unknown) => end(Effect.fail(refusal(envelope, error))),
      )
      return Effect.sync(close)
    })
  }

  #find({ kind, id, commandId }: Envelope<unknown>, position: number): Promise<Answer | null> {
    return findAnswer(this.#nats.jsm, kind, id, commandId, position).catch(() => null)
  }
}

interface Envelope<Command> {
  readonly kind: string
  readonly id: string
  readonly commandId: string
  readonly command: Command
  readonly codec: Schema.Codec<Command, unknown>
}

const nameOf = ({ kind, id }: Envelope<unknown>) => `${kind} ${id}`

/** As `commandEnvelope` in schema has it. */
const textOf = <Command>({ commandId, command, codec }: Envelope<Command>) =>
  JSON.stringify({
    v: 1,
    commandId: checkCommandId(commandId),
    sentAtMillis: Date.now(),
    command: Schema.encodeSync(codec)(command),
  })

const isToken = Schema.is(Token)

/** An id with a dot or a wildcard would name another actor, or all of them. */
const checkActorId = (kind: string, id: string) => {
  if (isToken(kind) && isToken(id)) return
  throw new Error("ids of actors have 1 to 64 characters out of A-Z a-z 0-9 _ -; nothing was stored")
}

const checkCommandId = (commandId: string) => {
  if (commandId.length > commandIdLimit) throw new Error(`its id has more than ${commandIdLimit} characters`)
  // The server reads headers without them, and would take it for the repeat of another.
  if (commandId !== commandId.trimEnd()) throw new Error("its id ends with a blank")
  return commandId
}

const unknownOutcome = (envelope: Envelope<unknown>, repeated: boolean) =>
  new CommandUnconfirmed({
    actor: nameOf(envelope),
    reason: repeated
      ? "its id was stored before, and there is no record of it: it waits, or it changed nothing and a new id asks again"
      : `it is stored, but not yet handled after ${askMillis / 1000} s; it will be`,
  })

const refusal = (envelope: Envelope<unknown>, error: unknown): TellError =>
  error instanceof PublishRefused && error.code === jetStreamCodes.mailboxFull
    ? new MailboxFull({ actor: nameOf(envelope) })
    : new CommandUnconfirmed({
        actor: nameOf(envelope),
        reason: error instanceof Error ? error.message : String(error),
      })
