import { sameAddress } from "@maillm/schema/Account"
import type { MailContent } from "@maillm/schema/Message"
import { seenLimit } from "./UserState.ts"
import type { PendingMail, SeenMail } from "./UserState.ts"

export type Trust =
  | {
      readonly _tag: "Command"
      /** How far it is trusted: as the owner's own word, or for requests only, whose risky parts are asked about. */
      readonly as: "owner" | "request"
    }
  | { readonly _tag: "Quarantine"; readonly reasons: ReadonlyArray<string> }

/** Whose mail it has to be. */
export interface Owner {
  readonly userId: string
  /** Confirmed addresses of theirs, one at least. */
  readonly senders: ReadonlyArray<string>
  /** What they may sign in as besides. */
  readonly settingsEmail: string
}

/** "ada@example.org", or "one of ada@example.org, ada@work.example". */
const named = ({ senders }: Owner) => (senders.length === 1 ? senders.join() : `one of ${senders.join(", ")}`)

const isOneOf = (addresses: ReadonlyArray<string>, address: string) =>
  addresses.some((one) => sameAddress(one, address))

const isLoopback = (address: string) =>
  address === "::1" || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address)

/** Twice the time that a mail's date may differ from the clock: a repeat can come for so long. */
const repeatMillis = 48 * 3_600_000

/**
 * May this mail act for its receiver? Yes only if the owner wrote it, as is known by how he handed it in or is proven
 * (docs/decisions/0017), if it is no repeat, and if a person wrote it. Everything that speaks against it is said, not only
 * the first.
 */
export const senderTrust = (
  owner: Owner,
  mail: PendingMail,
  content: MailContent,
  seen: ReadonlyArray<SeenMail>,
): Trust => {
  const reasons = [
    ...originReasons(owner, mail),
    ...authorReasons(owner, mail, content),
    ...machineReasons(mail, content),
    ...repeatReasons(mail, seen),
  ]
  if (reasons.length > 0)
    return { _tag: "Quarantine", reasons: reasons.map((reason) => reason.slice(0, 500)) }
  const { sender } = mail
  const forwarded = sender._tag === "Relayed" && sender.standing === "forwarded"
  return { _tag: "Command", as: forwarded ? "request" : "owner" }
}

/** Nobody knows who handed it in. Why it is not proven who wrote it stands in its `origin`. */
const originReasons = (owner: Owner, { envelope, sender }: PendingMail): ReadonlyArray<string> => {
  const { authenticatedAs, remoteAddress } = envelope
  const signedIn =
    authenticatedAs !== null &&
    (authenticatedAs === owner.userId || isOneOf([...owner.senders, owner.settingsEmail], authenticatedAs))
  if (signedIn) return []
  if (sender._tag === "Relayed")
    return sender.standing === "unproven" ? ["it is not proven that its author wrote it"] : []
  if (sender._tag === "Submitted" && sender.way === "signed-in")
    return [`whoever handed it in has signed in as ${authenticatedAs ?? "nobody"}, not as ${named(owner)}`]
  return isLoopback(remoteAddress)
    ? []
    : [
        `it came from ${remoteAddress} without signing in; only mail from this machine or over SMTP AUTH is acted on`,
      ]
}

const authorReasons = (
  owner: Owner,
  { envelope, sender }: PendingMail,
  content: MailContent,
): ReadonlyArray<string> => {
  const { senders } = owner
  const notOurs = (address: string) =>
    isOneOf(senders, address) ? [] : [`its author ${address} is not ${named(owner)}`]
  // Who is proven is who the signature's check has read; its origin says so where that is nobody.
  if (sender._tag === "Relayed") {
    if (sender.author === "") return []
    const readAs = content._tag === "Readable" ? content.mail.from : [sender.author]
    const alike = readAs.length === 1 && readAs.every((address) => sameAddress(address, sender.author))
    return alike ? notOurs(sender.author) : ["its author can be read in more than one way"]
  }
  if (content._tag === "Unreadable")
    return isOneOf(senders, envelope.from)
      ? []
      : [`it cannot be read, and its sender ${envelope.from || "(empty)"} is not ${named(owner)}`]
  const { from, fromHeaderCount } = content.mail
  const stranger = from.find((address) => !isOneOf(senders, address))
  return [
    ...(fromHeaderCount === 1 && from.length === 1
      ? []
      : [`it names ${from.length} authors in ${fromHeaderCount} From headers; exactly one is needed`]),
    ...(stranger === undefined ? [] : notOurs(stranger)),
  ]
}

const machineReasons = ({ envelope }: PendingMail, content: MailContent): ReadonlyArray<string> => {
  const automatic = content._tag === "Readable" ? content.mail.automatic : null
  return [
    // RFC 5321 §4.5.5: bounces, and what must not be answered. RFC 3834 §2 says not to answer it.
    ...(envelope.from === "" ? ["it was sent by a machine: its sender is empty (MAIL FROM:<>)"] : []),
    ...(automatic === null ? [] : [`it was sent by a machine: ${automatic}`]),
  ]
}

/**
 * A signature does not cover to whom and how often a mail is sent. So what shares a mark with a mail that was acted on
 * is a repeat of it, unless both came in one go, to two addresses.
 */
const repeatReasons = (
  { mailId, receivedAtMillis, sender }: PendingMail,
  seen: ReadonlyArray<SeenMail>,
): ReadonlyArray<string> => {
  if (sender._tag !== "Relayed") return []
  const marks = new Set(sender.marks)
  const first = seen.find(
    (other) =>
      other.mailId !== mailId &&
      other.receivedAtMillis !== receivedAtMillis &&
      other.marks.some((mark) => marks.has(mark)),
  )
  if (first !== undefined)
    return [
      `it is a repeat of mail ${first.mailId}, which came ${new Date(first.receivedAtMillis).toISOString()}, and a mail is acted on once`,
    ]
  const oldest = seen[0]
  const full = oldest !== undefined && seen.length >= seenLimit
  return full && oldest.receivedAtMillis > receivedAtMillis - repeatMillis
    ? [`more than ${seenLimit} mails came in two days, so that repeats would not be noticed`]
    : []
}

/** Who wrote a mail, where that is known at all: as the check of its signature has read it, else as it says. */
export const authorOf = ({ envelope, sender }: PendingMail, content: MailContent): string =>
  sender._tag === "Relayed"
    ? sender.author
    : content._tag === "Readable"
      ? (content.mail.from[0] ?? "")
      : envelope.from
