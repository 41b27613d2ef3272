import { join } from "node:path"
import type { PaneRuntime, ProgramResult } from "../container/PaneRuntime.ts"
import type { AgentDriver, AgentPlace } from "../driver/AgentDriver.ts"

/** An agent's program as panes see it. */
export interface AgentProgram {
  readonly driver: AgentDriver
  /** Null when there is none of the version that the driver needs. */
  readonly path: string | null
  /** Empty when none was found. */
  readonly version: string
  /** Empty when it can be used; else what is missing and what to do. */
  readonly problem: string
}

/** An agent's program is not of the version that its driver needs; the message says which it is and what to do. */
export class ProgramUnfit extends Error {
  override readonly name = "ProgramUnfit"
}

/** Which agents' programs are there, looked at once: in the container's image, or on the host. */
export const findPrograms = async (
  runtime: PaneRuntime,
  drivers: ReadonlyArray<AgentDriver>,
): Promise<ReadonlyArray<AgentProgram>> => {
  const found: Array<AgentProgram> = []
  const tools = await missingTools(runtime)
  for (const driver of drivers) {
    const program = await findProgram(runtime, driver)
    found.push(program.problem === "" && tools !== "" ? { ...program, problem: tools } : program)
  }
  return found
}

const findProgram = async (runtime: PaneRuntime, driver: AgentDriver): Promise<AgentProgram> => {
  const { programFolder } = runtime
  const none = { driver, path: null, version: "" }
  if (programFolder === null)
    return { ...none, problem: `${driver.title} is not installed. ${howToGet(driver, runtime)}` }
  let seen = ""
  for (const name of driver.programs) {
    const path = join(programFolder, name)
    const version = await versionOf(() => runtime.probe([path, "--version"]))
    if (version === driver.version) return { driver, path, version, problem: "" }
    if (version !== null) seen = version
  }
  return seen === ""
    ? {
        ...none,
        problem: `${driver.title} ${driver.version} is not at ${programFolder}. ${howToGet(driver, runtime)}`,
      }
    : { ...none, version: seen, problem: otherVersion(driver, seen, runtime) }
}

/**
 * Looks at the program once more, where it is about to be started: a file may have been replaced, or an image, since the
 * node agent started. Rejects with `ProgramUnfit`.
 */
export const checkProgram = async (driver: AgentDriver, place: AgentPlace): Promise<void> => {
  const version = await versionOf(() => place.run([place.program, "--version"]))
  if (version === driver.version) return
  const runtime = { name: place.runtime }
  throw new ProgramUnfit(
    version === null
      ? `${driver.title} at ${place.program} does not run any more. ${howToGet(driver, runtime)}`
      : otherVersion(driver, version, runtime),
  )
}

const otherVersion = (driver: AgentDriver, seen: string, runtime: Pick<PaneRuntime, "name">) =>
  `${driver.title} ${seen} is not used, only ${driver.version}: what it is asked and told changes between versions. ${howToGet(driver, runtime)}`

const howToGet = (driver: AgentDriver, { name }: Pick<PaneRuntime, "name">) =>
  `Get it with: maillm agents install ${driver.name}${name === "docker" ? ", then build the session image again (deploy/images/session/build.sh)" : ""}.`

const versionOf = async (run: () => Promise<ProgramResult>): Promise<string | null> => {
  try {
    const { exitCode, stdout } = await run()
    if (exitCode !== 0) return null
    return /(\d+\.\d+\.\d+)/.exec(stdout.toString().slice(0, 1_000))?.[1] ?? "of an unknown version"
  } catch {
    return null
  }
}

const missingTools = async (runtime: PaneRuntime): Promise<string> => {
  const asked = await runtime.probe(["sh", "-c", "command -v curl"]).catch(() => null)
  return asked?.exitCode === 0
    ? ""
    : `curl is not installed ${runtime.name === "docker" ? "in the session image" : "on this machine"}; agents' hooks need it.`
}
