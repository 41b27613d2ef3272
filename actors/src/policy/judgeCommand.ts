import { type Policy, actionFor } from "@maillm/schema/Policy"
import { parseScript } from "./parseScript.ts"
import { resolvePath } from "./paths.ts"
import type { Finding, JudgeContext, Verdict } from "./Verdict.ts"
import { verdictOf } from "./Verdict.ts"
import { ScriptWalk } from "./walk.ts"
import { Analysis, TooComplicated } from "./Walker.ts"

/**
 * Whether a shell command may run: `allow`, `ask` or `deny` with a reason that a person understands. The command is read as
 * bash reads it, and everything in it is judged; what is not understood asks. Never fails: a command of more than 64 KiB,
 * one with NUL bytes, one that cannot be read and one too involved to follow have a verdict of `ask` or `deny` too.
 */
export const judgeCommand = (command: string, context: JudgeContext, policy: Policy): Verdict =>
  verdictOf(findingsOf(command, context), (name) => actionFor(policy, name))

/** All that a command does, in the order in which it was found. */
export const findingsOf = (command: string, context: JudgeContext): ReadonlyArray<Finding> => {
  const analysis = new Analysis(context)
  try {
    if (command.includes("\u0000"))
      return [{ class: "obfuscated", reason: "holds a NUL byte, which no command has" }]
    const outcome = parseScript(command)
    if ("problem" in outcome)
      return [{ class: outcome.hostile ? "obfuscated" : "unknown", reason: outcome.problem }]
    const walk = new ScriptWalk(analysis, {
      cwds: [resolvePath(context.cwd, "/")],
      variables: new Map(),
      functions: new Map(),
      aliases: new Map(),
      files: new Map(),
      input: undefined,
    })
    walk.statements(outcome.script.commands)
    walk.runAtExit()
  } catch (error) {
    // A stack that is too deep is the hostile command's doing as well; nothing that cannot be followed may run unasked.
    const why = error instanceof TooComplicated ? "is too involved to be followed" : "could not be analysed"
    return [...analysis.found.values(), { class: "obfuscated", reason: why }]
  }
  return [...analysis.found.values()]
}
