import * as Command from "effect/cli/Command"
import { jsonFlag } from "./jsonFlag.ts"
import { runAction } from "./runAction.ts"

const rebuildCommand = Command.make("rebuild", { json: jsonFlag }, ({ json }) =>
  runAction(json, async () => {
    const { rebuild } = await import("./rebuild.ts")
    return rebuild(json)
  }),
).pipe(
  Command.withDescription(
    "Empty the read model, so that it is folded again from the streams; nothing is lost. SQLite: maillm must be stopped, and its next start folds. MongoDB: a running maillm folds at once, else the next start.",
  ),
  Command.withShortDescription("Empty the read model to have it folded again from the streams"),
)

export const readModelCommand = Command.make("readmodel").pipe(
  Command.withDescription("What the console and the API read"),
  Command.withSubcommands([rebuildCommand]),
)
