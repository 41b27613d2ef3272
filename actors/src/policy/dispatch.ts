import { pathsOf } from "./files.ts"
import { noOutput, unknownOutput } from "./outputs.ts"
import { SOME, UNKNOWN, isWithin, placeOf } from "./paths.ts"
import { printsEnvironment } from "./programs/builtins.ts"
import { ordinary } from "./programs/ordinary.ts"
import { programs, runsProject, withVerbs, withoutRules } from "./programs/programs.ts"
import { judgeWrittenRules } from "./programs/ruleFiles.ts"
import { huntsSecrets, secretIn } from "./sensitivePaths.ts"
import type { Call, Output } from "./Shell.ts"
import { judgeOptions } from "./strangeOptions.ts"
import { suspectOptions, suspectScript, suspectVerbs } from "./suspicions.ts"
import { shown } from "./Verdict.ts"
import { asksForHelp } from "./verbs.ts"
import type { Walker } from "./Walker.ts"

/** Where the system keeps its programs: there a name means what it says. */
const programFolder =
  /^(\/usr)?(\/local)?\/s?bin\/|^\/opt\/homebrew\/bin\/|\/node_modules\/\.bin\/|\/\.?v?env[\w.-]*\/bin\/|\/vendor\/bin\/|\/\.local\/bin\/|\/\.cargo\/bin\/|^\/bin\//

/** Judges a command given as words: a function or alias of the script, a file, or a program that has rules. */
export const dispatch = (
  walker: Walker,
  call: Omit<Call, "shell" | "name" | "path">,
  words: ReadonlyArray<string>,
  own: boolean,
): Output => {
  const [path = ""] = words
  if (
    path.includes(UNKNOWN) ||
    path.includes(SOME) ||
    /[*?]/.test(path) ||
    (path.length > 1 && path.indexOf("]", path.indexOf("[") + 2) > 0 && path.includes("["))
  ) {
    walker.report(
      "obfuscated",
      `runs a program whose name is not known until then: ${shown(words.join(" "))}`,
    )
    return unknownOutput
  }
  if (own) {
    const output = ownCommand(walker, words)
    if (output !== undefined) return output
  }
  if (path.startsWith("!"))
    walker.report("unknown", `is no command, but one for a program that reads it: ${shown(words.join(" "))}`)
  const file = path.includes("/") ? runFile(walker, path, call.args) : undefined
  if (file !== undefined) return file
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.exe$/i, "")
  const rule = ruleOf(name)
  if (rule === undefined && /(^|\/)(node_modules\/\.bin|vendor\/bin)\//.test(path) && !path.startsWith("/")) {
    checkWords(walker, name, call.args)
    walker.report("project-script", `runs a tool of the project: ${shown(words.join(" "))}`)
    suspectVerbs(walker, { name, args: call.args })
    suspectOptions(walker, { name, args: call.args })
    judgeOptions(walker, ordinary, name, call.args)
    return unknownOutput
  }
  if (rule === undefined) {
    checkWords(walker, name, call.args)
    if (!asksForHelp(call.args))
      walker.report("unknown", `runs a program that is not known: ${shown(words.join(" "))}`)
    return unknownOutput
  }
  const before = walker.analysis.reports
  const ruled = rule({ ...call, shell: walker, name, path }) ?? unknownOutput
  // What these print is meant for eval, and says where programs are.
  if (runsProject.has(name) && !asksForHelp(call.args)) projectElsewhere(walker, name)
  const output = printsEnvironment([name, ...call.args].join(" ")) ? noOutput : ruled
  checkWords(walker, name, call.args)
  if (!asksForHelp(call.args)) {
    judgeOptions(walker, ordinary, name, call.args)
    if (withVerbs.has(name)) suspectVerbs(walker, { name, args: call.args })
    if (withoutRules.has(name)) suspectOptions(walker, { name, args: call.args })
  }
  if (walker.analysis.reports === before) walker.report("read", `only looks: ${shown(words.join(" "))}`)
  if (output.network) walker.analysis.networkCalls++
  return output
}

