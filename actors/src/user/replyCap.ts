import { createHash } from "node:crypto"
import * as Schema from "effect/Schema"
import { EpochMillis, SessionId } from "@maillm/schema/Ids"
import type { MailContent } from "@maillm/schema/Message"
import type { UserEvent } from "@maillm/schema/UserActor"
import { threadTopic } from "../session/replySubject.ts"

/** A mail that was answered, as what its like is counted by. */
export const AnsweredMail = Schema.Struct({
  atMillis: EpochMillis,
  sessionId: SessionId,
  /** Hashes of its text, and of its subject and text. */
  byText: Schema.String,
  bySubject: Schema.String,
})
export type AnsweredMail = typeof AnsweredMail.Type

const hourMillis = 3_600_000
/** Answers to the same words in one thread within an hour: more than somebody who asks for a status again and again. */
export const sameTextLimit = 10
/** The same for mail handed in on this machine or after signing in: by a person's scripts, which say the same more often. */
export const sameTextHandedInLimit = 100
/** Answers in one thread, and to one account, within an hour, to mail that other servers bring. */
export const sessionLimitPerHour = 60
export const accountLimitPerHour = 300
/** Answered mails remembered. */
export const answeredLimit = 500

/** A machine writes the same but for blanks and case. */
const plain = (text: string) => text.toLowerCase().replace(/\s+/g, " ").trim()
const hash = (...parts: ReadonlyArray<string>) =>
  createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 16)

const marksOf = (content: MailContent) => {
  const [subject, text] =
    content._tag === "Readable" ? [content.mail.subject, content.mail.newestText] : ["", content.reason]
  return { byText: hash(plain(text)), bySubject: hash(plain(threadTopic(subject)), plain(text)) }
}

/**
 * Why one more mail may not be answered now, or null. Two machines that answer each other do so for ever, whatever they say of
 * themselves; so the same words in a thread, and a thread and an account as a whole, get so many answers in an hour. What
 * comes above that is kept in quarantine, from which it can be released; its sender is told once in an hour.
 */
export const replyCap = (
  answered: ReadonlyArray<AnsweredMail>,
  mail: {
    readonly content: MailContent
    readonly sessionId: SessionId | null
    /** Other servers brought it: only those pass mail on by themselves. */
    readonly relayed: boolean
    readonly atMillis: number
  },
): string | null => {
  const { byText, bySubject } = marksOf(mail.content)
  const recent = answered.filter(({ atMillis }) => atMillis > mail.atMillis - hourMillis)
  const inThread = recent.filter(({ sessionId }) => sessionId === mail.sessionId)
  const alike =
    mail.sessionId === null
      ? recent.filter((other) => other.bySubject === bySubject)
      : inThread.filter((other) => other.byText === byText)
  const sameWords = "with the same words in this thread"
  const counts: ReadonlyArray<readonly [number, number, string]> = mail.relayed
    ? [
        [alike.length, sameTextLimit, sameWords],
        [inThread.length, sessionLimitPerHour, "in this thread"],
        [recent.length, accountLimitPerHour, "for this account"],
      ]
    : [[mail.sessionId === null ? 0 : alike.length, sameTextHandedInLimit, sameWords]]
  const over = counts.find(([count, limit]) => count >= limit)
  if (over === undefined) return null
  const [, limit, where] = over
  return `${limit} mails ${where} were answered within an hour, which looks like two machines that answer each other`
}

/** Whether the sender was told within the hour. */
export const toldOfCap = (cappedAtMillis: number | null, atMillis: number): boolean =>
  cappedAtMillis !== null && cappedAtMillis > atMillis - hourMillis

/** One more was answered. */
export const evolveAnswered = (
  before: ReadonlyArray<AnsweredMail>,
  { content, sessionId }: Extract<UserEvent, { readonly _tag: "MailAccepted" | "MailRefused" }>,
  atMillis: number,
): ReadonlyArray<AnsweredMail> =>
  [
    ...before.filter((mail) => mail.atMillis > atMillis - hourMillis),
    { atMillis, sessionId, ...marksOf(content) },
  ].slice(-answeredLimit)
