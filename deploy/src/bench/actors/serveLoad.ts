import { serveQuestions } from "./serveQuestions.ts"
import { TurnLoad } from "./turnLoad.ts"
import type { Turn } from "./turnLoad.ts"

/** A caller process: answers `{do: "load", concurrency, warmMillis, millis}` with what it measured. */
export const serveLoad = (
  turn: Turn,
  others: Parameters<typeof serveQuestions>[0] = {},
  checked = true,
): void => {
  const load = new TurnLoad(turn, checked)
  serveQuestions({
    ...others,
    load: ({ concurrency, warmMillis, millis }) =>
      load.run({
        concurrency: Number(concurrency),
        warmMillis: Number(warmMillis),
        millis: Number(millis),
      }),
  })
}
