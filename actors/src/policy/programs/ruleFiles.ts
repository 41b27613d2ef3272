import { UNKNOWN } from "../paths.ts"
import type { Shell } from "../Shell.ts"
import { shown } from "../Verdict.ts"

/** Files by which a project says what its tools run. */
const ruleFile =
  /(^|\/)(package\.json|composer\.json|Makefile|GNUmakefile|makefile|[Jj]ustfile|Taskfile\.ya?ml|Rakefile|Gemfile|CMakeLists\.txt|configure\.ac|Vagrantfile|build\.gradle(\.kts)?|build\.rs|setup\.py|conftest\.py|noxfile\.py|wscript|SConstruct|BUILD(\.bazel)?)$/

/** Calls by which such a file runs commands besides its own. */
const runsCommands =
  /\b(system|exec|execute_process|popen|spawn|shell|subprocess|os\.\w+)\s*[([]|`|\/bin\/\w*sh\b|%x|\$\(shell/

/** Judges a project's rules that the same script has just written: one of its tools is about to run them. */
export const judgeWrittenRules = (shell: Shell): void => {
  for (const [path, contents] of shell.scope.files)
    if (ruleFile.test(path) && shell.scope.cwds.some((cwd) => path.startsWith(cwd)))
      for (const { text } of contents) {
        const scripts = scriptsOf(path, text)
        for (const script of scripts ?? []) shell.runText(script)
        if (scripts === undefined && runsCommands.test(text))
          shell.report("inline-code", `runs rules that were written just now: ${shown(path)}`)
        if (scripts === undefined && /(^|\/)(GNU)?[Mm]akefile$/.test(path))
          for (const [, recipe = ""] of text.matchAll(/^\t[@-]*(.+)$|^[\w.-]+:[^=;]*;(.+)$/gm))
            shell.runText(recipe)
      }
}

/** The scripts that stand in a file of JSON; undefined for other files. */
const scriptsOf = (path: string, text: string): ReadonlyArray<string> | undefined => {
  if (!path.endsWith(".json")) return undefined
  const scripts = /"scripts"\s*:\s*\{([^{}]*)\}/.exec(text)?.[1] ?? ""
  return Array.from(scripts.matchAll(/:\s*("(?:\\.|[^"\\])*")/g), ([, value = ""]) => unquoted(value))
}

const unquoted = (value: string): string => {
  try {
    return String(JSON.parse(value))
  } catch {
    return UNKNOWN
  }
}
