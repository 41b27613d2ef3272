import type { SessionCommand } from "@maillm/schema/SessionActor"
import type { UserCommand } from "@maillm/schema/UserActor"

/** What became of a mail, as a session is told. */
export type SentCommand = Extract<
  SessionCommand,
  { readonly _tag: "MailBounced" | "MailFailed" | "MailSent" }
>

/** The same for the user's actor, of a mail that stands in no session. */
export const accountNote = (
  command: SentCommand,
): Extract<UserCommand, { readonly _tag: "NoteAccountMail" }> => {
  const { messageId } = command
  const note = { _tag: "NoteAccountMail", messageId, raw: null } as const
  switch (command._tag) {
    case "MailSent": {
      const { detail, raw, via } = command
      return { ...note, state: via === "outbox" ? "kept" : "delivered", raw, detail }
    }
    case "MailFailed":
      return {
        ...note,
        state: command.retryAtMillis === null ? "failed" : "retrying",
        detail: command.reason,
      }
    case "MailBounced":
      return { ...note, state: "failed", detail: `it came back: ${command.reason}`.slice(0, 1_000) }
  }
}