const writtenRules = "rules that were just written"

/** What such a tool runs stands in the folder that it is called in. */
const projectElsewhere = (walker: Walker, name: string): void => {
  const { calling } = walker.analysis
  // The rules may run the tool again.
  if (!calling.has(writtenRules)) {
    calling.add(writtenRules)
    judgeWrittenRules(walker)
    calling.delete(writtenRules)
  }
  for (const cwd of walker.scope.cwds)
    if (["outside", "temporary"].includes(placeOf(cwd, walker.context)))
      walker.report("unknown", `runs what stands outside the workspace (${name}): ${shown(cwd)}`)
}

/** The rules of a program; its name may carry a version. */
export const ruleOf = (name: string) => {
  if (Object.hasOwn(programs, name)) return programs[name]
  // python3.12, gcc-13, clang++-18, node22
  const plain = name.replace(/-?\d[\d.]*$/, "")
  return plain.length > 1 && Object.hasOwn(programs, plain) ? programs[plain] : undefined
}

const ownCommand = (walker: Walker, words: ReadonlyArray<string>): Output | undefined => {
  const [name = "", ...args] = words
  const { scope, analysis } = walker
  const bodies = scope.functions.get(name)
  if (bodies !== undefined) {
    if (analysis.calling.has(name)) {
      if (analysis.forks > 0)
        walker.report("resource", `is a fork bomb: ${shown(name)} starts itself again and again`)
      return unknownOutput
    }
    analysis.calling.add(name)
    const before = scope.variables
    scope.variables = new Map(before)
    scope.variables.set("@", [args]).set("*", [args])
    for (let index = 1; index <= 9; index++) scope.variables.set(String(index), [[args[index - 1] ?? ""]])
    const outputs = analysis.deeper(() => bodies.map((body) => walker.body(body)))
    for (const key of ["@", "*", "1", "2", "3", "4", "5", "6", "7", "8", "9"]) {
      const value = before.get(key)
      if (value === undefined) scope.variables.delete(key)
      else scope.variables.set(key, value)
    }
    analysis.calling.delete(name)
    return outputs.at(-1)
  }
  const aliases = scope.aliases.get(name)
  if (aliases === undefined || analysis.calling.has(`alias ${name}`)) return undefined
  analysis.calling.add(`alias ${name}`)
  for (const alias of aliases) walker.runHere(`${alias} ${args.map(quoted).join(" ")}`)
  analysis.calling.delete(`alias ${name}`)
  return undefined
}

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`

/** A program that is named by a path. Undefined if it is one of the system's, which has rules by its name. */
const runFile = (walker: Walker, path: string, args: ReadonlyArray<string>): Output | undefined => {
  for (const resolved of pathsOf(walker, path)) {
    const contents = walker.scope.files.get(resolved)
    if (contents !== undefined) {
      for (const content of contents) runContent(walker, path, content, args)
      return unknownOutput
    }
    if (programFolder.test(resolved)) return undefined
    const place = placeOf(resolved, walker.context)
    if (place === "workspace") {
      const name = resolved.slice(resolved.lastIndexOf("/") + 1)
      walker.report("project-script", `runs a program of the workspace: ${shown(path)}`)
      suspectScript(walker, resolved)
      // A wrapper that stands in the project, such as gradlew, is the tool itself.
      if (withVerbs.has(name) || /^(rails|rake|artisan)$/.test(name)) walker.runWords([name, ...args])
      else suspectVerbs(walker, { name, args: args.slice(0, 1) })
    } else walker.report("unknown", `runs a program from outside the workspace: ${shown(path)}`)
  }
  checkWords(walker, "", args)
  return unknownOutput
}

const runContent = (walker: Walker, path: string, content: Output, args: ReadonlyArray<string>): void => {
  if (content.network) walker.report("code-from-network", `runs what came over the network: ${shown(path)}`)
  else if (content.text === UNKNOWN)
    walker.report("unknown", `runs a file whose content is not known: ${shown(path)}`)
  else {
    const interpreter = /^#!\s*(?:\/usr\/bin\/env\s+(?:-S\s+)?)?(\S+)/.exec(content.text)?.[1]
    const name = interpreter?.slice(interpreter.lastIndexOf("/") + 1) ?? "sh"
    if (/^(ba|da|z|k|a)?sh$/.test(name)) walker.runText(content.text, undefined, args)
    else walker.runWords([name, "-"], content)
  }
}

/** Programs whose words are text, not files. */
const speakers = new Set(
  "echo printf export declare local typeset readonly unset set alias test [ [[ true false : read let git gh glab commit type which command hash basename dirname kill jq expr man help say notify-send logger touch mkdir stat ls rm find fd locate sed awk gawk mawk node python python3 perl ruby php trap eval sh bash zsh dash source . rmdir unlink shred trash".split(
    " ",
  ),
)
/** Programs whose first word is a pattern or a script, not a file. */
const patternFirst = new Set("grep egrep fgrep rg ag ack zgrep sed awk gawk mawk jq yq tr cut".split(" "))

/** What no program may do unasked with the words it is given: read secrets or devices. */
const checkWords = (walker: Walker, name: string, args: ReadonlyArray<string>): void => {
  const { context, scope } = walker
  const positionals = args.filter((arg) => !arg.startsWith("-"))
  const pattern =
    patternFirst.has(name) && !args.some((arg) => /^(-e|-f|--regexp|--file)/.test(arg))
      ? positionals[0]
      : undefined
  const speaks = speakers.has(name)
  let skippedPattern = false
  // Making a file of secrets is no theft of them, as `cp .env.example .env`.
  const made = (name === "cp" || name === "mv") && positionals.length > 1 ? positionals.at(-1) : undefined
  for (const arg of args) {
    if (arg === made && !arg.includes("/")) continue
    // A program of the project that is given its own settings.
    if (/^(node|bun|tsx|uv)$/.test(name) && /^--env-file(-if-exists)?=[\w.-]+$/.test(arg)) continue
    if (arg === pattern && !skippedPattern) {
      skippedPattern = true
      continue
    }
    for (const cwd of scope.cwds) {
      const secret = secretIn(arg, cwd, context)
      if (secret === undefined) continue
      if (!speaks) walker.report("credentials", `reads or touches secrets: ${shown(secret)}`)
      else if (readsAnyway.has(name))
        walker.report("credentials", `reads or touches secrets: ${shown(secret)}`)
    }
    if (!speaks && /^(\S*=)?\/dev\/\w/.test(arg))
      for (const path of pathsOf(walker, arg.replace(/^\S*=/, "")))
        if (placeOf(path, context) === "device" && !isWithin(path, "/dev/tcp"))
          walker.report("disk", `uses a device directly: ${shown(path)}`)
  }
  if (hunters.has(name)) reportHunt(walker, name, args)
}

/** These take text as well as files; a secret among their files counts. */
const readsAnyway = new Set(
  "ls man stat sed awk gawk mawk jq node python python3 perl ruby php sh bash zsh dash find fd".split(" "),
)
const hunters = new Set("find fd locate grep egrep rg ag ack".split(" "))

/** A search for secrets outside of the workspace, by name or by what stands in files. */
const reportHunt = (walker: Walker, name: string, args: ReadonlyArray<string>): void => {
  if (!args.some(huntsSecrets)) return
  const outside = args
    .filter((arg) => !arg.startsWith("-") && /^[/.~]/.test(arg))
    .flatMap((arg) => pathsOf(walker, arg))
    .find((path) => ["outside", "device"].includes(placeOf(path, walker.context)))
  if (outside !== undefined || name === "locate")
    walker.report(
      "credentials",
      `searches for secrets outside the workspace: ${shown([name, ...args].join(" "))}`,
    )
}
