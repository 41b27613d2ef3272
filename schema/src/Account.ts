import * as Schema from "effect/Schema"
import { EpochMillis, text, Token } from "./Ids.ts"

/** A private address of a user, `<localPart>@<domain>`. */
export const PrivateAddress = Schema.Struct({
  localPart: text(64),
  createdAtMillis: EpochMillis,
  /** When mail last came to it, whoever sent it; null for never. */
  lastMailAtMillis: Schema.NullOr(EpochMillis),
  /** From then on it is refused like one that never was; null for the one that is given out now. */
  endsAtMillis: Schema.NullOr(EpochMillis),
  /** By whom and how it ends; null for the one that is given out now. */
  ended: Schema.NullOr(Schema.Struct({ by: text(320), how: Schema.Literals(["rotated", "revoked"]) })),
})
export type PrivateAddress = typeof PrivateAddress.Type

/** An address that a user writes from, or wants to. */
export const SenderAddress = Schema.Struct({
  /** As it was given; compared without regard to case. */
  address: text(320),
  /** `pending`: asked by a mail to it. `declined`: whoever reads there said no. Only `confirmed` ones command. */
  state: Schema.Literals(["pending", "confirmed", "declined"]),
  /** What the confirmation names; a newer mail to the address makes the older ones void. Empty for one of the settings. */
  confirmId: Schema.Union([Token, Schema.Literal("")]),
  addedBy: text(320),
  addedAtMillis: EpochMillis,
  /** A pending one can be confirmed until then. */
  expiresAtMillis: EpochMillis,
  /** When it was confirmed or declined. */
  decidedAtMillis: Schema.NullOr(EpochMillis),
})
export type SenderAddress = typeof SenderAddress.Type

/** A mail that asked an address. Kept when the address is removed, so that adding it again is no way around the limit. */
export const AskedMail = Schema.Struct({ address: text(320), atMillis: EpochMillis })
export type AskedMail = typeof AskedMail.Type

const day = 86_400_000

/** Private addresses of a user that take mail at the same time. */
export const workingLimit = 10
/** Private addresses that are remembered when they are over, for the list. */
export const endedLimit = 20
/** How long an address that is replaced goes on to take mail, unless its user says otherwise; and at most. */
export const graceDaysDefault = 7
export const graceDaysLimit = 90

/** Confirmed and pending sender addresses of a user. */
export const senderLimit = 20
/** How long an address can be confirmed after it was asked. */
export const confirmMillis = day
/** Within this many a mail that asks goes to one address, and to all addresses that one user names. */
export const mailsPeriodMillis = day
export const mailsPerAddress = 3
export const mailsPerUser = 10
/** An address whose reader said no is not asked again for so long. */
export const declinedMillis = 30 * day

/** Whether an address takes mail now. */
export const isWorking = ({ endsAtMillis }: PrivateAddress, nowMillis: number): boolean =>
  endsAtMillis === null || nowMillis < endsAtMillis

/** No mail service in use tells two people apart by case, in the local part either. */
export const sameAddress = (a: string, b: string): boolean =>
  a.trim().toLowerCase() === b.trim().toLowerCase()

export const findSender = (
  senders: ReadonlyArray<SenderAddress>,
  address: string,
): SenderAddress | undefined => senders.find((sender) => sameAddress(sender.address, address))

export const confirmedSenders = (senders: ReadonlyArray<SenderAddress>): ReadonlyArray<SenderAddress> =>
  senders.filter(({ state }) => state === "confirmed")

/** One plain address without anything that a header or a list could take for more. */
const plainAddress = /^[^\s@<>()[\]\\",:;\p{C}]{1,64}@[^\s@<>()[\]\\",:;\p{C}]{1,255}$/u

export const isPlainAddress = (address: string): boolean =>
  address.length <= 254 && plainAddress.test(address)

export interface Refusal {
  readonly message: string
  readonly remedy: string
}
const refusal = (message: string, remedy: string): Refusal => ({ message, remedy })

/** Why no mail that asks goes to an address now; null when one may. The API and the user's actor ask the same. */
export const senderRefusal = (
  {
    asked,
    senders,
  }: { readonly senders: ReadonlyArray<SenderAddress>; readonly asked: ReadonlyArray<AskedMail> },
  address: string,
  domain: string,
  nowMillis: number,
): Refusal | null => {
  const given = address.trim()
  if (!isPlainAddress(given))
    return refusal("this is no mail address", "Give one address such as you@example.org, without a name.")
  if (sameAddress(given.slice(given.lastIndexOf("@") + 1), domain))
    return refusal(
      `nobody reads mail at ${domain}: that is maillm itself`,
      "Give an address at which you read mail.",
    )
  const known = findSender(senders, given)
  if (known?.state === "confirmed")
    return refusal(`${known.address} is confirmed already`, "There is nothing to do.")
  if (
    known?.state === "declined" &&
    known.decidedAtMillis !== null &&
    nowMillis < known.decidedAtMillis + declinedMillis
  )
    return refusal(
      `whoever reads mail at ${known.address} has said no`,
      "It is not asked again for 30 days. See whether the address is spelled right.",
    )
  const recent = asked.filter(({ atMillis }) => atMillis > nowMillis - mailsPeriodMillis)
  if (recent.filter((mail) => sameAddress(mail.address, given)).length >= mailsPerAddress)
    return refusal(
      `${mailsPerAddress} mails have asked ${given} within a day`,
      "Look into its folder for junk, or try again tomorrow.",
    )
  if (recent.length >= mailsPerUser)
    return refusal(`${mailsPerUser} mails have asked for confirmations within a day`, "Try again tomorrow.")
  const counted = senders.filter((sender) => sender !== known && isCounted(sender, nowMillis))
  return counted.length >= senderLimit
    ? refusal(`an account has ${senderLimit} addresses at most`, "Remove one that you do not use.")
    : null
}

const isCounted = ({ expiresAtMillis, state }: SenderAddress, nowMillis: number) =>
  state === "confirmed" || (state === "pending" && nowMillis < expiresAtMillis)

/** Why a sender address cannot be removed; null when it can. */
export const removalRefusal = (senders: ReadonlyArray<SenderAddress>, address: string): Refusal | null => {
  const known = findSender(senders, address)
  if (known === undefined || known.state === "declined")
    return refusal(`${address} is none of your addresses`, "maillm sender list shows them.")
  return known.state === "confirmed" && confirmedSenders(senders).length === 1
    ? refusal(`${known.address} is your only confirmed address`, "Add another and confirm it first.")
    : null
}
