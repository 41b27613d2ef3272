import type { Envelope, MailContent } from "@maillm/schema/Message"

export type Trust =
  | { readonly _tag: "Command" }
  | { readonly _tag: "Quarantine"; readonly reasons: ReadonlyArray<string> }

const isLoopback = (address: string) =>
  address === "::1" || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address)

/** Without regard to case, in the local part too: no mail service in use tells two people apart by it. */
const sameAddress = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()

/**
 * May this mail act for its receiver? Yes only if it names exactly one author, the owner, and came from this
 * machine or over a connection that signed in as the owner; and if a person wrote it. Everything that speaks
 * against it is said, not only the first.
 */
export const senderTrust = (
  owner: { readonly userId: string; readonly email: string },
  envelope: Envelope,
  content: MailContent,
): Trust => {
  const reasons: Array<string> = []
  const signedIn =
    envelope.authenticatedAs !== null &&
    (envelope.authenticatedAs === owner.userId || sameAddress(envelope.authenticatedAs, owner.email))
  if (!signedIn && !isLoopback(envelope.remoteAddress)) {
    reasons.push(
      `it came from ${envelope.remoteAddress} without signing in; only mail from this machine or over SMTP AUTH is acted on`,
    )
  }
  // RFC 5321 §4.5.5: bounces, and what must not be answered. RFC 3834 §2 says not to answer it.
  if (envelope.from === "") reasons.push("it was sent by a machine: its sender is empty (MAIL FROM:<>)")
  if (content._tag === "Readable") {
    const { mail } = content
    if (mail.fromHeaderCount !== 1 || mail.from.length !== 1) {
      reasons.push(
        `it names ${mail.from.length} authors in ${mail.fromHeaderCount} From headers; exactly one is needed`,
      )
    }
    const stranger = mail.from.find((address) => !sameAddress(address, owner.email))
    if (stranger !== undefined) reasons.push(`its author ${stranger} is not ${owner.email}`)
    if (mail.automatic !== null) reasons.push(`it was sent by a machine: ${mail.automatic}`)
  } else if (!sameAddress(envelope.from, owner.email)) {
    reasons.push(`it cannot be read, and its sender ${envelope.from || "(empty)"} is not ${owner.email}`)
  }
  return reasons.length === 0
    ? { _tag: "Command" }
    : { _tag: "Quarantine", reasons: reasons.map((reason) => reason.slice(0, 500)) }
}
