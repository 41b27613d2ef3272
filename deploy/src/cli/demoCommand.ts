import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"

export const demoCommand = Command.make("demo", {}, () =>
  // It runs when it is loaded, until it ends this process.
  Effect.andThen(
    Effect.promise(() => import("../local/demo.ts")),
    Effect.never,
  ),
).pipe(
  Command.withDescription(
    "Start in a temporary folder, send a real mail, show each step and the reply, and leave nothing behind.",
  ),
  Command.withShortDescription("One real mail from the sending to its reply, leaving nothing behind"),
)
