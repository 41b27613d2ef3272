import { createHash, randomBytes } from "node:crypto"
import * as Effect from "effect/Effect"
import type * as Latch from "effect/Latch"
import * as Schema from "effect/Schema"
import { expectMarker } from "../pane/expectMarker.ts"
import type { Expected } from "../pane/expectMarker.ts"
import type { Pane } from "../pane/Pane.ts"
import type { Panes } from "../pane/Panes.ts"
import { privateKeys, turnLine } from "./shellIntegration.ts"

/** tmux did not do what was asked; its message says why. */
class TypingFailed extends Schema.TaggedError<TypingFailed>()("TypingFailed", { reason: Schema.String }) {
  override get message() {
    return this.reason
  }
}

/** `doubtful`: the line that runs the turn was typed, and nothing has shown since that it was not carried out. */
export type Delivery =
  /** The shell has begun the turn; the pane's listener has its output. */
  | { readonly _tag: "Begun" }
  /** The shell says that it has run this turn; its begin is lost in a hole of the output. */
  | { readonly _tag: "BegunUnseen"; readonly exitCode: number | null }
  | { readonly _tag: "PaneEnded"; readonly doubtful: boolean }
  /** Somebody wanted it to stop before it was begun. Nothing was run. */
  | { readonly _tag: "Interrupted" }
  | { readonly _tag: "NotTaken"; readonly reason: string; readonly doubtful: boolean }

export interface TurnText {
  readonly turnId: string
  /** Sanitised. */
  readonly text: string
  /** True when an earlier agent may have typed it. */
  readonly doubtful: boolean
  /** Open once the turn is not wanted any more. */
  readonly interrupt: Latch.Latch
}

const attempts = 3
/** First prompt of a new shell. */
const startWithin = "20 seconds"
/** A person may be using the pane. */
const idleWithin = "10 minutes"
const clearedWithin = "5 seconds"
const typedWithin = "15 seconds"
const begunWithin = "10 seconds"
const interruptKey = "\u0003"

/**
 * Gives a text to the shell of a pane, so that it runs exactly once: the line is cleared and proves that nothing
 * typed earlier is still under way; the text is pasted and the shell says what it took; only if that is our
 * text, byte for byte, it is told to run it. May be called again for a turn whose delivery was cut off.
 */
export const deliverTurn = (panes: Panes, pane: Pane, turn: TurnText): Effect.Effect<Delivery> =>
  Effect.gen(function* () {
    const progress = { doubtful: turn.doubtful, problem: "" }
    for (let attempt = 1; attempt <= attempts + 1; attempt++) {
      const waited = yield* untilIdle(pane, turn)
      if (pane.turnBegun) return { _tag: "Begun" }
      if (waited === "ended") return { _tag: "PaneEnded", doubtful: progress.doubtful }
      if (waited === "timeout")
        return { _tag: "NotTaken", reason: notIdle(pane), doubtful: progress.doubtful }
      if (waited === "interrupted") {
        return progress.doubtful
          ? { _tag: "NotTaken", reason: "Cancelled while it was being typed.", doubtful: true }
          : { _tag: "Interrupted" }
      }
      const tried = tryDelivery(panes, pane, turn, progress, attempt)
      const delivery = yield* pane.typing.withPermit(tried).pipe(
        Effect.catch((error) =>
          Effect.promise(() => panes.poll()).pipe(
            Effect.map((): Delivery | null => {
              progress.problem = error.message
              return pane.end === null ? null : { _tag: "PaneEnded", doubtful: progress.doubtful }
            }),
          ),
        ),
      )
      if (delivery !== null) return delivery
      yield* Effect.logWarning(`turn ${turn.turnId}: attempt ${attempt} was in vain: ${progress.problem}`)
    }
    return {
      _tag: "NotTaken",
      reason: `The text was typed but not taken by the shell, ${attempts} times: ${progress.problem}. Type "exit" in the session's terminal to get a new shell, and send the request again.`,
      doubtful: progress.doubtful,
    }
  })

