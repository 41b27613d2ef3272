import { dirname } from "node:path"
import * as Schema from "effect/Schema"
import type { ApprovalAsk } from "@maillm/schema/Approval"
import { AgentState } from "@maillm/schema/Turn"
import type { DriverName, RuntimeName, StartTurn, TurnResult } from "@maillm/schema/Turn"
import { startFakeModelApi } from "../../src/model/testing/FakeModelApi.ts"
import type { FakeModelApi } from "../../src/model/testing/FakeModelApi.ts"
import { TestNode } from "./TestNode.ts"

const decodeState = Schema.decodeUnknownSync(Schema.fromJsonString(AgentState))

/** Set by `npm test` when the agent of the pinned version could be had. */
export const claudePath = process.env["MAILLM_TEST_CLAUDE"]

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

  /** `program` lies at `<folder>/<agent>/<version>/<program>`. */
  static async start(program: string, driver: DriverName = "claude"): Promise<AgentBench> {
    const api = await startFakeModelApi()
    const node = await TestNode.start("maillm-agent-")
    node.agents = { cliFolder: dirname(dirname(dirname(program))), modelUrl: api.url }
    return new AgentBench(node, api, driver)
  }

  /** As published last. */
  stateOf(sessionId: string): string | undefined {
    return this.states.findLast((state) => state.sessionId === sessionId)?.state
  }

  async startNode(runtime: RuntimeName = "host") {
    return this.node.startAgent(runtime)
  }

  order(sessionId: string, turnId: string, text: string, more: Partial<StartTurn> = {}): Promise<void> {
    return this.node.order({ sessionId, turnId, text, driver: this.driver, more })
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
    return this.node.until(`approval of ${turnId}`, 15_000, () => {
      for (const { command } of this.node.commands) {
        if (command._tag !== "AskApproval" || command.turnId !== turnId) continue
        if (!after.includes(command.ask.approvalId)) return command.ask
      }
      return undefined
    })
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
    await this.node.until(`${what} of ${approvalId}`, 10_000, () =>
      this.told(approvalId).includes(what) ? true : undefined,
    )
  }

  async stop() {
    await this.node.stop()
    await this.api.close()
  }
}
