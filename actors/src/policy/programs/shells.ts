import { pathsOf } from "../files.ts"
import { UNKNOWN, placeOf } from "../paths.ts"
import type { Call, Output, Programs, Rule } from "../Shell.ts"
import { suspectScript } from "../suspicions.ts"
import { shown } from "../Verdict.ts"
import { forNames } from "../verbs.ts"
import { runInput, runOutput } from "./builtins.ts"

/** `sh -c text`, `sh file`, `sh < text`. */
const shellRule: Rule = (call) => {
  const { shell, args, input } = call
  let index = 0
  let text: string | undefined
  let reads = false
  while (index < args.length && /^[-+]./.test(args[index] ?? "")) {
    const arg = args[index] ?? ""
    index++
    if (arg === "--") break
    if (call.name === "fish" && /^(-C|--init-command)$/.test(arg)) {
      shell.runText(args[index++] ?? UNKNOWN)
      continue
    }
    if (arg === "--rcfile" || arg === "--init-file") {
      runsFile(call, args[index++] ?? UNKNOWN, [])
      continue
    }
    if (arg.startsWith("--")) {
      if (arg === "--command") text = args[index++]
      continue
    }
    if (/^-\w*c/.test(arg)) text = ""
    if (/^-\w*s/.test(arg)) reads = true
    if (/^[-+]\w*[oO]$/.test(arg)) index++
  }
  const options = args.slice(0, index)
  if (options.some((arg) => /^-[a-z]*n$/.test(arg)) && !options.some((arg) => arg.startsWith("+")))
    return shell.report("read", `only checks a script: ${shown([call.name, ...args].join(" "))}`)
  if (text === "") text = args[index++] ?? ""
  if (text !== undefined) return shell.runText(text, input, args.slice(index + 1))
  const file = args[index]
  if (file !== undefined && !reads && file !== "-" && file !== "/dev/stdin")
    return runsFile(call, file, args.slice(index + 1))
  if (args.includes("--version") || args.includes("--help")) return
  if (input === undefined)
    shell.report("unknown", `starts a shell of its own: ${shown([call.name, ...args].join(" "))}`)
  return runInput(call)
}

const runsFile = (call: Call, file: string, args: ReadonlyArray<string>): Output | undefined => {
  const { shell, name } = call
  for (const path of pathsOf(shell, file)) {
    const contents = shell.scope.files.get(path)
    if (contents !== undefined) {
      for (const content of contents)
        if (content.network || content.text.includes(UNKNOWN)) runOutput(shell, content, false)
        else shell.runText(content.text, undefined, args)
      continue
    }
    const place = placeOf(path, shell.context)
    if (place === "workspace") suspectScript(shell, path)
    if (place === "workspace" || place === "git-data")
      shell.report("project-script", `runs a script of the workspace: ${shown(file)}`)
    else if (path.includes(UNKNOWN))
      shell.report("obfuscated", `runs a script that is not known until then with ${name}`)
    else shell.report("unknown", `runs a script from outside the workspace: ${shown(file)}`)
  }
  return undefined
}

/** Every shell. Those that do not speak bash are read as if they did: what cannot be read asks. */
export const shells: Programs = forNames(
  "sh bash dash zsh ksh mksh ash rbash yash pdksh fish csh tcsh rsh posh bash5 hush",
  shellRule,
)
