import { domainToUnicode } from "node:url"
import type { Recipient } from "@maillm/schema/Message"
import { parseLocalPart } from "@maillm/schema/Address"
import { SessionId } from "@maillm/schema/Ids"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Directory, DirectoryUnavailable } from "../identity/Directory.ts"
import { verifySessionSignature } from "../identity/sessionAddress.ts"

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

/**
 * Who an address belongs to; null for all that is not ours, which is all that keeps us from being a relay.
 * A wrong token and a wrong signature are refused by the same work as an unknown name.
 */
export const resolveRecipient = (
  book: AddressBook,
  address: string,
): Effect.Effect<Target | null, DirectoryUnavailable> => {
  if (!isOurs(book, address)) return Effect.succeed(null)
  const parsed = parseLocalPart(address.slice(0, address.lastIndexOf("@")))
  switch (parsed._tag) {
    case "Bounce":
    case "Unknown":
      return Effect.succeed(null)
    case "Session":
      return Effect.sync(() =>
        verifySessionSignature(book.secret, parsed.userId, parsed.sessionId, parsed.signature)
          ? {
              userId: parsed.userId,
              recipient: { _tag: "Session" as const, sessionId: decodeSessionId(parsed.sessionId) },
              address,
            }
          : null,
      )
    case "Private":
      return Effect.map(book.directory.find(parsed.localPart), (userId) =>
        userId === null ? null : { userId, recipient: { _tag: "Private" as const }, address },
      )
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
 * One delivery for every user and session named. Someone who answers to a session's address and also to the
 * user's private one means the session.
 */
export const deliveries = (targets: ReadonlyArray<Target>): ReadonlyArray<Target> => {
  const byKey = new Map<string, Target>()
  for (const target of targets) {
    const key = target.recipient._tag === "Session" ? target.recipient.sessionId : ""
    byKey.set(`${target.userId} ${key}`, target)
  }
  return [...byKey.values()].filter(
    (target) =>
      target.recipient._tag === "Session" ||
      !targets.some((other) => other.userId === target.userId && other.recipient._tag === "Session"),
  )
}
