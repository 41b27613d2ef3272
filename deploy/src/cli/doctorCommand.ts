import * as Command from "effect/cli/Command"
import { jsonFlag } from "./jsonFlag.ts"
import { runAction } from "./runAction.ts"

export const doctorCommand = Command.make("doctor", { json: jsonFlag }, ({ json }) =>
  runAction(json, async () => {
    const { runDoctor } = await import("./doctor/runDoctor.ts")
    return runDoctor(json)
  }),
).pipe(
  Command.withDescription(
    "Look at every component and setting: what is wrong, and what to do. Changes nothing and needs no running maillm. Exit code 1 when something that is needed is wrong.",
  ),
  Command.withShortDescription("Every component and setting, what is wrong, what to do"),
)
