import { existsSync } from "node:fs"
import { join } from "node:path"
import { isNewEnough } from "../../../bin/launch/ensureNode.mjs"
import { repository } from "../../../bin/launch/paths.mjs"
import { consoleFolder } from "../../local/buildConsole.ts"
import { checkMachine } from "../../local/checkMachine.ts"
import { natsServerTool } from "../../tools/NatsServer.ts"
import { defaultToolContext, findTool, printedVersion } from "../../tools/obtainTool.ts"
import { runCommand } from "../../tools/runCommand.ts"
import { searchPath } from "../../tools/searchPath.ts"
import { ok, warning, wrong, wrongLine } from "./Check.ts"
import type { Check } from "./Check.ts"

export const nodeCheck = (): Check => {
  const detail = `${process.versions.node} at ${process.execPath}`
  return isNewEnough(process.versions.node)
    ? ok("node", detail)
    : wrong("node", `${detail} is too old`, "start maillm with npm, which brings a newer one")
}

export const tmuxCheck = async (): Promise<Check> => {
  const path = await searchPath("tmux", process.env)
  try {
    checkMachine()
  } catch (error) {
    const found = wrongLine("tmux", error instanceof Error ? error.message : String(error))
    return path === undefined ? found : { ...found, detail: `${found.detail} (${path})` }
  }
  const { output } = await runCommand(path ?? "tmux", ["-V"])
  return ok("tmux", `${output.trim()} at ${path}`)
}

/** Where the nats-server that the launcher starts is, or how the first start would get it; gets nothing. */
export const natsServerCheck = async (): Promise<Check> => {
  const found = await findTool(natsServerTool)
  if (found?.kind === "ready") return ok("nats-server", `${found.version} at ${found.path} (${found.source})`)
  const inPath = await searchPath("nats-server", process.env)
  const old = inPath === undefined ? undefined : await printedVersion(inPath)
  const none =
    old === undefined ? "neither in PATH nor in the cache" : `${inPath} is ${old}, too old; none in the cache`
  const closed: Array<string> = []
  for (const way of natsServerTool.ways) {
    const reason = await way.closed(defaultToolContext)
    if (reason === undefined)
      return warning("nats-server", none, `the first npm start gets it by ${way.name}; nothing is to be done`)
    closed.push(`${way.name}: ${reason}`)
  }
  return wrong("nats-server", `${none}, and it cannot be had (${closed.join("; ")})`, natsServerTool.remedy)
}

export const consoleCheck = (): Check => {
  if (existsSync(join(consoleFolder, "index.html"))) return ok("console", `built, in ${consoleFolder}`)
  return existsSync(join(repository, "node_modules/vite/bin/vite.js"))
    ? ok("console", "not built yet; npm start builds it once, in some seconds")
    : wrong(
        "console",
        "not built, and vite is not installed",
        "run npm install with its development packages",
      )
}
