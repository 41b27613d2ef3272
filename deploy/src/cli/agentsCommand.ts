import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Option from "effect/Option"
import { agentNames } from "../tools/AgentClis.ts"
import { jsonFlag } from "./jsonFlag.ts"
import { runAction } from "./runAction.ts"

const installCommand = Command.make(
  "install",
  {
    agent: Argument.Literals("agent", agentNames).pipe(
      Argument.withDescription("Only this one; all unless given"),
      Argument.optional,
    ),
    json: jsonFlag,
  },
  ({ agent, json }) =>
    runAction(json, async () => {
      const { installAgents } = await import("./agentClis.ts")
      return installAgents(Option.match(agent, { onNone: () => agentNames, onSome: (name) => [name] }), json)
    }),
).pipe(
  Command.withDescription(
    "Install the coding agents' command lines, of the versions that maillm is tested with, into the cache. Repeats are harmless. Exit code 0 only when all asked for are there.",
  ),
  Command.withShortDescription("Install the coding agents that maillm drives"),
  Command.withExamples([{ command: "maillm agents install claude" }]),
)

const listCommand = Command.make("list", { json: jsonFlag }, ({ json }) =>
  runAction(json, async () => {
    const { listAgents } = await import("./agentClis.ts")
    return listAgents(json)
  }),
).pipe(Command.withDescription("Which coding agents are installed, at which version, and where."))

export const agentsCommand = Command.make("agents").pipe(
  Command.withDescription("The coding agents that maillm drives: install them, list them"),
  Command.withSubcommands([installCommand, listCommand]),
)
