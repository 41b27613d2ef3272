import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import * as Queue from "effect/Queue"
import * as Schedule from "effect/Schedule"
import type { SessionPlaces } from "../order/SessionPlaces.ts"
import type { Panes } from "../pane/Panes.ts"
import type { SessionJournal } from "./SessionJournal.ts"
import type { TurnReporter } from "./TurnReporter.ts"
import type { AgentSessions } from "../agent/AgentSessions.ts"
import { runAgentTurn } from "./AgentTurnRunner.ts"
import { runTurn } from "./TurnRunner.ts"

/** Most turns of one session that wait on this node; a session actor orders one at a time. */
export const waitingLimit = 64

/** Works off the turns of one session, one after another. */
export class SessionWorker {
  readonly journal: SessionJournal
  readonly places: SessionPlaces
  /** True while a turn is under way. */
  running = false
  private readonly panes: Panes
  private readonly agents: AgentSessions
  private readonly reporter: TurnReporter
  private readonly queue: Queue.Queue<string>
  /** Open once the pane and agent that an earlier node agent has left are found, if there are any. */
  readonly settled = Latch.makeUnsafe(false)
  private readonly interrupts = new Map<string, Latch.Latch>()

  private constructor(
    panes: Panes,
    agents: AgentSessions,
    reporter: TurnReporter,
    journal: SessionJournal,
    places: SessionPlaces,
    queue: Queue.Queue<string>,
  ) {
    this.panes = panes
    this.agents = agents
    this.reporter = reporter
    this.journal = journal
    this.places = places
    this.queue = queue
  }

  static make(
    panes: Panes,
    agents: AgentSessions,
    reporter: TurnReporter,
    journal: SessionJournal,
    places: SessionPlaces,
  ): Effect.Effect<SessionWorker> {
    return Effect.gen(function* () {
      const queue = yield* Queue.bounded<string>(waitingLimit)
      for (const turn of journal.turns()) yield* Queue.offer(queue, turn.order.turnId)
      return new SessionWorker(panes, agents, reporter, journal, places, queue)
    })
  }

  /** Finds the session's pane again, then works until interrupted. */
  get run(): Effect.Effect<never> {
    return this.findPane.pipe(
      Effect.ensuring(this.settled.open),
      Effect.andThen(
        Queue.take(this.queue).pipe(
          Effect.flatMap((turnId) => this.work(turnId)),
          Effect.forever,
        ),
      ),
    )
  }

  /** A turn that is in the journal. */
  add(turnId: string): Effect.Effect<void> {
    return Effect.asVoid(Queue.offer(this.queue, turnId))
  }

  /** The journal has it that this turn is to stop. */
  interrupt(turnId: string): Effect.Effect<void> {
    return this.journal.turn(turnId) === undefined ? Effect.void : Effect.asVoid(this.latch(turnId).open)
  }

  private work(turnId: string): Effect.Effect<void> {
    return Effect.suspend(() => {
      const turn = this.journal.turn(turnId)
      if (turn === undefined) return Effect.void
      const interrupt = this.latch(turnId)
      if (turn.interruptAsked) Latch.openUnsafe(interrupt)
      this.running = true
      const { agents, journal, panes, reporter, stillHere } = this
      const { workspace } = agents.kit
      const run = { panes, reporter, journal, interrupt, stillHere, workspace }
      return turn.order.driver === "shell" ? runTurn(run, turn) : runAgentTurn({ ...run, agents }, turn)
    }).pipe(
      Effect.ensuring(
        Effect.sync(() => {
          this.running = false
        }),
      ),
      // A defect must neither lose the turn nor spin: what the journal says is tried again after a pause.
      Effect.catchDefect((defect) =>
        Effect.logError(`turn ${turnId} failed; it is tried again`, defect).pipe(
          Effect.andThen(Effect.sleep("5 seconds")),
          Effect.andThen(this.add(turnId)),
        ),
      ),
      Effect.tap(() =>
        Effect.sync(() => {
          if (this.journal.turn(turnId) === undefined) this.interrupts.delete(turnId)
        }),
      ),
    )
  }

  private get stillHere(): Effect.Effect<boolean> {
    const { sessionId } = this.journal
    const settled = Effect.gen({ self: this }, function* () {
      for (;;) {
        const where = yield* this.places.whereIs(sessionId)
        if (where !== "soon") return where === "here"
        yield* Effect.sleep("500 millis")
      }
    })
    return settled.pipe(
      Effect.tapError((error) => Effect.logWarning(`session ${sessionId} waits: ${error.message}`)),
      Effect.retry(Schedule.spaced("2 seconds")),
      Effect.orDie,
    )
  }

  /** A turn that was under way finds its pane itself, from the offset that it needs. */
  private get findPane(): Effect.Effect<void> {
    const { sessionId } = this.journal
    return Effect.tryPromise(async () => {
      const first = this.journal.turns()[0]
      const begun = first?.phase === "sending" || first?.phase === "running"
      if (begun && first.order.driver === "shell") return
      const resume = { offset: 0, state: "starting", prepare: () => undefined } as const
      const pane = await this.panes.find(sessionId, null, resume)
      await pane?.log.caughtUp()
      const program = this.agents.program(pane?.record.driver ?? "shell")
      if (pane !== null && program !== undefined) {
        const agent = await this.agents.open(this.journal, program.driver)
        agent.attach(pane)
        // Else the turn says so once it is taken up.
        if (first?.order.driver !== pane.record.driver || !begun) agent.ready = true
        await agent.readStatus()
        return
      }
      // A flood has pushed the last marker out of the log: something is running.
      if (pane?.state === "starting" && pane.log.offset > 0) pane.state = "busy"
    }).pipe(Effect.catch((error) => Effect.logError(`the pane of session ${sessionId} was not found`, error)))
  }

  private latch(turnId: string): Latch.Latch {
    const found = this.interrupts.get(turnId)
    if (found !== undefined) return found
    const latch = Latch.makeUnsafe(false)
    this.interrupts.set(turnId, latch)
    return latch
  }
}
