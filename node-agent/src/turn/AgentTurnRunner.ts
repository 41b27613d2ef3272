import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schedule from "effect/Schedule"
import * as Struct from "effect/Struct"
import type { AgentFault, TurnOutcome } from "@maillm/schema/Turn"
import { ProgramUnfit } from "../agent/AgentPrograms.ts"
import { deliverPrompt } from "../agent/deliverPrompt.ts"
import { promptOf, resumePrompt } from "../agent/promptText.ts"
import type { Prompt } from "../agent/promptText.ts"
import { startAgent } from "../agent/startAgent.ts"
import type { AgentSession } from "../agent/AgentSession.ts"
import type { AgentSessions } from "../agent/AgentSessions.ts"
import { watchTurn } from "../agent/watchTurn.ts"
import type { AgentEnd } from "../agent/watchTurn.ts"
import { writeInPane } from "../agent/writeInPane.ts"
import type { Snapshot } from "../workspace/Changes.ts"
import type { Pane } from "../pane/Pane.ts"
import { agentEnded } from "./agentEnded.ts"
import { isKept, lastTurn, untakenResume, wasTaken } from "./agentMemory.ts"
import { Recording } from "./Recording.ts"
import { failed } from "./TurnListening.ts"
import { takePlace } from "./takePlace.ts"
import { tellEnded, tellTaken } from "./TurnReporter.ts"
import { removeSent, withFiles } from "./turnFiles.ts"
import type { TurnRecord } from "./TurnRecord.ts"
import type { TurnRun } from "./TurnRun.ts"

export interface AgentTurnRun extends TurnRun {
  readonly agents: AgentSessions
}

/** A turn that loses its agent is taken up again this often. */
const restartLimit = 2
/** An agent that ends before it has taken a prompt is started again this often in all. */
const startRounds = 3
/** Before the agent is started again, longer each time. */
const restartPause = Duration.seconds(2)
const twice = Schedule.exponential("500 millis").pipe(Schedule.upTo({ times: 2 }))

const cancelled = failed("Cancelled before it was started; nothing was run.", "no")

/**
 * Takes a turn of a coding agent from wherever its journal says it is to its end, and returns once the session actor
 * has the result. May be cut off at any point, by an interrupt or a crash, and be called again with the journal as it
 * is then: a prompt is typed once, and an agent that died in the middle goes on with its conversation.
 */
export const runAgentTurn = (run: AgentTurnRun, turn: TurnRecord): Effect.Effect<void> =>
  Effect.gen(function* () {
    if (turn.phase === "ended") yield* tellTaken(run.reporter, turn)
    const ended = turn.phase === "ended" ? turn : yield* toItsEnd(run, turn)
    if (ended !== "elsewhere") {
      const whole = yield* withFiles(run, ended)
      yield* tellEnded(run.reporter, whole, whole.outcome ?? cancelled)
      yield* removeSent(run, whole)
    }
    yield* Effect.promise(() => run.journal.close(turn.order.turnId))
  })

/** What there is for one turn. */
interface Work {
  readonly run: AgentTurnRun
  readonly agent: AgentSession
  readonly prompt: Exclude<Prompt, { readonly _tag: "Refused" }>
}

const toItsEnd = (run: AgentTurnRun, turn: TurnRecord): Effect.Effect<TurnRecord | "elsewhere"> =>
  Effect.gen(function* () {
    const { order } = turn
    const { kit } = run.agents
    const program = run.agents.program(order.driver)
    const name = order.driver
    if (program === undefined || name === "shell") {
      return yield* agentEnded(run, null, turn, broken(`This node has no driver ${name}.`, false))
    }
    const folder = yield* kit.workspace.folderOf(order)
    if ("refused" in folder) return yield* agentEnded(run, null, turn, failed(folder.refused, "no"))
    if (order.repository !== undefined) yield* Effect.promise(() => run.journal.changeWorkFolder(folder.path))
    const agent = yield* Effect.promise(() => run.agents.open(run.journal, program.driver))
    const problem = program.problem === "" ? kit.model.problem(program.driver.name) : program.problem
    agent.beginTurn({
      turnId: order.turnId,
      requestId: order.requestId,
      approvalMillis: order.approvalMillis ?? kit.approvalMillis,
      policy: order.policy ?? kit.policy,
    })
    const begun = Effect.gen(function* () {
      if (problem !== "") return yield* agentEnded(run, agent, turn, broken(problem, false))
      const placed = turn.phase === "accepted" ? yield* kit.workspace.attachments(order) : unplaced(order)
      if ("refused" in placed) return yield* agentEnded(run, agent, turn, failed(placed.refused, "no"))
      const prompt = promptOf(order, agent.place.workspace, agent.place.cwd, placed)
      if (prompt._tag === "Refused") return yield* agentEnded(run, agent, turn, failed(prompt.reason, "no"))
      return yield* inRounds({ run, agent, prompt: typedBefore(turn) ?? prompt }, turn)
    })
    return yield* Effect.ensuring(
      begun,
      Effect.sync(() => agent.endTurn()),
    )
  })

