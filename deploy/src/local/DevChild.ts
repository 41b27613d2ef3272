import { spawn } from "node:child_process"
import type { ChildProcess, SpawnOptions } from "node:child_process"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const preload = pathToFileURL(
  join(dirname(fileURLToPath(import.meta.url)), "../../bin/launch/preload.mjs"),
).href
const stopMillis = 20_000

/**
 * A Node script that `npm run dev` keeps running. It is of its own process group, so that Ctrl-C reaches it through
 * us, once; and it ends by itself when we are killed.
 */
export class DevChild {
  readonly #args: ReadonlyArray<string>
  readonly #options: SpawnOptions
  readonly #ended: (code: number | null) => void
  #child: ChildProcess | null = null
  #turning: Promise<void> = Promise.resolve()
  #restarts = 0

  /** Starts it. `ended` is called when it ends without having been asked to. */
  constructor(
    script: string,
    args: ReadonlyArray<string>,
    options: Pick<SpawnOptions, "cwd" | "env">,
    ended: (code: number | null) => void,
  ) {
    this.#args = ["--disable-warning=ExperimentalWarning", "--import", preload, script, ...args]
    this.#options = { ...options, stdio: "inherit", detached: true }
    this.#ended = ended
    this.#start()
  }

  /** Ends it and starts it again. Calls that come while one is waiting are one with it. */
  restart(): void {
    const mine = ++this.#restarts
    this.#turning = this.#turning.then(async () => {
      if (mine !== this.#restarts) return
      await this.#end()
      this.#start()
    })
  }

  /** Ends it for good; resolves when it is gone. */
  async stop(): Promise<void> {
    this.#restarts++
    this.#turning = this.#turning.then(() => this.#end())
    await this.#turning
  }

  #start() {
    const child = spawn(process.execPath, this.#args, this.#options)
    this.#child = child
    child.once("exit", (code) => {
      if (this.#child !== child) return
      this.#child = null
      this.#ended(code)
    })
  }

  #end(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child === null) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(() => child.kill("SIGKILL"), stopMillis)
      child.once("exit", () => {
        clearTimeout(timer)
        resolve()
      })
      child.kill("SIGTERM")
    })
  }
}
