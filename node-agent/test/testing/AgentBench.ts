import * as Schema from "effect/Schema"
import type { ApprovalAsk } from "@maillm/schema/Approval"
import { defaultPolicy, mergePolicies } from "@maillm/schema/Policy"
import { AgentState } from "@maillm/schema/Turn"
import type { DriverName, PaneState, RuntimeName, StartTurn, TurnResult } from "@maillm/schema/Turn"
import { startFakeModelApi } from "../../src/model/testing/FakeModelApi.ts"
import type { FakeModelApi } from "../../src/model/testing/FakeModelApi.ts"
import type { TurnBounds } from "../../src/agent/TurnBounds.ts"
import { TestNode } from "./TestNode.ts"

const decodeState = Schema.decodeUnknownSync(Schema.fromJsonString(AgentState))

/** The workspace is itself in the folder of temporary files, so what is beside it must not be free. */
const policy = mergePolicies(defaultPolicy, { classes: { "temporary-files": "ask" } })

/** Set by `npm test` when the agent of the pinned version could be had. */
export const claudePath = process.env["MAILLM_TEST_CLAUDE"]
export const codexPath = process.env["MAILLM_TEST_CODEX"]
export const opencodePath = process.env["MAILLM_TEST_OPENCODE"]

/** A node with a real coding agent and a stand-in for its model. */
export class AgentBench {
  readonly node: TestNode
  readonly api: FakeModelApi
  private readonly driver: DriverName
  private readonly states: Array<{ readonly sessionId: string; readonly state: string }> = []

  private constructor(node: TestNode, api: FakeModelApi, driver: DriverName) {
    this.node = node
    this.api = api
    this.driver = driver
    node.connection.subscribe("pane.*.state", {
      callback: (_, message) => {
        const { state } = decodeState(message.string())
        this.states.push({ sessionId: message.subject.split(".")[1] ?? "", state })
      },
    })
  }

  /** `program` lies at `<folder>/<driver>/<version>/…`. */
  static async start(
    program: string,
    driver: DriverName = "claude",
    bounds: Partial<TurnBounds> = {},
  ): Promise<AgentBench> {
    const api = await startFakeModelApi()
    const node = await TestNode.start("maillm-agent-")
    const cliFolder = program.slice(0, program.lastIndexOf(`/${driver}/`))
    node.agents = { cliFolder, modelUrl: api.url, bounds }
    return new AgentBench(node, api, driver)
  }

  /** Until the state that was published last is this. */
  async untilState(sessionId: string, wanted: PaneState): Promise<void> {
    const stateNow = () => this.states.findLast((state) => state.sessionId === sessionId)?.state
    await this.node.until(`state ${wanted} of ${sessionId}`, 40_000, () =>
      stateNow() === wanted ? true : undefined,
    )
  }

  async startNode(runtime: RuntimeName = "host") {
    return this.node.startAgent(runtime)
  }

  order(sessionId: string, turnId: string, text: string, more: Partial<StartTurn> = {}): Promise<void> {
    return this.node.order({ sessionId, turnId, text, driver: this.driver, more: { policy, ...more } })
  }

  async run(
    sessionId: string,
    turnId: string,
    text: string,
    more: Partial<StartTurn> = {},
  ): Promise<TurnResult> {
    await this.order(sessionId, turnId, text, more)
    return this.node.ended(turnId)
  }

  /** The turn's newest approval, once it is asked; `after` are those that are known. */
  async asked(turnId: string, after: ReadonlyArray<string> = []): Promise<ApprovalAsk> {
    return this.node.until(`approval of ${turnId}`, 40_000, () => {
      for (const { command } of this.node.commands) {
        if (command._tag !== "AskApproval" || command.turnId !== turnId) continue
        if (!after.includes(command.ask.approvalId)) return command.ask
      }
      return undefined
    })
  }

  /** Until the pane shows this. */
  async untilScreen(sessionId: string, wanted: RegExp): Promise<void> {
    const deadline = performance.now() + 40_000
    for (;;) {
      const screen = await this.node.tmux("capture-pane", "-p", "-t", `=m_${sessionId}:`).catch(() => "")
      if (wanted.test(screen)) return
      if (performance.now() > deadline)
        throw new Error(`${sessionId} does not show ${wanted.source}:\n${screen}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** Until its dialog is open, in which the first choice is yes. */
  untilDialog(sessionId: string): Promise<void> {
    return this.untilScreen(sessionId, /❯ 1\. Yes/)
  }

  /** Answers the dialog in the terminal as a person does: it ignores keys in its first moments. */
  async answerDialog(sessionId: string, key: string): Promise<void> {
    await this.untilDialog(sessionId)
    for (let press = 1; press <= 10; press++) {
      this.node.input(sessionId, { _tag: "Keys", data: key })
      const deadline = performance.now() + 700
      while (performance.now() < deadline) {
        const screen = await this.node.tmux("capture-pane", "-p", "-t", `=m_${sessionId}:`)
        if (!/❯ 1\. Yes/.test(screen)) return
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    throw new Error(`the dialog of ${sessionId} does not close`)
  }

  /** Everything told about an approval, in order, such as `AskApproval`, `consumed`. */
  told(approvalId: string): ReadonlyArray<string> {
    return this.node.commands.flatMap(({ command }) => {
      if (command._tag === "AskApproval" && command.ask.approvalId === approvalId) return ["asked"]
      if (command._tag === "AnswerApproval" && command.approvalId === approvalId)
        return [`${command.via} ${command.decision}`]
      return command._tag === "CloseApproval" && command.approvalId === approvalId ? [command.as] : []
    })
  }

  async untilTold(approvalId: string, what: string): Promise<void> {
    await this.node.until(`${what} of ${approvalId}`, 40_000, () =>
      this.told(approvalId).includes(what) ? true : undefined,
    )
  }

  async stop() {
    await this.node.stop()
    await this.api.close()
  }
}