/** Attachments that were placed before: what is typed depends on whether there are any. */
const unplaced = ({ attachments }: TurnRecord["order"]) =>
  attachments.map(({ blob, name }) => ({ name, path: "", sizeBytes: blob.sizeBytes }))

/** What may have been typed already is typed again as it was; the file that it may name is there. */
const typedBefore = ({ agent, phase }: TurnRecord): Work["prompt"] | null =>
  phase === "sending" && agent !== undefined ? { _tag: "Inline", typed: agent.prompt } : null

/** One round for each agent that is started for this turn. */
const inRounds = (work: Work, turn: TurnRecord): Effect.Effect<TurnRecord | "elsewhere"> =>
  Effect.gen(function* () {
    const { agent, run } = work
    let asksAgain = false
    let ends = 0
    for (;;) {
      const now = run.journal.turn(turn.order.turnId) ?? turn
      if (now.phase === "accepted" && run.interrupt.isOpen())
        return yield* agentEnded(run, agent, now, cancelled)
      const pane = yield* inPane(work, now)
      if ("_tag" in pane) return yield* agentEnded(run, agent, now, pane)
      if (now.phase === "accepted" && !(yield* run.stillHere)) {
        yield* Effect.logWarning(`turn ${turn.order.turnId} is not begun: its session is on another node`)
        return "elsewhere"
      }
      const end: RoundEnd = yield* inThisPane(work, now, pane, asksAgain)
      asksAgain = end._tag === "AskAgain"
      if (end._tag === "PaneEnded" || asksAgain) {
        if (end._tag === "PaneEnded") yield* Effect.promise(async () => pane.recorder?.close())
        const record = run.journal.turn(turn.order.turnId) ?? now
        const exit = pane.end?.exitCode
        // Left by /exit: whoever did that did not want it to go on.
        const left = end._tag === "PaneEnded" && exit === 0 && record.phase === "running"
        if (left) {
          const outcome = { _tag: "PaneEnded", exitCode: 0, signal: null } as const
          return yield* agentEnded(run, agent, record, outcome)
        }
        const rounds = record.phase === "running" ? restartLimit + 1 : startRounds
        if (asksAgain) continue
        if (++ends < rounds) {
          // Whatever ended it may be under way still: a container, or the host, that goes down.
          yield* Effect.sleep(Duration.times(restartPause, ends))
          continue
        }
        return yield* agentEnded(run, agent, record, gone(work, record, yield* lastScreen(pane)))
      }
      const record = run.journal.turn(turn.order.turnId) ?? now
      return yield* agentEnded(run, agent, record, outcomeOf(work, end), isUseless(end))
    }
  })

type RoundEnd =
  | AgentEnd
  | { readonly _tag: "Outcome"; readonly outcome: TurnOutcome; readonly endPane?: boolean }

