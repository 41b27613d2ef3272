import * as Effect from "effect/Effect"
import * as Command from "effect/cli/Command"

export const startCommand = Command.make("start", {}, () =>
  // It runs when it is loaded, until it ends this process.
  Effect.andThen(
    Effect.promise(() => import("../local/start.ts")),
    Effect.never,
  ),
).pipe(
  Command.withDescription(
    "Start everything on this machine and stay until Ctrl-C, as npm start does. Settings are in the README.",
  ),
  Command.withShortDescription("Start everything on this machine, as npm start does"),
)
