import * as Command from "effect/cli/Command"
import { jsonFlag } from "./jsonFlag.ts"
import { runAction } from "./runAction.ts"

const parseCommand = Command.make("parse", { json: jsonFlag }, ({ json }) =>
  runAction(json, async () => {
    const { parseMessageInput } = await import("./parseMessageInput.ts")
    return parseMessageInput(json)
  }),
).pipe(
  Command.withDescription(
    "Read the newest text of a message, at most 1 MiB, from standard input and print what it wants, as the user actor understands it: a request, an answer, a command. Needs no running maillm.",
  ),
  Command.withShortDescription("What a message on standard input wants"),
  Command.withExamples([{ command: "echo 'yes 7F3K2' | maillm message parse --json" }]),
)

export const messageCommand = Command.make("message").pipe(
  Command.withDescription("Understand messages as the user actor does"),
  Command.withSubcommands([parseCommand]),
)
