import { randomUUID } from "node:crypto"
import { homedir } from "node:os"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import type { Policy } from "@maillm/schema/Policy"
import { ApprovalBook } from "../approval/ApprovalBook.ts"
import { Gate } from "../approval/Gate.ts"
import type { PaneRuntime } from "../container/PaneRuntime.ts"
import { outboxPath, outboxPreface } from "../workspace/outbox.ts"
import type { AgentDriver, AgentPlace } from "../driver/AgentDriver.ts"
import type { NodeFolder } from "../files/NodeFolder.ts"
import { HookServer } from "../hook/HookServer.ts"
import type { HookCall } from "../hook/HookServer.ts"
import type { Panes } from "../pane/Panes.ts"
import type { SessionJournal } from "../turn/SessionJournal.ts"
import type { TurnReporter } from "../turn/TurnReporter.ts"
import type { AgentWorkspace } from "./AgentWorkspace.ts"
import type { AgentModel } from "./AgentModel.ts"
import type { AgentProgram } from "./AgentPrograms.ts"
import { AgentSession } from "./AgentSession.ts"
import { tellApprovals } from "./tellApprovals.ts"
import type { TurnBounds } from "./TurnBounds.ts"

/** What the agents of this node share. */
export interface AgentKit {
  readonly runtime: PaneRuntime
  readonly folder: NodeFolder
  readonly programs: ReadonlyArray<AgentProgram>
  readonly model: AgentModel
  /** For turns whose order says none, and between turns. */
  readonly policy: Policy
  /** For turns whose order says none. */
  readonly approvalMillis: number
  readonly workspace: AgentWorkspace
  readonly bounds: TurnBounds
  /** The state of the session's agent has changed. */
  readonly showState: (sessionId: string) => void
  readonly report: (message: string, error: unknown) => void
}

const notYet = "maillm does not know this session."

/** The agents of this node's sessions, and the way of their hooks to them. */
export class AgentSessions {
  readonly kit: AgentKit
  private readonly panes: Panes
  private readonly hooks: HookServer
  private readonly books = new Map<string, Promise<ApprovalBook>>()
  private readonly sessions = new Map<string, AgentSession>()
  private readonly news = new Map<string, Queue.Queue<void>>()
  private starting = true

  constructor(kit: AgentKit, panes: Panes) {
    this.kit = kit
    this.panes = panes
    this.hooks = new HookServer(
      (userId) => Promise.resolve(kit.folder.integration(userId)),
      kit.runtime.name === "docker",
      (call) => this.hook(call),
    )
  }

  /** Every session that an earlier node agent has left is there: whose hook comes from another is refused. */
  started() {
    this.starting = false
  }

  program(driver: string): AgentProgram | undefined {
    return this.kit.programs.find((program) => program.driver.name === driver)
  }

  /** The approvals of a session. */
  book(sessionId: string): Promise<ApprovalBook> {
    const found = this.books.get(sessionId)
    if (found !== undefined) return found
    const opening = ApprovalBook.open(this.kit.folder.approvals(sessionId)).then((book) => {
      book.onChange = () => this.changed(sessionId)
      return book
    })
    this.books.set(sessionId, opening)
    return opening
  }

  get(sessionId: string): AgentSession | undefined {
    return this.sessions.get(sessionId)
  }

