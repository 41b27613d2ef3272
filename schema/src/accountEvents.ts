import * as Schema from "effect/Schema"
import {
  confirmedSenders,
  declinedMillis,
  endedLimit,
  findSender,
  mailsPeriodMillis,
  sameAddress,
} from "./Account.ts"
import type { AskedMail, PrivateAddress, SenderAddress } from "./Account.ts"
import { EpochMillis, MessageId, text, Token } from "./Ids.ts"
import { BlobRef, MailContent, OutboundMail } from "./Message.ts"

/** Commands to a user actor about the addresses of its account. `by` is how who asks is named. */
export const AccountCommands = [
  /** A new private address takes the place of the one that is given out now, which goes on for `graceMillis`. */
  Schema.TaggedStruct("RotateAddress", {
    /** Made by who asks, of 130 random bits: an actor knows no chance. */
    localPart: text(64),
    graceMillis: Schema.Int,
    by: text(320),
  }),
  /** A private address ends now. Not the one that is given out: rotate that without grace. */
  Schema.TaggedStruct("RevokeAddress", { localPart: text(64), by: text(320) }),
  /** Asks an address by mail whether it may be one of the user's; also once more. */
  Schema.TaggedStruct("AddSender", { address: text(320), by: text(320) }),
  /** Whoever is signed in as the user has the token that was sent to the address. */
  Schema.TaggedStruct("ConfirmSender", { confirmId: Token, by: text(320) }),
  Schema.TaggedStruct("RemoveSender", { address: text(320), by: text(320) }),
  /** Where what is not the answer to a mail is sent. */
  Schema.TaggedStruct("SetPrimary", { address: text(320), by: text(320) }),
  /** From the sender of mail: what became of a mail of the account. */
  Schema.TaggedStruct("NoteAccountMail", {
    messageId: MessageId,
    state: Schema.Literals(["kept", "delivered", "retrying", "failed"]),
    raw: Schema.NullOr(BlobRef),
    detail: text(1_000),
  }),
] as const

/** The mail by which an address was confirmed or declined; absent where that was done in the console. */
const answeringMail = { mailId: Schema.optionalKey(MessageId), content: Schema.optionalKey(MailContent) }

export const AccountEvents = [
  Schema.TaggedStruct("AddressRotated", {
    localPart: text(64),
    former: text(64),
    formerEndsAtMillis: EpochMillis,
    by: text(320),
    atMillis: EpochMillis,
  }),
  Schema.TaggedStruct("AddressRevoked", { localPart: text(64), by: text(320), atMillis: EpochMillis }),
  Schema.TaggedStruct("SenderAsked", {
    address: text(320),
    confirmId: Token,
    expiresAtMillis: EpochMillis,
    by: text(320),
    atMillis: EpochMillis,
  }),
  Schema.TaggedStruct("SenderConfirmed", {
    address: text(320),
    confirmId: Token,
    via: Schema.Literals(["email", "console"]),
    by: text(320),
    atMillis: EpochMillis,
    ...answeringMail,
  }),
  Schema.TaggedStruct("SenderDeclined", {
    address: text(320),
    confirmId: Token,
    atMillis: EpochMillis,
    ...answeringMail,
  }),
  Schema.TaggedStruct("SenderRemoved", { address: text(320), by: text(320), atMillis: EpochMillis }),
  Schema.TaggedStruct("PrimarySet", { address: text(320), by: text(320), atMillis: EpochMillis }),
  /** A mail of the account is on its way: it stands in no session. */
  Schema.TaggedStruct("AccountMailQueued", { mail: OutboundMail }),
  Schema.TaggedStruct("AccountMailNoted", {
    messageId: MessageId,
    state: Schema.Literals(["kept", "delivered", "retrying", "failed"]),
    raw: Schema.NullOr(BlobRef),
    detail: text(1_000),
  }),
] as const
const AccountEvent = Schema.Union(AccountEvents)
export type AccountEvent = typeof AccountEvent.Type

/** What the events make of an account's addresses. */
export interface AccountAddresses {
  /** The primary one of the sender addresses. */
  readonly email: string
  /** The sender address of the settings, as they last said it; empty before. */
  readonly settingsEmail: string
  /** The private address that is given out now. */
  readonly privateLocalPart: string
  readonly addresses: ReadonlyArray<PrivateAddress>
  readonly senders: ReadonlyArray<SenderAddress>
  /** Mails that asked, within `mailsPeriodMillis`; at most `mailsPerUser`. */
  readonly asked: ReadonlyArray<AskedMail>
}

interface Created {
  readonly _tag: "UserCreated"
  readonly email: string
  readonly privateLocalPart: string
}
interface Received {
  readonly _tag: "MailReceived"
  readonly envelope: { readonly to: string }
  readonly receivedAtMillis: number
}

