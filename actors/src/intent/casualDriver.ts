import type { Message } from "@maillm/schema/Intent"
import { driverOf } from "./readCommands.ts"

const agent = "(claude[ -]code|claude|codex|open-?code)"

/**
 * An agent asked for by name at the very start. "Use shell to" and "with shell:" are left out: they begin sentences
 * about shells, and what follows would be run as a command.
 */
const forms: ReadonlyArray<RegExp> = [
  /^\s{0,200}@(claude-code|claude|codex|open-?code|shell)(?:[:,]\s{0,20}|\s{1,20}|$)/i,
  new RegExp(
    `^\\s{0,200}(?:with|using|via|mit|avec|con|com|met|med|z)\\s{1,5}${agent}\\s{0,5}[:,]\\s{0,20}`,
    "i",
  ),
  new RegExp(`^\\s{0,200}(?:please\\s{1,5})?(?:use|ask|let|have)\\s{1,5}${agent}\\s{1,5}to\\s{1,5}`, "i"),
  new RegExp(`^\\s{0,200}(?:please\\s{1,5})?use\\s{1,5}${agent}\\s{0,5}:\\s{0,20}`, "i"),
]

/** "With codex: …", "use codex to …", "@codex …": the rest, with the driver; null without. */
export const readCasualDriver = (text: string): Message | null => {
  for (const form of forms) {
    const match = form.exec(text)
    if (match === null) continue
    const driver = driverOf((match[1] ?? "").replace(" ", "-"))
    if (driver === null) continue
    const rest = text.slice(match[0].length)
    return rest.trim() === ""
      ? { intent: "agent", driver }
      : { intent: "request", text: rest, driver, repo: null }
  }
  return null
}
