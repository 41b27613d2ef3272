import { spawn } from "node:child_process"
import { constants } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { onNpmGone } from "./onParentGone.mjs"
import { environmentOf, repository } from "./paths.mjs"

const preload = pathToFileURL(join(dirname(fileURLToPath(import.meta.url)), "preload.mjs")).href

/**
 * Runs a script of the repository with this process's own stdio, arguments and folder. Resolves to its exit code, 128
 * and the signal's number when a signal ended it.
 */
export function runTarget(node, target, args) {
  const child = spawn(
    node,
    ["--disable-warning=ExperimentalWarning", "--import", preload, join(repository, target), ...args],
    { stdio: "inherit", env: environmentOf(node) },
  )
  forwardSignals(child)
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}

function forwardSignals(child) {
  // Ctrl-C reaches every process of the terminal by itself; a second copy would look like a second Ctrl-C.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"))
  process.on("SIGTERM", () => child.kill("SIGTERM"))
  process.on("SIGHUP", () => child.kill("SIGHUP"))
  // kill -9 of npm is not announced to us; without this the target would keep its ports for ever.
  if (process.env.npm_lifecycle_event !== undefined) onNpmGone(() => child.kill("SIGTERM"))
}
