import {
  confirmMillis,
  confirmedSenders,
  findSender,
  isWorking,
  removalRefusal,
  sameAddress,
  senderRefusal,
  workingLimit,
} from "@maillm/schema/Account"
import { evolveAccount } from "@maillm/schema/accountEvents"
import type { AccountEvent } from "@maillm/schema/accountEvents"
import type { ActorEffect } from "@maillm/schema/Record"
import type { UserCommand, UserEvent } from "@maillm/schema/UserActor"
import { deriveId } from "../runtime/deriveId.ts"
import { nothing } from "../world/Facts.ts"
import type { WorldContext, WorldDecision } from "../world/Facts.ts"
import { askingMail, tellingMail } from "./accountMail.ts"
import type { PendingMail, UserState } from "./UserState.ts"

type Decision = WorldDecision<UserEvent>
type Command<Tag extends UserCommand["_tag"]> = Extract<UserCommand, { readonly _tag: Tag }>
export type AccountCommand = Command<
  | "RotateAddress"
  | "RevokeAddress"
  | "AddSender"
  | "ConfirmSender"
  | "RemoveSender"
  | "SetPrimary"
  | "NoteAccountMail"
>

/** The addresses that the account has after an event, for who keeps them elsewhere. */
export const announced = (state: UserState, event: AccountEvent | null, now: number): ActorEffect => {
  const { email, privateLocalPart } = event === null ? state : evolveAccount(state, event, now)
  return { _tag: "AnnounceAccount", userId: state.id, account: { email, privateLocalPart } }
}

/**
 * Said at every start: the account's name and first sender address follow the settings, where those have changed. The
 * private address is taken once: from then on the account itself says which it is, so that nothing revives a former one.
 */
export const createUser = (
  state: UserState,
  command: Command<"CreateUser">,
  { now }: WorldContext,
): Decision => {
  const { email, name } = command
  const privateLocalPart = state.created ? state.privateLocalPart : command.privateLocalPart
  if (state.created && state.name === name && state.settingsEmail === email)
    return { events: [], effects: [announced(state, null, now)] }
  const event = { _tag: "UserCreated", name, email, privateLocalPart } as const
  const after = evolveAccount(state, event, now)
  return {
    events: [event],
    effects: [
      ...(state.created
        ? []
        : [{ _tag: "BindAddress", localPart: privateLocalPart, userId: state.id } as const]),
      announced(after, null, now),
    ],
  }
}

/** What is asked about the addresses of an account. What cannot be, changes nothing: the API says why beforehand. */
export const decideAccount = (state: UserState, command: AccountCommand, context: WorldContext): Decision => {
  switch (command._tag) {
    case "RotateAddress":
      return rotate(state, command, context)
    case "RevokeAddress":
      return revoke(state, command, context)
    case "AddSender":
      return addSender(state, command, context)
    case "ConfirmSender":
      return confirmSender(state, command, context)
    case "RemoveSender":
      return removalRefusal(state.senders, command.address) === null
        ? noted(state, { ...command, _tag: "SenderRemoved", atMillis: context.now }, context)
        : nothing
    case "SetPrimary": {
      const known = findSender(confirmedSenders(state.senders), command.address)
      return known === undefined || sameAddress(known.address, state.email)
        ? nothing
        : noted(state, { ...command, _tag: "PrimarySet", atMillis: context.now }, context)
    }
    case "NoteAccountMail":
      return { events: [{ ...command, _tag: "AccountMailNoted" }], effects: [] }
  }
}

const noted = (state: UserState, event: AccountEvent, { now }: WorldContext): Decision => ({
  events: [event],
  effects: [announced(state, event, now)],
})

const rotate = (
  state: UserState,
  { by, graceMillis, localPart }: Command<"RotateAddress">,
  { now }: WorldContext,
): Decision => {
  const { addresses, id: userId, privateLocalPart: former } = state
  const known = addresses.some((address) => address.localPart === localPart)
  // The one that is replaced goes on only where there is a grace.
  const working = addresses.filter((address) => isWorking(address, now)).length + (graceMillis > 0 ? 1 : 0)
  if (!state.created || known || working > workingLimit) return nothing
  const formerEndsAtMillis = now + Math.max(0, graceMillis)
  const event = { _tag: "AddressRotated", localPart, former, formerEndsAtMillis, by, atMillis: now } as const
  return {
    events: [event],
    effects: [
      { _tag: "BindAddress", localPart, userId },
      { _tag: "RetireAddress", localPart: former, userId, endsAtMillis: formerEndsAtMillis },
      announced(state, event, now),
    ],
  }
}

const revoke = (
  state: UserState,
  { by, localPart }: Command<"RevokeAddress">,
  { now }: WorldContext,
): Decision => {
  const known = state.addresses.find((address) => address.localPart === localPart)
  if (known === undefined || localPart === state.privateLocalPart || !isWorking(known, now)) return nothing
  return {
    events: [{ _tag: "AddressRevoked", localPart, by, atMillis: now }],
    effects: [{ _tag: "RetireAddress", localPart, userId: state.id, endsAtMillis: now }],
  }
}

const addSender = (
  state: UserState,
  { address: given, by }: Command<"AddSender">,
  context: WorldContext,
): Decision => {
  const { commandId, facts, now } = context
  const address = given.trim()
  if (!state.created || senderRefusal(state, address, facts.domain, now) !== null) return nothing
  const confirmId = deriveId("c", state.id, address, commandId)
  const expiresAtMillis = now + confirmMillis
  const mail = askingMail(state, { address, confirmId, expiresAtMillis }, context)
  return {
    events: [
      { _tag: "SenderAsked", address, confirmId, expiresAtMillis, by, atMillis: now },
      { _tag: "AccountMailQueued", mail },
    ],
    effects: [{ _tag: "SendMail", mail }],
  }
}

/** The pending address that a confirmation is of, as long as it can be confirmed. */
export const pendingSender = ({ senders }: UserState, confirmId: string, atMillis: number) =>
  senders.find(
    (sender) =>
      sender.confirmId === confirmId && sender.state === "pending" && atMillis < sender.expiresAtMillis,
  )

const confirmSender = (
  state: UserState,
  { by, confirmId }: Command<"ConfirmSender">,
  context: WorldContext,
): Decision => {
  const sender = pendingSender(state, confirmId, context.now)
  if (sender === undefined) return nothing
  const { address } = sender
  const told = tellingMail(state, { address, confirmId, by }, context)
  return {
    events: [
      { _tag: "SenderConfirmed", address, confirmId, via: "console", by, atMillis: context.now },
      { _tag: "AccountMailQueued", mail: told },
    ],
    effects: [{ _tag: "SendMail", mail: told }],
  }
}

/** A gateway that had not heard of an address' end yet may have taken mail for it: nothing comes of that. */
export const endedReasons = (
  { addresses }: UserState,
  { envelope, receivedAtMillis, recipient }: PendingMail,
): ReadonlyArray<string> => {
  if (recipient._tag !== "Private") return []
  const localPart = envelope.to.slice(0, Math.max(envelope.to.lastIndexOf("@"), 0)).toLowerCase()
  const known = addresses.find((address) => address.localPart === localPart)
  return known === undefined || isWorking(known, receivedAtMillis)
    ? []
    : ["it was sent to a private address that had ended"]
}
