import { type AgentName, obtainAgentCli } from "../tools/AgentClis.ts"
import { ferretDbTool } from "../tools/FerretDb.ts"
import { natsServerTool } from "../tools/NatsServer.ts"
import { type Tool, type ToolContext, type ToolOutcome, obtainTool } from "../tools/obtainTool.ts"
import { runCommand } from "../tools/runCommand.ts"
import { searchPath } from "../tools/searchPath.ts"
import { findDockerSocket, hasImage } from "./findDocker.ts"

/** Something that some tests need, offered to them as an environment variable. */
export type TestTool =
  | { readonly variable: string; readonly value: string; readonly detail: string }
  | { readonly variable: string; readonly value: undefined; readonly detail: string }

export const sessionImage = "maillm/session:local"

/**
 * What tests can use on this machine, got where maillm can get it without installing. A variable that the caller has
 * set already is taken as it is.
 */
export async function findTestTools(context: ToolContext): Promise<ReadonlyArray<TestTool>> {
  const given = (variable: string, find: () => Promise<TestTool>) => {
    const value = context.env[variable]
    return value ? { variable, value, detail: "given" } : find()
  }
  const socket = await findDockerSocket(context.env)
  return [
    await given("MAILLM_TEST_NATS_SERVER", () => toolFor("MAILLM_TEST_NATS_SERVER", natsServerTool, context)),
    await given("MAILLM_TEST_FERRETDB", () => toolFor("MAILLM_TEST_FERRETDB", ferretDbTool, context)),
    await given("MAILLM_TEST_TMUX", () => installed("MAILLM_TEST_TMUX", ["tmux"], "-V", context)),
    await given("MAILLM_TEST_CHROMIUM", () =>
      installed(
        "MAILLM_TEST_CHROMIUM",
        ["chromium", "chromium-browser", "google-chrome"],
        "--version",
        context,
      ),
    ),
    await given("MAILLM_TEST_OPENDKIM", () => installed("MAILLM_TEST_OPENDKIM", ["opendkim"], "-V", context)),
    await given("MAILLM_TEST_NSD", () => installed("MAILLM_TEST_NSD", ["nsd"], "-v", context)),
    await given("MAILLM_TEST_CLAUDE", () => agentFor("MAILLM_TEST_CLAUDE", "claude", context)),
    await given("MAILLM_TEST_CODEX", () => agentFor("MAILLM_TEST_CODEX", "codex", context)),
    await given("MAILLM_TEST_OPENCODE", () => agentFor("MAILLM_TEST_OPENCODE", "opencode", context)),
    await given("MAILLM_TEST_DOCKER", async () => dockerTool(socket)),
    await given("MAILLM_TEST_IMAGE", () => imageTool(socket)),
  ]
}

const toolFor = async (variable: string, tool: Tool, context: ToolContext) =>
  obtained(variable, await obtainTool(tool, context))

const agentFor = async (variable: string, name: AgentName, context: ToolContext) =>
  obtained(variable, await obtainAgentCli(name, context))

function obtained(variable: string, outcome: ToolOutcome): TestTool {
  if (outcome.kind === "ready") {
    return { variable, value: outcome.path, detail: `${outcome.version} from ${outcome.source}` }
  }
  return { variable, value: undefined, detail: [...outcome.tried, outcome.remedy].join("\n    ") }
}

async function installed(
  variable: string,
  names: ReadonlyArray<string>,
  versionFlag: string,
  context: ToolContext,
): Promise<TestTool> {
  for (const name of names) {
    const path = await searchPath(name, context.env)
    if (path === undefined) continue
    const { code, output } = await runCommand(path, [versionFlag], { env: context.env })
    if (code === 0)
      return {
        variable,
        value: path,
        detail:
          output
            .split("\n")
            .find((line) => /\d\.\d/.test(line))
            ?.trim() ?? "",
      }
    return { variable, value: undefined, detail: `${path} ${versionFlag} failed: ${output.trim()}` }
  }
  return { variable, value: undefined, detail: `no ${names.join(" or ")} in PATH` }
}

const dockerTool = (socket: string | undefined): TestTool => ({
  variable: "MAILLM_TEST_DOCKER",
  value: socket,
  detail: socket === undefined ? "no Docker engine answers" : "answers",
})

async function imageTool(socket: string | undefined): Promise<TestTool> {
  const variable = "MAILLM_TEST_IMAGE"
  if (socket === undefined) return { variable, value: undefined, detail: "no Docker engine answers" }
  if (await hasImage(socket, sessionImage)) return { variable, value: sessionImage, detail: "present" }
  const detail = `${sessionImage} is not built; build it with deploy/images/session/build.sh`
  return { variable, value: undefined, detail }
}
