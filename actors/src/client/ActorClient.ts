import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ActorProtocol } from "@maillm/schema/ActorProtocol"

/** The actor's mailbox holds as many commands as it may. Try again later. */
export class MailboxFull extends Schema.TaggedError<MailboxFull>()("MailboxFull", { actor: Schema.String }) {
  override get message() {
    return `the mailbox of ${this.actor} is full; try again in a few seconds`
  }
}

/** JetStream did not confirm the command, or nothing says what it came to. Repeat it with the same id. */
export class CommandUnconfirmed extends Schema.TaggedError<CommandUnconfirmed>()("CommandUnconfirmed", {
  actor: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `the command to ${this.actor} was not confirmed: ${this.reason}`
  }
}

/** The actor could not handle the command. It is kept in DEAD, and repeating it does not help. */
export class CommandSetAside extends Schema.TaggedError<CommandSetAside>()("CommandSetAside", {
  actor: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `${this.actor} could not handle the command: ${this.reason}`
  }
}

export type TellError = MailboxFull | CommandUnconfirmed
export type AskError = TellError | CommandSetAside

/** What a stored command is known by. */
export interface Accepted {
  /** Sequence in CMD. */
  readonly sequence: number
  /** True when this id was stored before; this payload was not stored again. */
  readonly duplicate: boolean
}

export interface Answered<Reply> {
  /** EVT sequence of the command's record; of the actor's last one where the command changed nothing. */
  readonly sequence: number
  readonly reply: Reply
}

/**
 * Commands to actors. A command is accepted once JetStream has stored it; only then may its source be answered.
 * `commandId` is the source's own id for this command, at most 200 characters without line breaks and without a blank
 * at the end; repeats of it have no effect. `actorId`: 1 to 64 characters out of `A-Z a-z 0-9 _ -`.
 */
export class ActorClient extends Context.Service<
  ActorClient,
  {
    readonly tell: <Command, Reply>(
      protocol: ActorProtocol<Command, Reply>,
      actorId: string,
      commandId: string,
      command: Command,
    ) => Effect.Effect<Accepted, TellError>
    /**
     * Tells, then waits for what the actor has committed. A repeat within the actor's last 256 commands gets the
     * answer of the first; one that changed nothing has left none, and is asked again under a new id. Fails with
     * `CommandUnconfirmed` when no answer is known within 10 s; the command then stays accepted.
     */
    readonly ask: <Command, Reply>(
      protocol: ActorProtocol<Command, Reply>,
      actorId: string,
      commandId: string,
      command: Command,
    ) => Effect.Effect<Answered<Reply>, AskError>
  }
>()("@maillm/actors/client/ActorClient") {}
