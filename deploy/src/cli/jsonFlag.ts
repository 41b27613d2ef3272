import * as Flag from "effect/cli/Flag"

/** `--json` of every command that has something to say. */
export const jsonFlag = Flag.Boolean("json").pipe(
  Flag.withDescription("Print JSON, for programs"),
  Flag.withDefault(false),
)