/** The same for the user's actor and for the read model. Gives what it was given where nothing changes. */
export const evolveAccount = <A extends AccountAddresses>(
  account: A,
  event: AccountEvent | Created | Received,
  atMillis: number,
): A => {
  switch (event._tag) {
    case "UserCreated":
      return { ...account, ...created(account, event, atMillis) }
    case "MailReceived":
      return usedAddress(account, event)
    case "AddressRotated": {
      const { by, former, formerEndsAtMillis, localPart } = event
      const ended = end(account.addresses, former, formerEndsAtMillis, { by, how: "rotated" })
      return {
        ...account,
        privateLocalPart: localPart,
        addresses: bounded([...ended, newAddress(localPart, event.atMillis)], event.atMillis),
      }
    }
    case "AddressRevoked": {
      const { by, localPart } = event
      const ended = end(account.addresses, localPart, event.atMillis, { by, how: "revoked" })
      return { ...account, addresses: bounded(ended, event.atMillis) }
    }
    case "SenderAsked":
      return {
        ...account,
        senders: senderAsked(account.senders, event),
        asked: mailAsked(account.asked, event),
      }
    case "SenderConfirmed":
      return decidedSender(account, event, "confirmed")
    case "SenderDeclined":
      return decidedSender(account, event, "declined")
    case "SenderRemoved": {
      const senders = account.senders.filter(({ address }) => !sameAddress(address, event.address))
      const isPrimary = sameAddress(account.email, event.address)
      const next = isPrimary ? confirmedSenders(senders)[0]?.address : undefined
      return { ...account, senders, email: next ?? account.email }
    }
    case "PrimarySet":
      return { ...account, email: findSender(account.senders, event.address)?.address ?? account.email }
    case "AccountMailQueued":
    case "AccountMailNoted":
      return account
  }
}

const newAddress = (localPart: string, createdAtMillis: number): PrivateAddress => ({
  localPart,
  createdAtMillis,
  lastMailAtMillis: null,
  endsAtMillis: null,
  ended: null,
})

/** The sender address that the settings name: whoever writes them has the machine, and need not prove an address. */
const ofSettings = (address: string, atMillis: number): SenderAddress => ({
  address,
  state: "confirmed",
  confirmId: "",
  addedBy: "the settings",
  addedAtMillis: atMillis,
  expiresAtMillis: atMillis,
  decidedAtMillis: atMillis,
})

const created = (
  { addresses, email, senders, settingsEmail }: AccountAddresses,
  event: Created,
  atMillis: number,
): Omit<AccountAddresses, "asked"> => {
  const known = addresses.some(({ localPart }) => localPart === event.privateLocalPart)
  const base = {
    privateLocalPart: event.privateLocalPart,
    addresses: known
      ? addresses
      : bounded([...addresses, newAddress(event.privateLocalPart, atMillis)], atMillis),
    settingsEmail: event.email,
  }
  if (settingsEmail === event.email) return { ...base, email, senders }
  const others = senders.filter(
    ({ address }) => !sameAddress(address, settingsEmail) && !sameAddress(address, event.email),
  )
  const follows = email === "" || sameAddress(email, settingsEmail)
  return {
    ...base,
    senders: [ofSettings(event.email, atMillis), ...others],
    email: follows ? event.email : email,
  }
}

const usedAddress = <A extends AccountAddresses>(
  account: A,
  { envelope, receivedAtMillis: lastMailAtMillis }: Received,
): A => {
  const localPart = envelope.to.slice(0, Math.max(envelope.to.lastIndexOf("@"), 0)).toLowerCase()
  return account.addresses.some((address) => address.localPart === localPart)
    ? {
        ...account,
        addresses: account.addresses.map((address) =>
          address.localPart === localPart ? { ...address, lastMailAtMillis } : address,
        ),
      }
    : account
}

/** Never later than it was to end before. */
const end = (
  addresses: ReadonlyArray<PrivateAddress>,
  localPart: string,
  endsAtMillis: number,
  ended: NonNullable<PrivateAddress["ended"]>,
): ReadonlyArray<PrivateAddress> =>
  addresses.map((address) =>
    address.localPart === localPart && (address.endsAtMillis === null || endsAtMillis < address.endsAtMillis)
      ? { ...address, endsAtMillis, ended }
      : address,
  )

/** Those that take mail, and the last `endedLimit` others. */
const bounded = (addresses: ReadonlyArray<PrivateAddress>, nowMillis: number) => {
  const over = addresses.filter(({ endsAtMillis }) => endsAtMillis !== null && endsAtMillis <= nowMillis)
  const forgotten = new Set(over.slice(0, Math.max(over.length - endedLimit, 0)))
  return addresses.filter((address) => !forgotten.has(address))
}

type Asked = Extract<AccountEvent, { readonly _tag: "SenderAsked" }>

const mailAsked = (
  before: ReadonlyArray<AskedMail>,
  { address, atMillis }: Asked,
): ReadonlyArray<AskedMail> => [
  ...before.filter((mail) => mail.atMillis > atMillis - mailsPeriodMillis),
  { address, atMillis },
]

/** What nobody confirmed in time is forgotten, and after some weeks that somebody said no. */
const senderAsked = (
  senders: ReadonlyArray<SenderAddress>,
  { address, atMillis, by, confirmId, expiresAtMillis }: Asked,
): ReadonlyArray<SenderAddress> => {
  const known = findSender(senders, address)
  const isOver = ({ decidedAtMillis, state, ...sender }: SenderAddress) =>
    state === "pending"
      ? sender.expiresAtMillis <= atMillis
      : state === "declined" && (decidedAtMillis ?? 0) + declinedMillis <= atMillis
  return [
    ...senders.filter((sender) => sender !== known && !isOver(sender)),
    {
      address: known?.address ?? address,
      state: "pending",
      confirmId,
      addedBy: by,
      addedAtMillis: known?.state === "pending" ? known.addedAtMillis : atMillis,
      expiresAtMillis,
      decidedAtMillis: null,
    },
  ]
}

const decidedSender = <A extends AccountAddresses>(
  account: A,
  { atMillis, confirmId }: { readonly confirmId: string; readonly atMillis: number },
  state: SenderAddress["state"],
): A => ({
  ...account,
  senders: account.senders.map((sender) =>
    sender.confirmId === confirmId && sender.state === "pending"
      ? { ...sender, state, decidedAtMillis: atMillis }
      : sender,
  ),
})
