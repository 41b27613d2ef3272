import { createHmac, timingSafeEqual } from "node:crypto"
import {
  isPast,
  legacyEndsMillis,
  legacyMessage,
  signedLocalPart,
  signedMessage,
} from "@maillm/schema/Address"
import type { ParsedLocalPart, SignedLocalPart } from "@maillm/schema/Address"
import { base32 } from "@maillm/schema/base32"

const signatureOf = (secret: string, message: string) =>
  base32(createHmac("sha256", secret).update(message, "utf8").digest().subarray(0, 10))

/** Takes the same time for every wrong signature of the right length. */
const isSignature = (secret: string, message: string, signature: string) => {
  const expected = Buffer.from(signatureOf(secret, message))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** What an address that claims to be a reply address of ours is. */
export type ReplyStanding = "ours" | "expired" | "forged"

/**
 * Whether a reply address is one that we gave out, and takes mail still. That it is over is said only of one with a right
 * signature, which nobody makes up: who asks has had it from us.
 */
export const standingOf = (
  secret: string,
  address: SignedLocalPart | Extract<ParsedLocalPart, { readonly _tag: "Legacy" }>,
  nowMillis: number,
): ReplyStanding => {
  if (address._tag === "Legacy") {
    const { sessionId, signature, userId } = address
    if (!isSignature(secret, legacyMessage(userId, sessionId), signature)) return "forged"
    return nowMillis < legacyEndsMillis ? "ours" : "expired"
  }
  const { day, id, kind, signature, userId } = address
  if (!isSignature(secret, signedMessage(kind, userId, id, day), signature)) return "forged"
  return isPast(day, nowMillis) ? "expired" : "ours"
}

/** A reply address of today, as the actors make it. For tests and load. */
export const replyAddress = (
  secret: string,
  domain: string,
  address: Omit<SignedLocalPart, "_tag" | "signature">,
): string => {
  const { day, id, kind, userId } = address
  const signature = signatureOf(secret, signedMessage(kind, userId, id, day))
  return `${signedLocalPart({ ...address, signature })}@${domain}`
}

/** The reply address of a session as version 0.1.0 made it, without an end. */
export const legacyAddress = (secret: string, domain: string, userId: string, sessionId: string): string =>
  `re.${userId}.${sessionId}.${signatureOf(secret, legacyMessage(userId, sessionId))}@${domain}`
