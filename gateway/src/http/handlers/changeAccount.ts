import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import { UserProtocol } from "@maillm/schema/ActorProtocol"
import type { AccountAddresses } from "@maillm/schema/accountEvents"
import { accountOf } from "@maillm/schema/accountOf"
import { CurrentUser } from "@maillm/schema/api/Authorization"
import type { UserRow } from "@maillm/schema/ReadModel"
import type { UserCommand } from "@maillm/schema/UserActor"
import type { ActorClient } from "@maillm/actors/client/ActorClient"
import type { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { notYetReadable, orUnavailable } from "../answers.ts"
import { addressBook } from "@maillm/schema/addressBook"

/** How long an answer waits to see what became of a change. */
const shownMillis = 3_000

type Account = UserRow & AccountAddresses
type Named = Extract<
  UserCommand,
  {
    readonly _tag:
      | "AddSender"
      | "ConfirmSender"
      | "RemoveSender"
      | "RevokeAddress"
      | "RotateAddress"
      | "SetPrimary"
  }
>
type WithoutBy<Command> = Command extends unknown ? Omit<Command, "by"> : never

/** The caller's account, and changes of it: told to its actor, which decides, and answered when they show. */
export const changeAccount = (
  readModel: ReadModel["Service"],
  actors: ActorClient["Service"],
  domain: string,
) => {
  const own = Effect.gen(function* () {
    const { userId } = yield* CurrentUser
    const user = yield* Effect.catch(readModel.user(userId), orUnavailable)
    return user === null ? yield* notYetReadable : accountOf(user)
  })

  const change = Effect.fnUntraced(function* (
    account: Account,
    command: WithoutBy<Named>,
    isShown: (after: Account) => boolean,
  ) {
    const id = `addresses/${yield* Effect.sync(() => crypto.randomUUID())}`
    yield* Effect.catch(
      actors.tell(UserProtocol, account.id, id, { ...command, by: account.email }),
      orUnavailable,
    )
    const after = yield* readModel.user(account.id).pipe(
      Effect.map((row) => (row === null ? account : accountOf(row))),
      Effect.repeat({ schedule: Schedule.spaced("25 millis"), until: isShown }),
      Effect.timeoutOption(shownMillis),
      Effect.orElseSucceed(() => Option.none<Account>()),
    )
    const now = yield* Clock.currentTimeMillis
    return addressBook(
      Option.getOrElse(after, () => account),
      domain,
      now,
      Option.isSome(after),
    )
  })

  return { own, change }
}
