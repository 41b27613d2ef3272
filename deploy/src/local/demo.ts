import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { styleText } from "node:util"
import { demoJourney } from "./demoJourney.ts"
import { readSettings } from "./readSettings.ts"
import { removeInstallation } from "./removeInstallation.ts"
import { runLocal } from "./runLocal.ts"
import type { Running } from "./runLocal.ts"
import { StartFailure } from "./StartFailure.ts"

/** Settings of the caller that hold for the demo too; the rest would take it to the caller's own data. */
const passedOn = ["MAILLM_RUNTIME", "MAILLM_DRIVER", "MAILLM_IMAGE"] as const

/** Ctrl-C, or an end asked for otherwise. */
class Interrupted extends Error {}

const interruption = (): Promise<never> =>
  new Promise((_, reject) => {
    let asked = false
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (asked) process.exit(130)
        asked = true
        console.log("\nInterrupted: removing what the demo has made …")
        reject(new Interrupted())
      })
    }
  })

const settingsFor = (folder: string) => {
  const kept = passedOn.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  const own = { MAILLM_DATA_DIR: folder, MAILLM_HTTP_PORT: "0", MAILLM_SMTP_PORT: "0" }
  return readSettings({ ...Object.fromEntries(kept), ...own }, folder)
}

const started = (running: Running, seconds: number): string => {
  const { node, natsDescription, httpUrl, smtpPort } = running
  const dim = (text: string) => styleText("dim", text)
  return [
    `Started in ${seconds.toFixed(1)} s: ${natsDescription}, SMTP on port ${smtpPort}, console ${httpUrl}`,
    node.runtime === "docker"
      ? dim("The terminal runs in a container of the user's own, without network or privileges.")
      : dim(`The terminal runs on this host (${node.runtimeReason}).`),
  ].join("\n")
}

/** `npm run demo`: everything on free ports in a temporary folder, one real mail, its reply, and nothing left behind. */
const main = async (): Promise<void> => {
  const interrupted = interruption()
  // Awaited below in races only.
  interrupted.catch(() => undefined)
  console.log(`${styleText("bold", "maillm")}: a mail in, work in a terminal, the answer mailed back\n`)
  const folder = mkdtempSync(join(tmpdir(), "maillm-demo-"))
  const startedAt = performance.now()
  const starting = Promise.resolve().then(() => runLocal(settingsFor(folder), (line) => console.log(line)))
  try {
    const running = await Promise.race([starting, interrupted])
    console.log(started(running, (performance.now() - startedAt) / 1_000))
    const seconds = await Promise.race([demoJourney(running), interrupted])
    console.log(
      styleText("green", `✓ Answered in the thread, ${seconds.toFixed(1)} s after the mail was sent.`),
    )
  } finally {
    const running = await starting.catch(() => null)
    await running?.stop()
    await removeInstallation(folder)
  }
  console.log("  Nothing of the demo is left here. `npm start` runs maillm for you, with the console.")
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (error instanceof Interrupted) process.exit(130)
    console.error(error instanceof StartFailure ? `The demo failed: ${error.message}` : error)
    process.exit(1)
  },
)