  /** The session's agent of this driver; from now on its hooks are answered. */
  async open(journal: SessionJournal, driver: AgentDriver): Promise<AgentSession> {
    const { sessionId } = journal
    const found = this.sessions.get(sessionId)
    if (found?.driver === driver) return found
    found?.close()
    const place = await this.place(journal, driver)
    const { writesOwnFile } = driver
    const gate = new Gate(await this.book(sessionId), {
      ...(writesOwnFile === undefined ? {} : { writesOwnFile: (call) => writesOwnFile(place, call) }),
      policy: this.kit.policy,
      workspace: place.workspace,
      home: this.kit.runtime.name === "docker" ? place.workspace : homedir(),
    })
    const session: AgentSession = new AgentSession({
      driver,
      place,
      gate,
      show: () => this.kit.showState(sessionId),
      screen: async () => {
        const pane = this.panes.get(sessionId)
        return pane === undefined || pane.end !== null ? "" : this.panes.screen(pane)
      },
    })
    session.onConversation = (conversationId) => {
      session.place = { ...session.place, conversationId }
      journal
        .changeConversation(driver.name, conversationId)
        .catch((error: unknown) => this.kit.report(`conversation of session ${sessionId}`, error))
    }
    this.sessions.set(sessionId, session)
    await this.hooks.open(journal.userId)
    return session
  }

  /** The running turn's tool calls are judged by this from now on. */
  changePolicy(sessionId: string, turnId: string, policy: Policy) {
    const gate = this.sessions.get(sessionId)?.gate
    if (gate?.turn?.turnId === turnId) gate.turn = { ...gate.turn, policy }
  }

  /** Tells the session actor of the session's approvals, and lets them expire. */
  tell(reporter: TurnReporter, sessionId: string): Effect.Effect<never> {
    return Effect.gen({ self: this }, function* () {
      const book = yield* Effect.promise(() => this.book(sessionId))
      const news = yield* Queue.sliding<void>(1)
      this.news.set(sessionId, news)
      return yield* tellApprovals(reporter, sessionId, book, news)
    })
  }

  async close(): Promise<void> {
    for (const session of this.sessions.values()) session.close()
    await this.hooks.close()
  }

  private changed(sessionId: string) {
    const session = this.sessions.get(sessionId)
    session?.gate.changed()
    session?.wake()
    const news = this.news.get(sessionId)
    if (news !== undefined) Queue.offerUnsafe(news, undefined)
  }

  private async place(journal: SessionJournal, driver: AgentDriver): Promise<AgentPlace> {
    const { runtime } = this.kit
    const { userId, sessionId } = journal
    return {
      userId,
      sessionId,
      runtime: runtime.name,
      program: this.program(driver.name)?.path ?? "",
      cwd: journal.workFolder ?? runtime.workspacePath({ userId }),
      workspace: runtime.workspacePath({ userId }),
      configFolder: runtime.agentFolder({ userId }, driver.name),
      hookFolder: runtime.hookFolder({ userId }),
      notes: await this.kit.workspace.notes(userId, journal.turns()[0]?.order.repository),
      outbox: outboxPreface(outboxPath(runtime.workspacePath({ userId }), sessionId)),
      conversationId: await journal.conversation(driver.name, randomUUID),
      run: (argv, options) => runtime.run({ userId }, argv, options),
    }
  }

  private async hook(call: HookCall): Promise<string | null> {
    const session = this.sessions.get(call.sessionId)
    if (session === undefined || session.place.userId !== call.userId) {
      return this.starting ? null : this.refuse(call, notYet)
    }
    if (!session.ready) return null
    const pane = this.panes.get(call.sessionId)
    if (pane?.record.generation !== call.generation) return this.refuse(call, "Its terminal is gone.")
    const signal = session.driver.signal(call.event, call.body)
    if (signal === null)
      return session.driver.refusal(call.event, "maillm cannot read what this tool is asked to do.")
    try {
      return await session.hook(signal, call.event, call.signal)
    } catch (error) {
      this.kit.report(`hook ${call.event} of session ${call.sessionId}`, error)
      return session.driver.refusal(call.event, "maillm could not judge this tool call.")
    }
  }

  /** By the driver of the session if there is one: refusals differ, and one that is not understood blocks too. */
  private refuse(call: HookCall, reason: string): string {
    const driver = this.sessions.get(call.sessionId)?.driver ?? this.kit.programs[0]?.driver
    return driver?.refusal(call.event, reason) ?? "{}"
  }
}
