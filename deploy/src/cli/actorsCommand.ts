import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { ActorKind, Token } from "@maillm/schema/Ids"
import { jsonFlag } from "./jsonFlag.ts"
import { runAction } from "./runAction.ts"

const inspectCommand = Command.make(
  "inspect",
  {
    kind: Argument.String("kind").pipe(
      Argument.withSchema(ActorKind),
      Argument.withDescription("user, session, or another kind of actor"),
    ),
    id: Argument.String("id").pipe(Argument.withSchema(Token), Argument.withDescription("The actor's id")),
    json: jsonFlag,
  },
  ({ kind, id, json }) =>
    runAction(json, async () => {
      const { printInspection } = await import("./printInspection.ts")
      return printInspection(kind, id, json)
    }),
).pipe(
  Command.withDescription(
    "One actor: its owner, mailbox and journal, read whole from EVT; the first broken record is named, with what to do about it. Exit code 0 only when its journal is whole.",
  ),
  Command.withShortDescription("One actor: is its journal whole, what waits for it"),
  Command.withExamples([{ command: "maillm actors inspect session s3kq4" }]),
)

export const actorsCommand = Command.make("actors", { json: jsonFlag }, ({ json }) =>
  runAction(json, async () => {
    const { printActors } = await import("./printActors.ts")
    return printActors(json)
  }),
).pipe(
  Command.withDescription(
    "The partitions of the actors: owner, epoch, commands in mailboxes and the age of the oldest; the hosts; the fullest mailboxes. Exit code 0 only when every partition with waiting commands has a live owner.",
  ),
  Command.withShortDescription("Partitions of the actors, their owners and mailboxes"),
  Command.withSubcommands([inspectCommand]),
)
