import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { SessionCommand } from "@maillm/schema/SessionActor"
import type { UserCommand } from "@maillm/schema/UserActor"

/** The actor's mailbox holds as many commands as it may. Try again later. */
export class MailboxFull extends Schema.TaggedError<MailboxFull>()("MailboxFull", { actor: Schema.String }) {
  override get message() {
    return `the mailbox of ${this.actor} is full; try again in a few seconds`
  }
}

/** JetStream did not confirm the command. It may or may not be stored: repeat it with the same id. */
export class CommandUnconfirmed extends Schema.TaggedError<CommandUnconfirmed>()("CommandUnconfirmed", {
  actor: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `the command to ${this.actor} was not confirmed: ${this.reason}`
  }
}

export type TellError = MailboxFull | CommandUnconfirmed

/** What a stored command is known by. */
export interface Accepted {
  /** Sequence in CMD. */
  readonly sequence: number
  /** True when this id was stored before; this payload was not stored again. */
  readonly duplicate: boolean
}

/** Commands to actors. A command is accepted once JetStream has stored it; only then may its source be answered. */
export class ActorClient extends Context.Service<
  ActorClient,
  {
    /** `commandId` is the source's own id for this command, at most 200 characters; repeats of it have no effect. */
    readonly tellUser: (
      userId: string,
      commandId: string,
      command: UserCommand,
    ) => Effect.Effect<Accepted, TellError>
    readonly tellSession: (
      sessionId: string,
      commandId: string,
      command: SessionCommand,
    ) => Effect.Effect<Accepted, TellError>
    /**
     * Tells, then waits until the actor has committed the command; answers the record's EVT sequence, or fails
     * with `CommandUnconfirmed` when that is not seen within 10 s (the command stays accepted).
     */
    readonly askUser: (
      userId: string,
      commandId: string,
      command: UserCommand,
    ) => Effect.Effect<number, TellError>
    readonly askSession: (
      sessionId: string,
      commandId: string,
      command: SessionCommand,
    ) => Effect.Effect<number, TellError>
  }
>()("@maillm/actors/client/ActorClient") {}
