import * as Effect from "effect/Effect"
import { StartFailure } from "../local/StartFailure.ts"
import { CliFailure } from "./CliFailure.ts"

/**
 * What a command does, as an Effect. The action loads what it needs by itself, and answers whether it worked: that is
 * the exit code. Why it did not is one line on standard error, or `{"error": …}` on standard output for programs.
 */
export const runAction = (json: boolean, action: () => Promise<boolean>): Effect.Effect<void> =>
  Effect.promise(async () => {
    try {
      process.exitCode = (await action()) ? 0 : 1
    } catch (error) {
      process.exitCode = 1
      const expected = error instanceof CliFailure || error instanceof StartFailure
      if (json) console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }))
      if (!expected) console.error(error)
      else if (!json) console.error(`maillm: ${error.message}`)
    }
  })
