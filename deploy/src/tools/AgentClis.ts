import { existsSync, readFileSync } from "node:fs"
import { copyFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { withLock } from "../../bin/launch/lock.mjs"
import { npmCli } from "../../bin/launch/npmCli.mjs"
import { environmentOf, repository } from "../../bin/launch/paths.mjs"
import { runWithProgress } from "../../bin/launch/progress.mjs"
import { type ToolContext, type ToolOutcome, defaultToolContext } from "./obtainTool.ts"
import { runCommand } from "./runCommand.ts"
import { firstExecutable } from "./searchPath.ts"

/** The coding agents whose command line maillm installs, by the name of their driver. */
export const agentNames = ["claude", "codex", "opencode"] as const
export type AgentName = (typeof agentNames)[number]

interface AgentPackage {
  readonly title: string
  readonly packageName: string
  /** Where the program is in the package of a platform. None needs Node to run, nor its wrapper package. */
  readonly programs: ReadonlyArray<string>
}

const packages: Readonly<Record<AgentName, AgentPackage>> = {
  claude: { title: "Claude Code", packageName: "@anthropic-ai/claude-code", programs: ["claude"] },
  codex: {
    title: "Codex",
    packageName: "@openai/codex",
    // Its own helpers lie beside it and are found from there, so the package is kept as it is.
    programs: [
      "vendor/x86_64-unknown-linux-musl/bin/codex",
      "vendor/aarch64-unknown-linux-musl/bin/codex",
      "vendor/x86_64-apple-darwin/bin/codex",
      "vendor/aarch64-apple-darwin/bin/codex",
    ],
  },
  opencode: { title: "OpenCode", packageName: "opencode-ai", programs: ["bin/opencode"] },
}

export const agentTitle = (name: AgentName): string => packages[name].title

const installMillis = 300_000

/** What deploy/agents/<name>/package.json pins: drivers rely on what this very version does. */
export const pinnedAgentVersion = (name: AgentName): string => {
  const manifest: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(sourceFolder(name), "package.json"), "utf8"),
  )
  const version = manifest.dependencies[packages[name].packageName]
  if (version === undefined)
    throw new Error(`deploy/agents/${name} does not pin ${packages[name].packageName}`)
  return version
}

/** The folder that holds the agent of the pinned version, whole: what an image copies. */
export const agentFolder = (name: AgentName, context = defaultToolContext): string =>
  join(context.cacheDir, "agents", name, pinnedAgentVersion(name))

/** The program of the pinned version, if it was installed before; gets nothing. */
export async function findAgentCli(
  name: AgentName,
  context = defaultToolContext,
): Promise<ToolOutcome | undefined> {
  const path = await programIn(name, agentFolder(name, context))
  // The folder got its name only after its program had printed that version.
  return path === undefined
    ? undefined
    : { kind: "ready", path, version: pinnedAgentVersion(name), source: "cache" }
}

/**
 * The program of the pinned version, installed by npm into the cache when it is not there: `path` is absolute and
 * native. Several processes may ask at once; one installs and the others wait. What is there under that version's name
 * and is not of it, for somebody has replaced it, is installed anew. Other versions in the cache stay, since agents may
 * run on them.
 */
export async function obtainAgentCli(name: AgentName, context = defaultToolContext): Promise<ToolOutcome> {
  const folder = agentFolder(name, context)
  return (
    (await findIntact(name, context)) ??
    withLock(folder, async () => (await findIntact(name, context)) ?? install(name, folder, context))
  )
}

/** What `findAgentCli` finds, if it still says that it is of the pinned version. */
async function findIntact(name: AgentName, context: ToolContext): Promise<ToolOutcome | undefined> {
  const found = await findAgentCli(name, context)
  if (found?.kind !== "ready") return undefined
  const home = await mkdtemp(join(context.cacheDir, "agents", "looking-"))
  try {
    return (await agentVersion(found.path, home)) === found.version ? found : undefined
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** Those that can be had of the agents, and why the others cannot. */
export async function obtainAgentClis(
  names: ReadonlyArray<AgentName> = agentNames,
  context = defaultToolContext,
): Promise<Readonly<Partial<Record<AgentName, ToolOutcome>>>> {
  const outcomes: Partial<Record<AgentName, ToolOutcome>> = {}
  for (const name of names) outcomes[name] = await obtainAgentCli(name, context)
  return outcomes
}

/**
 * The first `x.y.z` that the program prints about itself. It runs in a home of its own: some agents write into
 * theirs even for this.
 */
export async function agentVersion(path: string, home: string): Promise<string | undefined> {
  const env = { PATH: process.env["PATH"], HOME: home, LANG: "C.UTF-8" }
  const { code, output } = await runCommand(path, ["--version"], { env, timeoutMillis: 30_000 })
  return code === 0 ? /^(?:\S+ )?(\d+\.\d+\.\d+)/m.exec(output)?.[1] : undefined
}

const sourceFolder = (name: AgentName) => join(repository, "deploy/agents", name)

const programIn = (name: AgentName, folder: string) =>
  firstExecutable(packages[name].programs.map((program) => join(folder, program)))

/** Installs beside, checks and renames, so that a half-made folder is never used. */
async function install(name: AgentName, folder: string, context: ToolContext): Promise<ToolOutcome> {
  const version = pinnedAgentVersion(name)
  const remedy = `Let npm reach its registry, and run: npx maillm agents install ${name}`
  const unavailable = (reason: string): ToolOutcome => ({
    kind: "unavailable",
    tried: [`npm: ${reason}`],
    remedy,
  })
  await mkdir(dirname(folder), { recursive: true })
  const work = await mkdtemp(join(context.cacheDir, "agents", "installing-"))
  try {
    await runNpm(name, version, work, context)
    for (const platform of platformPackages(name, work)) {
      const program = await programIn(name, platform)
      if (program === undefined || (await agentVersion(program, work)) !== version) continue
      await rm(folder, { recursive: true, force: true })
      await rename(platform, folder)
      const path = await programIn(name, folder)
      if (path !== undefined) return { kind: "ready", path, version, source: "npm" }
    }
    return unavailable(`no package of ${packages[name].title} ${version} runs on this machine`)
  } catch (error) {
    return unavailable(error instanceof Error ? error.message : String(error))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function runNpm(name: AgentName, version: string, work: string, context: ToolContext): Promise<void> {
  for (const file of ["package.json", "package-lock.json"])
    await copyFile(join(sourceFolder(name), file), join(work, file))
  // npm install, not npm ci: a lock written where other platforms' packages cannot be had fails npm ci there. The
  // install scripts only put the platform's program in place of the wrapper's; it is taken from where it is.
  const args = [npmCli(), "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"]
  await runWithProgress(
    `Installing ${packages[name].title} ${version} (some 400 MB, once)`,
    process.execPath,
    [...args, "--loglevel=error"],
    {
      cwd: work,
      env: { ...context.env, PATH: environmentOf(process.execPath)["PATH"] },
      timeout: installMillis,
      killSignal: "SIGKILL",
    },
  )
}

/**
 * Folders of the installed packages that carry a program for a platform, the plainest name first: it needs the newest
 * processor features and is the fastest if it runs.
 */
function platformPackages(name: AgentName, work: string): ReadonlyArray<string> {
  const modules = join(work, "node_modules")
  const manifest: { readonly optionalDependencies?: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(modules, packages[name].packageName, "package.json"), "utf8"),
  )
  const names = Object.keys(manifest.optionalDependencies ?? {}).toSorted((a, b) => a.length - b.length)
  return names.map((candidate) => join(modules, candidate)).filter((folder) => existsSync(folder))
}
