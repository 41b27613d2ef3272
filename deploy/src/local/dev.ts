import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { join } from "node:path"
import { repository } from "../../bin/launch/paths.mjs"
import { readSettings } from "./readSettings.ts"

/**
 * Development: the server restarts when a source of it changes (panes go on), the console reloads in the browser by
 * Vite, which hands `/api` and `/socket.io` on to the server.
 */
const settings = readSettings(process.env, process.cwd())
const httpPort = settings.httpPort === 0 ? 4000 : settings.httpPort
const env = { ...process.env, MAILLM_HTTP_PORT: String(httpPort) }
const watched = ["schema", "actors", "gateway", "node-agent", "deploy"].map(
  (name) => `--watch-path=${join(repository, name, "src")}`,
)

const server = spawn(
  process.execPath,
  [
    "--disable-warning=ExperimentalWarning",
    "--watch",
    "--watch-preserve-output",
    ...watched,
    join(repository, "deploy/src/local/start.ts"),
  ],
  { stdio: "inherit", env },
)
const vite = spawn(
  process.execPath,
  [join(repository, "node_modules/vite/bin/vite.js"), "--clearScreen", "false"],
  {
    cwd: join(repository, "ui"),
    stdio: "inherit",
    env,
  },
)
const children: ReadonlyArray<ChildProcess> = [server, vite]
const stop = (code: number) => {
  for (const child of children) child.kill("SIGTERM")
  process.exitCode = code
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop(0))
for (const child of children) child.once("exit", (code) => stop(code ?? 1))
