import { domainToUnicode } from "node:url"
import type { Recipient } from "@maillm/schema/Message"
import { parseLocalPart } from "@maillm/schema/Address"
import type { ParsedLocalPart } from "@maillm/schema/Address"
import { SessionId } from "@maillm/schema/Ids"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Directory, DirectoryUnavailable } from "../identity/Directory.ts"
import { standingOf } from "../identity/replyAddress.ts"

/** One user to deliver to, and which of their addresses was used. */
export interface Target {
  readonly userId: string
  readonly recipient: Recipient
  /** As given, for the envelope. */
  readonly address: string
}

export interface AddressBook {
  readonly domain: string
  readonly secret: string
  readonly directory: Directory["Service"]
}

const decodeSessionId = Schema.decodeUnknownSync(SessionId)

/** What an address is: somebody's; one that nobody has; or a reply address that was ours and is over. */
export type Resolved = Target | "unknown" | "expired"

/**
 * Who an address belongs to; `unknown` for all that is not ours, which is all that keeps us from being a relay. A wrong
 * signature, a private address that never was and one that has ended are the same work and the same answer as an unknown
 * name: one look into the address book.
 */
export const resolveRecipient = (
  book: AddressBook,
  address: string,
  nowMillis: number,
): Effect.Effect<Resolved, DirectoryUnavailable> => {
  if (!isOurs(book, address)) return Effect.succeed("unknown")
  const localPart = address.slice(0, address.lastIndexOf("@"))
  const parsed = parseLocalPart(localPart)
  if (parsed._tag === "Private")
    return Effect.map(book.directory.find(parsed.localPart), (userId) =>
      userId === null ? "unknown" : { userId, recipient: { _tag: "Private" as const }, address },
    )
  if (parsed._tag === "Signed" || parsed._tag === "Legacy") {
    const standing = standingOf(book.secret, parsed, nowMillis)
    if (standing === "expired") return Effect.succeed("expired")
    if (standing === "ours")
      return Effect.sync(() => ({ userId: parsed.userId, recipient: recipientOf(parsed), address }))
  }
  return Effect.as(book.directory.find(noSuchLocalPart), "unknown")
}

/** Of the shape of a private address, and nobody's: what cannot be one is looked for all the same. */
const noSuchLocalPart = `nobody.${"a".repeat(26)}`

const recipientOf = (parsed: Extract<ParsedLocalPart, { readonly _tag: "Legacy" | "Signed" }>): Recipient => {
  if (parsed._tag === "Legacy") return { _tag: "Session", sessionId: decodeSessionId(parsed.sessionId) }
  switch (parsed.kind) {
    case "session":
      return { _tag: "Session", sessionId: decodeSessionId(parsed.id) }
    case "approval":
      return { _tag: "Approval", tag: parsed.id }
    case "confirmation":
      return { _tag: "Confirmation", confirmId: parsed.id }
  }
}

/** Whether it is of our domain, whoever it belongs to. */
export const isOurs = ({ domain }: AddressBook, address: string): boolean => {
  const at = address.lastIndexOf("@")
  return at > 0 && isOurDomain(domain, address.slice(at + 1))
}

/** smtp-server hands over an internationalised domain in its Unicode form. Look-alikes are other domains. */
const isOurDomain = (ours: string, given: string) =>
  given === domainToUnicode(ours.toLowerCase()) ||
  (/^[\x21-\x7e]+$/.test(given) && given.toLowerCase() === ours.toLowerCase())

/**
 * One delivery for every user and reply address named. Someone who answers to a reply address and also to the user's
 * private one means the reply.
 */
export const deliveries = (targets: ReadonlyArray<Target>): ReadonlyArray<Target> => {
  const byKey = new Map<string, Target>()
  for (const target of targets) byKey.set(`${target.userId} ${keyOf(target.recipient)}`, target)
  return [...byKey.values()].filter(
    (target) =>
      target.recipient._tag !== "Private" ||
      !targets.some((other) => other.userId === target.userId && other.recipient._tag !== "Private"),
  )
}

const keyOf = (recipient: Recipient): string => {
  switch (recipient._tag) {
    case "Private":
      return ""
    case "Session":
      return `session ${recipient.sessionId}`
    case "Approval":
      return `approval ${recipient.tag}`
    case "Confirmation":
      return `confirmation ${recipient.confirmId}`
  }
}
