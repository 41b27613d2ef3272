import * as Command from "effect/cli/Command"
import { jsonFlag } from "./jsonFlag.ts"
import { runAction } from "./runAction.ts"

const extractCommand = Command.make("extract", { json: jsonFlag }, ({ json }) =>
  runAction(json, async () => {
    const { extractMail } = await import("./extractMail.ts")
    return extractMail(json)
  }),
).pipe(
  Command.withDescription(
    "Read a raw mail, at most 64 MiB, from standard input and print its newest text, attachments and whether it is automatic, as the gateway understands it. Needs no running maillm.",
  ),
  Command.withShortDescription("What a raw mail on standard input says"),
  Command.withExamples([{ command: "maillm mail extract --json < reply.eml" }]),
)

export const mailCommand = Command.make("mail").pipe(
  Command.withDescription("Understand mail as the gateway does"),
  Command.withSubcommands([extractCommand]),
)
