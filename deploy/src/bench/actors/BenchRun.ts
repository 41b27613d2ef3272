import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { cacheDir } from "../../../bin/launch/paths.mjs"
import { BenchChild } from "./BenchChild.ts"

/**
 * The children and the data of one benchmark: all data on one disk, in a folder that goes with the run. Whatever
 * ends this process, Ctrl-C included, ends the children by their pids first.
 */
export class BenchRun {
  readonly folder: string
  readonly #children = new Set<BenchChild>()
  readonly #abort = () => {
    for (const child of this.#children) child.kill("SIGKILL")
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
  readonly #interrupted = () => process.exit(130)

  constructor() {
    const parent = join(cacheDir, "bench")
    mkdirSync(parent, { recursive: true })
    this.folder = mkdtempSync(join(parent, "run-"))
    process.once("exit", this.#abort)
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, this.#interrupted)
  }

  /** A folder for the data of one server. */
  dataFolder(name: string): string {
    const folder = join(this.folder, name)
    mkdirSync(folder, { recursive: true })
    return folder
  }

  /** `env` is added to the little that a child is given. */
  spawn(name: string, command: string, args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}): BenchChild {
    const child = new BenchChild(name, command, args, this.folder, env)
    this.#children.add(child)
    void child.ended.then(() => this.#children.delete(child))
    return child
  }

  /** One of our own programs, beside this file unless it is a path; resolves when it says that it is ready. */
  async node(name: string, program: string, args: ReadonlyArray<string>): Promise<BenchChild> {
    const file = program.startsWith("/") ? program : fileURLToPath(new URL(program, import.meta.url))
    const child = this.spawn(name, process.execPath, [
      "--disable-warning=ExperimentalWarning",
      "--expose-gc",
      file,
      ...args,
    ])
    await child.answer()
    return child
  }

  /** Ends every child that is left and removes their data. */
  async dispose(): Promise<void> {
    await Promise.all(Array.from(this.#children, (child) => child.stop("SIGKILL")))
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
    process.off("exit", this.#abort)
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, this.#interrupted)
  }
}

/** Polls until the fact is there; fails with the child's output when it ends first, or after 30 s. */
export const waitForFact = async (child: BenchChild, what: string, read: () => Promise<boolean>) => {
  for (const end = performance.now() + 30_000; performance.now() < end;) {
    if (await read().catch(() => false)) return
    if (child.over !== null) break
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`${child.name} (${child.over ?? "running"}): not in time: ${what}\n${child.output}`)
}
