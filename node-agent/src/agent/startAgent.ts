import type { SessionId, UserId } from "@maillm/schema/Ids"
import { hookVariables } from "../hook/hookScript.ts"
import type { Pane } from "../pane/Pane.ts"
import type { Panes } from "../pane/Panes.ts"
import { outboxVariable } from "../workspace/outbox.ts"
import { checkProgram } from "./AgentPrograms.ts"
import type { AgentSession } from "./AgentSession.ts"
import type { AgentKit } from "./AgentSessions.ts"
import { writeInPane } from "./writeInPane.ts"

/**
 * The session's pane with its agent in it: the one that runs, or a new one, in which the conversation goes on where it
 * was. Rejects with `RuntimeFailed`, `TmuxFailed` or `ProgramUnfit`.
 */
export const startAgent = async (
  kit: AgentKit,
  panes: Panes,
  agent: AgentSession,
  sessionId: SessionId,
  userId: UserId,
): Promise<Pane> => {
  const { driver } = agent
  const pane = await panes.ensure(sessionId, userId, driver.name, async (record) => {
    const { place } = agent
    await checkProgram(driver, place)
    const route = await kit.model.route(driver.name, sessionId, userId)
    const network = await kit.workspace.environment(userId)
    const launch = driver.launch(place, route, await driver.hasConversation(place))
    const outbox = await kit.workspace.openOutbox(userId, sessionId)
    for (const { path, content, keep } of launch.files) await writeInPane(place, path, content, keep)
    return kit.runtime.prepareProgram(record, {
      argv: launch.argv,
      cwd: place.cwd,
      environment: {
        ...network,
        ...launch.environment,
        [outboxVariable]: outbox,
        [hookVariables.session]: sessionId,
        [hookVariables.pane]: record.generation,
      },
    })
  })
  agent.attach(pane)
  return pane
}
