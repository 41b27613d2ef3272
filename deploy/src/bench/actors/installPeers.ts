import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { cacheDir } from "../../../bin/launch/paths.mjs"
import { runCommand } from "../../tools/runCommand.ts"
import { searchPath } from "../../tools/searchPath.ts"

/**
 * The systems that a benchmark measures maillm beside, of exact versions, in the ignored cache; never dependencies of
 * the product. `peers/` beside the file given says which, and holds the programs that use them. Their install scripts
 * are not run.
 */
export const installPeers = async (benchmark: string, beside: string): Promise<string> => {
  const source = fileURLToPath(new URL("peers/", beside))
  const folder = join(cacheDir, "bench", `${benchmark}-peers`)
  mkdirSync(folder, { recursive: true })
  const wanted = readFileSync(join(source, "package.json"), "utf8")
  const lock = join(folder, "package-lock.json")
  const present =
    existsSync(lock) &&
    existsSync(join(folder, "package.json")) &&
    readFileSync(join(folder, "package.json"), "utf8") === wanted
  cpSync(source, folder, { recursive: true })
  if (!present) {
    await done("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
  }
  return folder
}

/** An installed peer's version, from its own package. */
export const peerVersion = (folder: string, name: string): string => {
  const about: { version: string } = JSON.parse(
    readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"),
  )
  return about.version
}

/** redis-server of the system: there is no npm package of it. Root on Debian gets it installed. */
export const obtainRedis = async (): Promise<string> => {
  const found = await searchPath("redis-server", process.env)
  if (found !== undefined) return found
  const root = process.getuid?.() === 0 && (await searchPath("apt-get", process.env)) !== undefined
  if (root) await done("apt-get", ["install", "-y", "--no-install-recommends", "redis-server"], "/")
  const installed = await searchPath("redis-server", process.env)
  if (installed !== undefined) return installed
  throw new Error(
    "redis-server was not found: apt-get install --no-install-recommends redis-server (or your system's package)",
  )
}

export const redisVersion = async (path: string): Promise<string> => {
  const { output } = await runCommand(path, ["--version"])
  return /v=(\S+)/.exec(output)?.[1] ?? "of unknown version"
}

const done = async (command: string, args: ReadonlyArray<string>, cwd: string) => {
  console.error(`${command} ${args.join(" ")}`)
  // Nobody is there to answer apt's questions, and a service of the system's own is not wanted.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" }
  const { code, output } = await runCommand(command, args, { cwd, env, timeoutMillis: 300_000 })
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed (${code}):\n${output}`)
}