/** From wherever the turn is to its end, or that of the pane. */
const inThisPane = (work: Work, turn: TurnRecord, pane: Pane, asksAgain: boolean): Effect.Effect<RoundEnd> =>
  Effect.gen(function* () {
    const { agent, run } = work
    const same = turn.generation === pane.record.generation
    const { order } = turn
    const takenBefore =
      turn.phase === "running" ||
      (turn.phase === "sending" && (yield* Effect.promise(() => wasTaken(agent, turn))))
    yield* Effect.promise(() => run.agents.kit.model.beginTurn(order.sessionId, order.userId, order.turnId))
    run.agents.kit.workspace.folders.begin(order.userId, agent.place.cwd, order.turnId)
    const untaken = same && !asksAgain ? yield* Effect.promise(() => untakenResume(agent, turn)) : null
    const interrupted = takenBefore && (!same || asksAgain || untaken !== null)
    const cutOff = interrupted && !asksAgain && untaken === null
    const lost = cutOff && !(yield* Effect.promise(() => isKept(agent, turn))) ? work.prompt.typed : null
    const text = !interrupted
      ? work.prompt.typed
      : (untaken ?? resumePrompt(asksAgain ? "answered" : "restart", lost))
    if (!takenBefore || interrupted) {
      if (!takenBefore && work.prompt._tag === "File") {
        const { content, path } = work.prompt
        const written = yield* Effect.result(Effect.tryPromise(() => writeInPane(agent.place, path, content)))
        if (written._tag === "Failure") return ended(failed(wordsOf(written.failure.cause), "no"))
      }
      const before =
        turn.agent === undefined
          ? yield* Effect.promise(() => run.agents.kit.workspace.snapshot(order.userId, agent.place.cwd))
          : null
      const delivery = yield* deliverPrompt(run.panes, pane, agent, {
        text,
        interrupt: run.interrupt,
        takenMillis: run.agents.kit.bounds.takenMillis,
        isKept: () => isKept(agent, run.journal.turn(order.turnId) ?? turn),
        beforeTyping: async () => {
          const restarted = interrupted && !same
          await noteTyping(work, turn, pane, { prompt: text, takenBefore, restarted, before })
          await record(work, turn, pane)
        },
      })
      if (delivery._tag === "PaneEnded") return delivery
      if (delivery._tag === "Interrupted")
        return takenBefore ? { _tag: "Interrupted", asked: true } : ended(cancelled)
      if (delivery._tag === "NotTaken") {
        const { fault, reason, typed } = delivery
        const outcome =
          fault === null
            ? failed(reason, takenBefore ? "unknown" : "no")
            : ({ _tag: "AgentFailed", fault: { ...fault, workBegun: takenBefore } } as const)
        // What it asks nobody answers, and what was typed is not to be taken when nobody waits for it any more.
        return { _tag: "Outcome", outcome, endPane: fault !== null || typed }
      }
    }
    const running = yield* Effect.promise(() => noteRunning(work, turn))
    yield* Effect.promise(() => record(work, turn, pane))
    yield* Effect.promise(() => run.panes.started(pane).catch(() => undefined))
    const telling = yield* Effect.forkChild(tellTaken(run.reporter, running))
    const end = yield* Effect.promise(() =>
      watchTurn({
        panes: run.panes,
        pane,
        agent,
        interrupt: run.interrupt,
        bounds: run.agents.kit.bounds,
        lastTurn: () => lastTurn(agent, run.journal.turn(order.turnId) ?? running),
        closing: running.agent?.midway === "closing",
        beforeClosing: () => noteClosing(work, running),
      }),
    )
    yield* Fiber.join(telling)
    if (end._tag === "Interrupted" && !end.asked) yield* Effect.promise(() => agent.gate.refusedInTerminal())
    return end
  })

/** The session's pane with its agent; or how the turn ends for want of it. */
const inPane = ({ agent, run }: Work, turn: TurnRecord): Effect.Effect<Pane | TurnOutcome> =>
  Effect.gen(function* () {
    const { sessionId, userId } = turn.order
    const begun = turn.phase !== "accepted"
    const refused = yield* takePlace(run.panes, sessionId, run.interrupt)
    if (refused !== null) return failed(refused, begun ? "unknown" : "no")
    const start = Effect.tryPromise(() => startAgent(run.agents.kit, run.panes, agent, sessionId, userId))
    const isPassing = ({ cause }: { readonly cause?: unknown }) => !(cause instanceof ProgramUnfit)
    const pane = yield* start.pipe(
      Effect.retry({ schedule: twice, while: isPassing }),
      Effect.catch(({ cause }) => Effect.succeed(unstarted(agent, cause, begun))),
    )
    if ("_tag" in pane) yield* Effect.promise(() => run.panes.leavePlace(sessionId))
    return pane
  })

const unstarted = ({ driver }: AgentSession, cause: unknown, begun: boolean): TurnOutcome =>
  cause instanceof ProgramUnfit
    ? broken(cause.message, begun)
    : failed(`${driver.title} could not be started: ${wordsOf(cause)}`, begun ? "unknown" : "no")