/** Waits for the prompt, the turn's begin, the pane's end, or, while nothing is typed, the wish to stop. */
const untilIdle = (pane: Pane, turn: TurnText): Effect.Effect<Expected | "idle" | "interrupted"> =>
  Effect.suspend((): Effect.Effect<Expected | "idle" | "interrupted"> => {
    if (pane.end !== null) return Effect.succeed("ended")
    if (pane.state === "idle" || pane.turnBegun) return Effect.succeed("idle")
    const prompt = expectMarker(
      pane,
      ({ marker }) => marker._tag === "Idle" || marker._tag === "Start",
      pane.state === "starting" ? startWithin : idleWithin,
      Effect.void,
    )
    return Effect.raceFirst(prompt, turn.interrupt.await.pipe(Effect.as("interrupted" as const)))
  })

interface Progress {
  doubtful: boolean
  problem: string
}

/** A delivery, or null with the problem noted. The attempt after the last only finds out what became of that. */
const tryDelivery = (panes: Panes, pane: Pane, turn: TurnText, progress: Progress, attempt: number) =>
  Effect.gen(function* (): Effect.fn.Return<Delivery | null, TypingFailed> {
    if (attempt > 1 || pane.halfEntered) yield* leaveHalfEntered(panes, pane)
    const cleared = yield* clearLine(panes, pane)
    const early = settled(pane, cleared, turn.turnId, progress)
    if (early !== null) return early
    if (cleared === "timeout") {
      progress.problem = "it does not answer at its prompt"
      return null
    }
    progress.doubtful = false
    if (turn.interrupt.isOpen()) return { _tag: "Interrupted" }
    if (attempt > attempts) return null

    const sha256 = createHash("sha256").update(turn.text).digest("hex")
    const typed = yield* expectMarker(
      pane,
      ({ marker }) => marker._tag === "Typed",
      typedWithin,
      typing(() => panes.paste(pane, turn.text, privateKeys.accept)),
    )
    if (typed === "ended") return { _tag: "PaneEnded", doubtful: false }
    if (typed === "timeout" || typed.marker._tag !== "Typed" || typed.marker.sha256 !== sha256) {
      progress.problem =
        typed === "timeout" ? "it did not say what it took" : "it took another text than was typed"
      return null
    }

    progress.doubtful = true
    progress.problem = "it did not begin the turn"
    const answer = yield* expectMarker(
      pane,
      ({ marker }) => (marker._tag === "Start" || marker._tag === "Refused") && marker.turnId === turn.turnId,
      begunWithin,
      typeKeys(panes, pane, `${turnLine(turn.turnId, sha256)}\r`),
    )
    return settled(pane, answer, turn.turnId, progress)
  })

/** Leaves a half-entered compound command or a history search; these survive the clearing of the line. */
const leaveHalfEntered = (panes: Panes, pane: Pane) =>
  expectMarker(pane, ({ marker }) => marker._tag === "Idle", "2 seconds", typeKeys(panes, pane, interruptKey))

/** The answer with our token proves that the shell has read everything typed before. */
const clearLine = (panes: Panes, pane: Pane) => {
  const token = randomBytes(8).toString("hex")
  return expectMarker(
    pane,
    ({ marker }) => (marker._tag === "Cleared" && marker.token === token) || marker._tag === "Start",
    clearedWithin,
    typeKeys(panes, pane, token + privateKeys.clear),
  )
}

const settled = (pane: Pane, seen: Expected, turnId: string, progress: Progress): Delivery | null => {
  if (pane.turnBegun) return { _tag: "Begun" }
  if (seen === "ended") return { _tag: "PaneEnded", doubtful: progress.doubtful }
  if (seen === "timeout") return null
  const { marker } = seen
  return marker._tag === "Cleared" && marker.turnId === turnId
    ? { _tag: "BegunUnseen", exitCode: marker.exitCode }
    : null
}

const notIdle = (pane: Pane) =>
  pane.state === "starting"
    ? "The shell did not come to its first prompt. Look at the session's terminal, then send the request again."
    : "The session's terminal is in use: what runs there did not end within 10 minutes. End it (Ctrl-C in the terminal), then send the request again."

const typeKeys = (panes: Panes, pane: Pane, keys: string) => typing(() => panes.type(pane, Buffer.from(keys)))

const typing = (run: () => Promise<void>) =>
  Effect.tryPromise({
    try: run,
    catch: (cause) => new TypingFailed({ reason: cause instanceof Error ? cause.message : String(cause) }),
  })
