import * as Command from "effect/cli/Command"
import { jsonFlag } from "./jsonFlag.ts"
import { runAction } from "./runAction.ts"

export const statusCommand = Command.make("status", { json: jsonFlag }, ({ json }) =>
  runAction(json, async () => {
    const { printStatus } = await import("./printStatus.ts")
    return printStatus(json)
  }),
).pipe(
  Command.withDescription(
    "How the maillm that runs on the data folder is: components, requests by state, nodes. Exit code 0 only when it would accept mail.",
  ),
  Command.withShortDescription("How the running maillm is"),
)
