import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as Redacted from "effect/Redacted"
import { Api } from "@maillm/schema/Api"
import {
  confirmedSenders,
  findSender,
  graceDaysDefault,
  isPlainAddress,
  isWorking,
  removalRefusal,
  sameAddress,
  senderRefusal,
  workingLimit,
} from "@maillm/schema/Account"
import type { NamedAddress, Rotation, SenderConfirmation } from "@maillm/schema/api/AddressesApi"
import { Conflict, InputRefused, NotFound } from "@maillm/schema/api/ApiErrors"
import { Settings } from "@maillm/schema/Settings"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { newLocalPart } from "../../identity/newLocalPart.ts"
import { verifySenderToken } from "../../identity/senderToken.ts"
import { addressBook } from "@maillm/schema/addressBook"
import { changeAccount } from "./changeAccount.ts"

const dayMillis = 86_400_000

interface Parts extends ReturnType<typeof changeAccount> {
  readonly domain: string
  readonly secret: Redacted.Redacted
}

export const AddressesHandlers = HttpApiBuilder.group(
  Api,
  "addresses",
  Effect.fn(function* (handlers) {
    const { domain, secret } = yield* Settings
    const parts = { domain, secret, ...changeAccount(yield* ReadModel, yield* ActorClient, domain) }
    return handlers.handleAll({
      list: Effect.fn("addresses.list")(function* () {
        return addressBook(yield* parts.own, domain, yield* Clock.currentTimeMillis)
      }),
      ...privateAddresses(parts),
      ...senderAddresses(parts),
      ...confirmation(parts),
    })
  }),
)

type Named = { readonly payload: typeof NamedAddress.Type }

const privateAddresses = ({ change, domain, own }: Parts) => ({
  rotate: Effect.fn("addresses.rotate")(function* ({
    payload: { graceDays = graceDaysDefault },
  }: {
    readonly payload: typeof Rotation.Type
  }) {
    const account = yield* own
    const now = yield* Clock.currentTimeMillis
    const working = account.addresses.filter((address) => isWorking(address, now)).length
    if (working + (graceDays > 0 ? 1 : 0) > workingLimit)
      return yield* new Conflict({
        message: `${working} private addresses take mail already`,
        remedy: "Revoke one of them first, or let the former one end at once (graceDays 0).",
      })
    const name = account.privateLocalPart.split(".")[0] ?? "user"
    const localPart = yield* Effect.sync(() => newLocalPart(name))
    return yield* change(
      account,
      { _tag: "RotateAddress", localPart, graceMillis: graceDays * dayMillis },
      (after) => after.privateLocalPart === localPart,
    )
  }),
  revoke: Effect.fn("addresses.revoke")(function* ({ payload: { address } }: Named) {
    const account = yield* own
    const localPart = ownLocalPart(address, domain)
    const known = account.addresses.find((other) => other.localPart === localPart)
    const now = yield* Clock.currentTimeMillis
    if (known === undefined || !isWorking(known, now))
      return yield* new NotFound({
        message: `${address} is no private address of yours that takes mail`,
        remedy: "maillm address list shows them.",
      })
    if (localPart === account.privateLocalPart)
      return yield* new Conflict({
        message: `${address} is the address that you give out`,
        remedy: "Make a new one and let this one end at once: graceDays 0.",
      })
    return yield* change(account, { _tag: "RevokeAddress", localPart }, (after) =>
      after.addresses.some((other) => other.localPart === localPart && other.ended?.how === "revoked"),
    )
  }),
})

const senderAddresses = ({ change, domain, own }: Parts) => ({
  addSender: Effect.fn("senders.add")(function* ({ payload }: Named) {
    const account = yield* own
    const address = payload.address.trim()
    const refused = senderRefusal(account, address, domain, yield* Clock.currentTimeMillis)
    if (refused !== null)
      return yield* isPlainAddress(address) ? new Conflict(refused) : new InputRefused(refused)
    const before = findSender(account.senders, address)?.confirmId
    return yield* change(account, { _tag: "AddSender", address }, (after) => {
      const known = findSender(after.senders, address)
      return known !== undefined && known.confirmId !== before
    })
  }),
  removeSender: Effect.fn("senders.remove")(function* ({ payload: { address } }: Named) {
    const account = yield* own
    const refused = removalRefusal(account.senders, address)
    if (refused !== null)
      return yield* findSender(account.senders, address) === undefined
        ? new NotFound(refused)
        : new Conflict(refused)
    return yield* change(
      account,
      { _tag: "RemoveSender", address },
      ({ senders }) => findSender(senders, address) === undefined,
    )
  }),
  setPrimary: Effect.fn("senders.primary")(function* ({ payload: { address } }: Named) {
    const account = yield* own
    if (findSender(account.senders, address) === undefined)
      return yield* new NotFound({
        message: `${address} is none of your addresses`,
        remedy: "maillm sender list shows them.",
      })
    if (findSender(confirmedSenders(account.senders), address) === undefined)
      return yield* new Conflict({
        message: `${address} is not confirmed`,
        remedy: "Confirm it first, by the mail that was sent to it.",
      })
    return yield* change(account, { _tag: "SetPrimary", address }, ({ email }) => sameAddress(email, address))
  }),
})

const confirmation = ({ change, domain, own, secret }: Parts) => ({
  confirmSender: Effect.fn("senders.confirm")(function* ({
    payload: { token },
  }: {
    readonly payload: typeof SenderConfirmation.Type
  }) {
    const account = yield* own
    const confirmId = verifySenderToken(Redacted.value(secret), account.id, token)
    const sender = account.senders.find((other) => other.confirmId === confirmId)
    const isConfirmed = (senders: typeof account.senders) =>
      senders.some((other) => other.confirmId === confirmId && other.state === "confirmed")
    if (confirmId === null || sender === undefined || sender.state === "declined")
      return yield* new NotFound({
        message: "this link confirms none of your addresses",
        remedy: "It may be of another account, or an older mail. Have the address asked again.",
      })
    const now = yield* Clock.currentTimeMillis
    if (sender.state === "pending" && now >= sender.expiresAtMillis)
      return yield* new Conflict({
        message: `${sender.address} was not confirmed in time`,
        remedy: "Have the address asked again: a mail is good for 24 hours.",
      })
    if (isConfirmed(account.senders)) return addressBook(account, domain, now)
    return yield* change(account, { _tag: "ConfirmSender", confirmId }, ({ senders }) => isConfirmed(senders))
  }),
})

/** Of an address of ours, with or without the domain. */
const ownLocalPart = (address: string, domain: string): string => {
  const lower = address.trim().toLowerCase()
  return lower.endsWith(`@${domain.toLowerCase()}`) ? lower.slice(0, -domain.length - 1) : lower
}
