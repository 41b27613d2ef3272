import * as Schema from "effect/Schema"
import { SessionCommand } from "./SessionActor.ts"
import { UserCommand } from "./UserActor.ts"

/** What a sender must know of a kind of actor. */
export interface ActorProtocol<Command, Reply> {
  /** One subject token: 1 to 64 characters out of `A-Z a-z 0-9 _ -`. */
  readonly kind: string
  readonly command: Schema.Codec<Command, unknown>
  /** What a command is answered once it is committed. Its encoding must be JSON. */
  readonly reply: Schema.Codec<Reply, unknown>
}

export const UserProtocol: ActorProtocol<UserCommand, null> = {
  kind: "user",
  command: UserCommand,
  reply: Schema.Null,
}
export const SessionProtocol: ActorProtocol<SessionCommand, null> = {
  kind: "session",
  command: SessionCommand,
  reply: Schema.Null,
}
