import * as Effect from "effect/Effect"
import type * as Latch from "effect/Latch"
import type { AgentFaultFacts } from "../driver/AgentSignal.ts"
import type { Pane } from "../pane/Pane.ts"
import type { Panes } from "../pane/Panes.ts"
import type { AgentSession } from "./AgentSession.ts"

export type PromptDelivery =
  /** The agent's hook has given our prompt back. */
  | { readonly _tag: "Taken" }
  | { readonly _tag: "PaneEnded" }
  /** Somebody wanted the turn to stop before anything was typed. */
  | { readonly _tag: "Interrupted" }
  /** `fault` where the agent's screen says why. What was `typed` may be taken yet while the pane lives. */
  | {
      readonly _tag: "NotTaken"
      readonly reason: string
      readonly typed: boolean
      readonly fault: AgentFaultFacts | null
    }

export interface PromptText {
  readonly text: string
  readonly interrupt: Latch.Latch
  /** Until its hook should have given it back, unless the driver needs longer. */
  readonly takenMillis: number
  /** Called before it is typed, each time. */
  readonly beforeTyping: () => Promise<void>
  /** Whether the agent's memory has what was typed last: its hook may have been killed before it gave it back. */
  readonly isKept: () => Promise<boolean>
}

const attempts = 3
/** Until pasted text is shown, where that is waited for. */
const pastedMillis = 5_000
/** An agent that works has taken what was typed; its hook may be so late. */
const busyMillis = 60_000
/** First prompt of an agent that was just started. */
const startMillis = 45_000
/** A question on the screen that none of ours answers is believed after this. */
const questionMillis = 3_000
/** A person may be using the pane. */
const idleMillis = 600_000
/** A person who is typing is not typed over. */
const keysMillis = 10_000
const readEveryMillis = 200
const keptEveryMillis = 1_000
const pasteMillis = 50

/**
 * Types a prompt into an agent that is idle and waits until its hook has given it back. Never types while it is busy
 * or waits for a person: there a key can answer a question.
 */
export const deliverPrompt = (
  panes: Panes,
  pane: Pane,
  agent: AgentSession,
  prompt: PromptText,
): Effect.Effect<PromptDelivery> =>
  Effect.gen(function* () {
    const { driver } = agent
    let problem = ""
    let typed = false
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const free = yield* untilFree(panes, pane, agent, prompt.interrupt)
      if (free === "ended") return { _tag: "PaneEnded" }
      if (free === "interrupted") return { _tag: "Interrupted" }
      if (free !== "free") return { _tag: "NotTaken", ...free, typed }
      const taken = yield* pane.typing.withPermit(
        Effect.tryPromise(async () => {
          await agent.readStatus()
          // Somebody was faster.
          if (!isFree(agent)) return false
          await prompt.beforeTyping()
          await agent.readStatus()
          // What was noted takes its time, and a dialog that has opened since would take our keys for its answer.
          if (!isFree(agent) || agent.gate.waiting) return false
          agent.facts = { ...agent.facts, prompts: [] }
          typed = true
          await panes.type(pane, Buffer.from(driver.keys.clear))
          await pasteAndSubmit(panes, pane, agent, prompt.text)
          return untilTaken(pane, agent, prompt)
        }).pipe(
          Effect.catch((error) => {
            problem = error.cause instanceof Error ? error.cause.message : String(error.cause)
            return Effect.as(
              Effect.promise(() => panes.poll()),
              false,
            )
          }),
        ),
      )
      if (taken) return { _tag: "Taken" }
      if (pane.end !== null) return { _tag: "PaneEnded" }
      yield* Effect.logWarning(
        `session ${agent.place.sessionId}: the prompt was typed but not taken, attempt ${attempt} ${problem}`,
      )
    }
    return {
      _tag: "NotTaken",
      fault: yield* Effect.promise(() => faultOnScreen(panes, pane, agent)),
      reason: `The prompt was typed but not taken by ${driver.title}, ${attempts} times${problem === "" ? "" : `: ${problem}`}. Its terminal was ended, so that it is not taken later. Send the request again.`,
      typed,
    }
  })

const isFree = ({ status }: AgentSession) => status?.state === "idle" || status?.state === "shell"

/** Waits until the agent is at its prompt and nobody types; else says why not. */
const untilFree = (
  panes: Panes,
  pane: Pane,
  agent: AgentSession,
  interrupt: Latch.Latch,
): Effect.Effect<
  "free" | "ended" | "interrupted" | { readonly reason: string; readonly fault: AgentFaultFacts | null }
> =>
  Effect.promise(async () => {
    const begunAt = performance.now()
    let startedAt: number | null = null
    for (;;) {
      if (pane.end !== null) return "ended"
      if (interrupt.isOpen()) return "interrupted"
      await agent.readStatus()
      const now = performance.now()
      if (agent.status !== null) startedAt ??= now
      if (isFree(agent) && now - pane.lastKeysAt >= keysMillis) return "free"
      // While it works, what it shows may be anything.
      const asks = agent.status === null || agent.status.state === "waiting"
      const fault = asks && now - begunAt > questionMillis ? await faultOnScreen(panes, pane, agent) : null
      if (fault !== null) return { reason: fault.message, fault }
      if (startedAt === null && now - begunAt > startMillis) {
        const reason = `${agent.driver.title} did not come to its prompt within ${startMillis / 1_000} s. Look at the session's terminal, then send the request again.`
        return { reason, fault: null }
      }
      if (now - begunAt > idleMillis) {
        const reason = `The session's terminal is in use: what runs there did not end within ${idleMillis / 60_000} minutes. End it, or answer what it asks, then send the request again.`
        return { reason, fault: null }
      }
      const keys = agent.driver.startKeys?.(await panes.screen(pane).catch(() => "")) ?? null
      if (keys !== null) await panes.type(pane, Buffer.from(keys)).catch(() => undefined)
      await agent.news(readEveryMillis)
    }
  })

const faultOnScreen = async (panes: Panes, pane: Pane, agent: AgentSession) =>
  agent.driver.screenFault(await panes.screen(pane).catch(() => ""))

const pasteAndSubmit = async (panes: Panes, pane: Pane, agent: AgentSession, text: string) => {
  const { driver } = agent
  if (driver.isPasted === undefined) return panes.paste(pane, text, driver.keys.submit)
  await panes.paste(pane, text, "")
  const deadline = performance.now() + pastedMillis
  while (performance.now() < deadline && pane.end === null) {
    if (driver.isPasted(await panes.screen(pane), text)) break
    await agent.news(pasteMillis)
  }
  await panes.type(pane, Buffer.from(driver.keys.submit))
}

const untilTaken = async (
  pane: Pane,
  agent: AgentSession,
  { isKept, takenMillis, text }: PromptText,
): Promise<boolean> => {
  const wanted = agent.driver.normalPrompt(text)
  const typedAt = performance.now()
  const soon = typedAt + (agent.driver.takenMillis ?? takenMillis)
  let lookAt = soon
  for (;;) {
    if (agent.facts.prompts.some((prompt) => agent.driver.normalPrompt(prompt) === wanted)) return true
    const now = performance.now()
    if (now > lookAt && pane.end === null) {
      // Without its hook, as where that was killed: what it has begun is not to be done twice.
      if (await isKept()) return true
      lookAt = performance.now() + keptEveryMillis
    }
    if (pane.end !== null || now > typedAt + busyMillis) return false
    // It has begun something since: on a busy machine its hook is late, and what is typed again would be done twice.
    if (now > soon && isFree(agent)) return false
    await agent.news(readEveryMillis)
    if (now > soon) await agent.readStatus()
  }
}
