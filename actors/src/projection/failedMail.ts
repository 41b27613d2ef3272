import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { MessageId } from "@maillm/schema/Ids"
import type { UserEvent } from "@maillm/schema/UserActor"

type Failed = Extract<UserEvent, { readonly _tag: "CommandFailed" }>

const decodeId = Schema.decodeUnknownOption(MessageId)

/**
 * The mail that a user's failed command was about, or null: `<mail>/read` of the parser, `mail/<hash>` of SMTP, whose
 * mail is named by the hash's beginning. One that was put back has its retry behind it.
 */
export const failedMail = ({ commandTag, commandId }: Failed): MessageId | null => {
  const id =
    commandTag === "MailRead"
      ? /^([^/]+)\/read(?:~retry\d+)?$/.exec(commandId)?.[1]
      : commandTag === "ReceiveMail"
        ? `m${/^mail\/([0-9a-f]{31})/.exec(commandId)?.[1] ?? ""}`
        : undefined
  return id === "m" ? null : Option.getOrNull(decodeId(id))
}
