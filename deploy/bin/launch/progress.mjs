import { spawn } from "node:child_process"

const reminderMillis = 10_000
const keptOutputLength = 8_000

/** A reason for which nothing could be started; its message says what to do. */
export class SetupFailed extends Error {}

/**
 * Runs a long command quietly: one line at the start, one every 10 s, one at the end. Throws SetupFailed with the end
 * of the command's own output when it fails.
 */
export async function runWithProgress(what, command, args, options) {
  const started = performance.now()
  const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`
  console.error(`${what} …`)
  const reminder = setInterval(() => console.error(`  still at it, ${seconds()}`), reminderMillis)
  let output = ""
  const keep = (chunk) => (output = (output + chunk).slice(-keptOutputLength))
  try {
    const outcome = await new Promise((resolve) => {
      const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] })
      child.stdout.on("data", keep)
      child.stderr.on("data", keep)
      child.once("error", (error) => resolve(error.message))
      child.once("close", (code, signal) => resolve(signal ?? code))
    })
    if (outcome !== 0)
      throw new SetupFailed(`${output}\n${what}: failed (${outcome}): ${command} ${args.join(" ")}`)
  } finally {
    clearInterval(reminder)
  }
  console.error(`  done in ${seconds()}`)
}
