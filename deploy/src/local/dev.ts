import { styleText } from "node:util"
import { join } from "node:path"
import { repository } from "../../bin/launch/paths.mjs"
import { DevChild } from "./DevChild.ts"
import { freePort } from "./freePort.ts"
import { readSettings } from "./readSettings.ts"
import { StartFailure } from "./StartFailure.ts"
import { watchSources } from "./watchSources.ts"

const usualVitePort = 5173
const serverPackages = ["schema", "actors", "gateway", "node-agent", "deploy"]

const say = (text: string) => console.log(styleText("cyan", text))

/**
 * `npm run dev`: the server starts again when a source of it changes, while panes and sign-ins go on; the console
 * reloads in the browser by Vite, which hands `/api` and `/socket.io` on to the server.
 */
const main = async () => {
  const settings = readSettings(process.env, process.cwd())
  const httpPort = settings.httpPort === 0 ? await freePort("127.0.0.1") : settings.httpPort
  const vitePort = await freePort("127.0.0.1", usualVitePort)
  const env = {
    ...process.env,
    MAILLM_HTTP_PORT: String(httpPort),
    // So that the sign-in link and the links in mails open the console that reloads.
    MAILLM_PUBLIC_URL: settings.publicUrl ?? `http://127.0.0.1:${vitePort}`,
  }
  const server = new DevChild(
    join(repository, "deploy/src/local/start.ts"),
    ["--without-console"],
    { cwd: process.cwd(), env },
    (code) => say(`The server has ended (${code}); it starts again at the next change`),
  )
  const vite = new DevChild(
    join(repository, "node_modules/vite/bin/vite.js"),
    ["--clearScreen", "false", "--logLevel", "warn", "--port", String(vitePort), "--strictPort"],
    { cwd: join(repository, "ui"), env },
    () => stop(),
  )
  const unwatch = watchSources(
    serverPackages.map((name) => join(repository, name, "src")),
    (path) => {
      say(`${path} has changed: the server starts again`)
      server.restart()
    },
  )
  let stopping = false
  const stop = () => {
    if (stopping) process.exit(130)
    stopping = true
    unwatch()
    void Promise.all([server.stop(), vite.stop()]).then(() => process.exit(0))
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop)
}

main().catch((error: unknown) => {
  console.error(error instanceof StartFailure ? `maillm does not start: ${error.message}` : error)
  process.exit(1)
})
