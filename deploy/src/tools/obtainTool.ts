import { chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { withLock } from "../../bin/launch/lock.mjs"
import { cacheDir } from "../../bin/launch/paths.mjs"
import { runCommand } from "./runCommand.ts"
import { isExecutable, searchPath } from "./searchPath.ts"

/** One way to get a program that is not installed. */
export interface Way {
  readonly name: string
  /** Why this way is closed on this machine; undefined when it can be tried. */
  readonly closed: (context: ToolContext) => Promise<string | undefined>
  /** Leaves the program at the path; rejects with the reason when it cannot. */
  readonly get: (target: string, context: ToolContext) => Promise<void>
}

export interface Tool {
  /** The program's file name. */
  readonly name: string
  /** Its version if the file is a program that we can use. */
  readonly usableVersion: (path: string) => Promise<string | undefined>
  readonly inPath: boolean
  readonly ways: ReadonlyArray<Way>
  /** What a person can install so that this succeeds. */
  readonly remedy: string
}

export interface ToolContext {
  readonly env: NodeJS.ProcessEnv
  readonly cacheDir: string
}

export type ToolOutcome =
  | { readonly kind: "ready"; readonly path: string; readonly version: string; readonly source: string }
  /** `tried` has a line for each way, with the reason why it failed. */
  | { readonly kind: "unavailable"; readonly tried: ReadonlyArray<string>; readonly remedy: string }

export const defaultToolContext: ToolContext = { env: process.env, cacheDir }

/**
 * The program from PATH, else from the cache, else got by the first way that works and put into the cache. Several
 * processes may ask at once; one gets it and the others wait. Long steps print their progress on stderr.
 */
export async function obtainTool(tool: Tool, context = defaultToolContext): Promise<ToolOutcome> {
  const present = await findTool(tool, context)
  if (present !== undefined) return present
  const cached = cachedPath(tool, context)
  return withLock(
    cached,
    async () => (await findTool(tool, context)) ?? (await getTool(tool, context, cached)),
  )
}

/** As `obtainTool`, but gets nothing: undefined when the program is neither in PATH nor in the cache. */
export async function findTool(tool: Tool, context = defaultToolContext): Promise<ToolOutcome | undefined> {
  const inPath = tool.inPath ? await searchPath(tool.name, context.env) : undefined
  for (const [source, path] of [
    ["PATH", inPath],
    ["cache", cachedPath(tool, context)],
  ] as const) {
    const version = path === undefined ? undefined : await usableVersion(tool, path)
    if (path !== undefined && version !== undefined) return { kind: "ready", path, version, source }
  }
  return undefined
}

const cachedPath = (tool: Tool, context: ToolContext) => join(context.cacheDir, "bin", tool.name)

const usableVersion = async (tool: Tool, path: string) =>
  (await isExecutable(path)) ? tool.usableVersion(path) : undefined

async function getTool(tool: Tool, context: ToolContext, cached: string): Promise<ToolOutcome> {
  const tried: Array<string> = []
  for (const way of tool.ways) {
    const reason = (await way.closed(context)) ?? (await tryWay(tool, way, context, cached))
    if (reason === undefined) {
      const version = (await tool.usableVersion(cached)) ?? "unknown"
      return { kind: "ready", path: cached, version, source: way.name }
    }
    console.error(`  ${tool.name}: not by ${way.name}`)
    tried.push(`${way.name}: ${reason}`)
  }
  return { kind: "unavailable", tried, remedy: tool.remedy }
}

/** Gets the program beside the cache, checks it and renames it, so that a half-made file is never used. */
async function tryWay(
  tool: Tool,
  way: Way,
  context: ToolContext,
  cached: string,
): Promise<string | undefined> {
  await mkdir(join(context.cacheDir, "bin"), { recursive: true })
  const folder = await mkdtemp(join(context.cacheDir, "getting-"))
  try {
    const file = join(folder, tool.name)
    await way.get(file, context)
    await chmod(file, 0o755)
    if ((await tool.usableVersion(file)) === undefined) return "what it brought does not run, or is too old"
    await rename(file, cached)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The first `x.y.z` that `<program> --version` prints, if the program runs. */
export async function printedVersion(path: string): Promise<string | undefined> {
  const { code, output } = await runCommand(path, ["--version"])
  return code === 0 ? /\d+\.\d+\.\d+/.exec(output)?.[0] : undefined
}