const noteTyping = async (
  { run }: Work,
  turn: TurnRecord,
  pane: Pane,
  typing: {
    readonly prompt: string
    readonly takenBefore: boolean
    readonly restarted: boolean
    readonly before: Snapshot | null
  },
) => {
  const { before, prompt, restarted, takenBefore } = typing
  await run.journal.modify(turn, (record) => ({
    ...record,
    phase: takenBefore ? "running" : "sending",
    generation: pane.record.generation,
    offset: record.agent === undefined ? pane.log.offset : record.offset,
    agent: {
      prompt,
      typedAtMillis: Date.now(),
      restarts: (record.agent?.restarts ?? 0) + (restarted ? 1 : 0),
      answer: null,
      screen: "",
      usage: null,
      ...(takenBefore ? { midway: "resuming" } : {}),
      ...(record.agent?.before === undefined
        ? before === null
          ? {}
          : { before }
        : { before: record.agent.before }),
    },
  }))
}

/** What the pane shows from now on belongs to the turn; a recording that an earlier node agent began goes on. */
const record = async ({ run }: Work, { order }: TurnRecord, pane: Pane) => {
  if (pane.recorder !== null) return
  const screen = await run.panes.screen(pane).catch(() => "")
  const path = run.reporter.folder.turnRecording(order.sessionId, order.turnId)
  Recording.start(path, pane, screen.replaceAll("\n", "\r\n"))
}

const noteRunning = ({ run }: Work, turn: TurnRecord) =>
  run.journal.modify(turn, (record) => ({
    ...record,
    ...(record.agent?.midway === "resuming" ? { agent: Struct.omit(record.agent, ["midway"]) } : {}),
    phase: "running",
    startedAtMillis: record.startedAtMillis ?? Date.now(),
  }))

const noteClosing = async ({ run }: Work, turn: TurnRecord) => {
  await run.journal.modify(turn, (record) =>
    record.agent === undefined ? record : { ...record, agent: { ...record.agent, midway: "closing" } },
  )
}

const outcomeOf = (work: Work, end: RoundEnd): TurnOutcome => {
  switch (end._tag) {
    case "Outcome":
      return end.outcome
    case "Answered":
      work.agent.facts = { ...work.agent.facts, answered: { answer: end.answer, background: 0, atMillis: 0 } }
      return { _tag: "Answered" }
    case "Faulted":
    case "Hung":
      return {
        _tag: "AgentFailed",
        fault: { ...end.fault, workBegun: work.agent.facts.toolAskedAt !== null },
      }
    case "Interrupted":
      return failed(
        end.asked
          ? "Interrupted as asked. What the agent had done by then stays done."
          : "Interrupted in the terminal. What the agent had done by then stays done.",
        "unknown",
      )
    case "Untold":
      return failed(
        `${work.agent.driver.title} is at its prompt without an answer, and has not said why. What it had done by then stays done. Look at the session's terminal, then send the request again.`,
        "unknown",
      )
    default:
      return failed("The agent's terminal has ended.", "unknown")
  }
}

/**
 * Whether what runs in the pane can do no later turn: it hangs, or the key that it was started with is refused, or it
 * may still do what was typed.
 */
const isUseless = (end: RoundEnd): boolean => {
  if (end._tag === "Outcome") return end.endPane === true
  return end._tag === "Hung" || (end._tag === "Faulted" && end.fault.kind === "authentication")
}

const gone = (work: Work, turn: TurnRecord, screen: string): TurnOutcome => {
  const { title } = work.agent.driver
  if (turn.phase !== "running")
    return broken(`${title} ended before it took the request. Its last words: ${lastLines(screen)}`, false)
  return failed(
    `The terminal in which ${title} worked has ended ${restartLimit + 1} times during this request. It was not started again.`,
    "unknown",
  )
}

const lastScreen = (pane: Pane) =>
  Effect.promise(async () => (await pane.log.tail(4_096)).bytes.toString()).pipe(
    Effect.catchDefect(() => Effect.succeed("")),
  )

const lastLines = (screen: string) =>
  // oxlint-disable-next-line no-control-regex
  screen
    .replaceAll(/\u001b\[[0-9;?]*[a-zA-Z]|\u001b\][^\u0007]*\u0007|[\u0000-\u0009\u000b-\u001f]/g, "")
    .trim()
    .slice(-400)

const broken = (message: string, workBegun: boolean): TurnOutcome => ({
  _tag: "AgentFailed",
  fault: {
    kind: "agent-broken",
    message: message.slice(0, 1_000),
    resetAtMillis: null,
    workBegun,
  } satisfies AgentFault,
})

const ended = (outcome: TurnOutcome): RoundEnd => ({ _tag: "Outcome", outcome })

const wordsOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)).slice(0, 600)
