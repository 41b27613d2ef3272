import { lastDay } from "@maillm/schema/Address"
import { replyAddress } from "../src/identity/replyAddress.ts"

/** The reply address of a session in a mail of now, which takes mail for a week. */
export const sessionReplyAddress = (secret: string, domain: string, userId: string, id: string): string =>
  replyAddress(secret, domain, { kind: "session", userId, id, day: lastDay(Date.now(), 7 * 86_400_000) })
