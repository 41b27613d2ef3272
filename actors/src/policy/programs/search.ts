import { deletesFile, emptiesFile, readsFile, writesFile } from "../files.ts"
import { joined, namesBelow, textOutput, unknownOutput } from "../outputs.ts"
import { SOME, UNKNOWN } from "../paths.ts"
import { parseOptions } from "../options.ts"
import type { Output, Programs, Rule, Shell } from "../Shell.ts"
import { runsAside } from "../suspicions.ts"
import { shown } from "../Verdict.ts"
import { forNames } from "../verbs.ts"
import { namesVital } from "./read.ts"

/** Scripts of sed and awk are searched with patterns that need time by the square of the length. */
const scriptLength = 8_192

/** Tests of `find` that leave only some of the files. */
const narrowing =
  /^-(name|iname|path|ipath|wholename|regex|iregex|empty|newer\w*|mtime|mmin|atime|ctime|size|perm|user|samefile|inum)$/

const find: Rule = ({ shell, args }) => {
  const start = args.findIndex((arg) => /^[-(!]/.test(arg) && !/^-[HLPOD]/.test(arg))
  const roots = (start < 0 ? args : args.slice(0, start)).filter((arg) => !/^-[HLPOD]/.test(arg))
  const tests = start < 0 ? [] : args.slice(start)
  const folders = roots.length === 0 ? ["."] : roots
  // What stands behind the last "or" is narrowed by itself.
  const narrow =
    narrows(tests.slice(Math.max(tests.lastIndexOf("-o"), tests.lastIndexOf("-or")) + 1)) &&
    !(folders.some((folder) => /^\.\/?$/.test(folder)) && namesAllSources(tests))
  // A plain name that is asked for may be any of those that are found.
  const named = tests
    .filter((_, index) => /^-i?name$/.test(tests[index - 1] ?? ""))
    .filter((name) => !/[*?[]/.test(name))
  const found = folders.flatMap((folder) =>
    narrow ? [namesBelow(folder).text, ...named.map((name) => `${folder}/${name}`)] : [`${folder}/*`],
  )
  for (let index = 0; index < tests.length; index++) {
    const test = tests[index] ?? ""
    if (test === "-delete") for (const target of found) deletesFile(shell, target, true)
    else if (/^-(exec|execdir|ok|okdir)$/.test(test)) {
      const end = tests.findIndex((word, at) => at > index && (word === ";" || word === "+"))
      runsForEach(shell, tests.slice(index + 1, end < 0 ? undefined : end), found)
      index = end < 0 ? tests.length : end
    } else if (/^-(fprint|fprintf|fprint0|fls)$/.test(test)) writesFile(shell, tests[index + 1] ?? UNKNOWN)
    else if (test === "-files0-from")
      shell.report("unknown", "searches in folders that are not known until then")
  }
  if (tests.includes("-perm") && tests.some((word) => /^[-/+]?(u[+=]s|g[+=]s|0?[246]000|6000)$/.test(word)))
    shell.report("privilege", "searches for programs that run with other rights (setuid)")
  return joined(folders.map((folder) => textOutput(`${narrow ? namesBelow(folder).text : `${folder}/*`}\n`)))
}

const narrows = (tests: ReadonlyArray<string>): boolean =>
  tests.some((test, index) => {
    if (!narrowing.test(test)) return false
    const negated = tests[index - 1] === "!" || tests[index - 1] === "-not"
    const pattern = tests[index + 1] ?? ""
    return !negated && !/^(\.?\/?\*+|\*\.\*|\.\*)$/.test(pattern)
  })

/** Every file of a language, everywhere in the workspace, is the workspace's own work. */
const namesAllSources = (tests: ReadonlyArray<string>): boolean =>
  tests.filter((test) => narrowing.test(test)).length === 1 &&
  tests.some(
    (test, index) =>
      /^-i?name$/.test(test) &&
      /^\*\.(m?[jt]sx?|py|go|rs|java|kt|c|cc|cpp|h|hpp|rb|php|cs|swift|vue|svelte|html|css|scss|sql|md)$/.test(
        tests[index + 1] ?? "",
      ),
  )

const runsForEach = (shell: Shell, command: ReadonlyArray<string>, found: ReadonlyArray<string>): void => {
  for (const target of found) {
    const words = command.map((word) => word.replaceAll("{}", () => target))
    shell.runWords(words)
  }
}

const fd: Rule = ({ shell, args }) => {
  const at = args.findIndex((arg) => /^(-x|-X|--exec|--exec-batch)$/.test(arg))
  const own = at < 0 ? args : args.slice(0, at)
  const { rest, valuesOf } = parseOptions(own, {
    short: "eEtdjScog",
    long: "--extension --exclude --type --max-depth --threads --size --color --base-directory --changed-within",
  })
  const folders = rest.slice(1)
  const [ending] = valuesOf("-e", "--extension")
  // Without a pattern it finds everything.
  const all = /^(|\.|\.\*|\^)$/.test(rest[0] ?? "")
  const target = `${folders[0] ?? "."}/${ending === undefined ? (all ? "*" : SOME) : `*.${ending}`}`
  if (at >= 0) {
    const command = args.slice(at + 1).filter((word) => word !== ";")
    const text = command.join(" ")
    shell.runWords(
      /\{.*\}/.test(text)
        ? command.map((word) => word.replaceAll(/\{[/.]*\}/g, () => target))
        : [...command, target],
    )
  }
  return textOutput(`${target}\n`)
}

/** `sed`: what it writes and runs. */
const sed: Rule = ({ shell, args, input }) => {
  const inPlace = args.some((arg) => /^-[nErsuz]*i|^--in-place/.test(arg))
  const { rest, valuesOf, has } = parseOptions(
    args.filter((arg) => !/^-[nErsuz]*i/.test(arg) && !arg.startsWith("--in-place")),
    { short: "efl", long: "--expression --file --line-length" },
  )
  const given = valuesOf("-e", "--expression")
  const scripts = given.length > 0 || has("-f", "--file") ? given : rest.slice(0, 1)
  const targets = given.length > 0 || has("-f", "--file") ? rest : rest.slice(1)
  for (const script of scripts) judgeSed(shell, script)
  // macOS gives -i a suffix of its own, often empty.
  if (inPlace)
    for (const target of targets)
      if (target !== "") {
        writesFile(shell, target)
        if (scripts.some((script) => /^(1,\$)?d$|^s(.)\^?\.[*+]\$?\2\2g?$/.test(script.trim())))
          emptiesFile(shell, target)
      }
  return substituted(scripts, targets.length === 0 ? input : undefined)
}

/** Commands of sed that run programs (`e`, `s///e`) or write files (`w`). */
const judgeSed = (shell: Shell, script: string): void => {
  if (script.length > scriptLength) {
    shell.report("inline-code", "runs a sed script that is too long to be followed")
    return
  }
  const executes =
    /(^|[;{}\n!]|\d|\/|\$)\s*e(\s+[^\s;}].*)?$/m.exec(script.replace(/s(.).*?\1.*?\1[gIipmM0-9]*/g, "")) ??
    /(?:^|[;{}\n\s\d$/])s([^\w\s\\])(?:\\.|(?!\1).)*\1(?:\\.|(?!\1).)*\1[gIipmM0-9]*e/.exec(script)
  if (executes !== null) {
    const command = /(?:^|[;{}\n\d!$])\s*e\s+(.+)$/m.exec(script)?.[1]
    if (command === undefined) shell.report("obfuscated", "runs as a command what it reads (sed e)")
    else runsAside(shell, "sed", command)
  }
  const written = /(?:^|[;{}\n\d$]|\/[gIipmM0-9]*)\s*w\s+(\S+)\s*$/m.exec(script)?.[1]
  if (written !== undefined) writesFile(shell, written)
}

/** Output of a plain substitution on known text, so that `echo xm | sed s/x/r/` is seen through. */
const substituted = (scripts: ReadonlyArray<string>, input: Output | undefined): Output => {
  if (input === undefined || input.text.includes(UNKNOWN)) return unknownOutput
  const [script = ""] = scripts
  if (scripts.length !== 1) return unknownOutput
  if (/^\d*,?[\d$]*[pd]$/.test(script)) return input
  const match = /^s([/|,#@!:])([^\\*.[\]^$+?]*?)\1([^\\&]*?)\1(g?)$/.exec(script)
  if (match === null)
    return input.text.endsWith(`${SOME}\n`) && /^s[/|#,](\^?\\?\.?\/?|\.\\?\/)*[/|#,][/|#,]g?$/.test(script)
      ? input
      : unknownOutput
  const [, , from = "", to = "", all] = match
  return {
    ...input,
    text:
      all === "g" && from !== "" ? input.text.replaceAll(from, () => to) : input.text.replace(from, () => to),
  }
}

const awk: Rule = ({ shell, args, input }) => {
  const { rest, has, valuesOf } = parseOptions(args, {
    short: "Ffve",
    long: "--field-separator --file --assign --source",
  })
  const scripts = has("-f", "--file")
    ? valuesOf("-e", "--source")
    : [rest[0] ?? "", ...valuesOf("-e", "--source")]
  for (const script of scripts) judgeAwk(shell, script)
  if (input?.processes !== undefined && scripts.some((script) => /print\s+\$[12]\b/.test(script))) {
    const pattern = /\/([^/]+)\//.exec(scripts.join(" "))?.[1]
    if (input.processes === "vital" || pattern === undefined || namesVital(pattern)) return textOutput("-1")
  }
  return input?.text.endsWith(`${SOME}\n`) === true ? { ...input, text: UNKNOWN } : unknownOutput
}

const judgeAwk = (shell: Shell, script: string): void => {
  if (script.length > scriptLength) {
    shell.report("inline-code", "runs an awk program that is too long to be followed")
    return
  }
  if (script.includes(UNKNOWN) && script.trim() === UNKNOWN)
    shell.report("obfuscated", "runs an awk program that is not known until then")
  // Pattern and text of a program may hold anything; what matters is what it calls.
  const code = script.replace(/\/(?:\\.|[^/\n\\])+\//g, "//")
  let known = true
  for (const match of code.matchAll(/\bsystem\s*\(\s*("((?:\\.|[^"\\])*)"\s*\))?/g))
    if (match[2] === undefined) known = false
    else runsAside(shell, "awk", match[2].replaceAll(String.raw`\"`, '"'))
  for (const match of code.matchAll(
    /\|&?\s*getline|(print|printf)[^|;}\n"]*("(?:\\.|[^"\\])*"[^|;}\n"]*)*\|&?\s*("((?:\\.|[^"\\])*)")?/g,
  )) {
    const command = match[4] ?? /"((?:\\.|[^"\\])*)"\s*\|&?\s*getline/.exec(code)?.[1]
    if (command === undefined) known = false
    else if (match[4] === undefined && !/^(date|hostname|pwd|wc|uname)\b/.test(command))
      runsAside(shell, "awk", command.replaceAll(String.raw`\"`, '"'))
    else shell.runText(command.replaceAll(String.raw`\"`, '"'))
  }
  if (!known) shell.report("obfuscated", "runs commands that are put together only then (awk)")
  for (const match of code.matchAll(/(?:print|printf)[^;}\n]*?>{1,2}\s*(?:"([^"]*)"|\$?\(?\w)/g))
    if (match[1] !== undefined) writesFile(shell, match[1])
    else if (!/[<>]=?\s*\d/.test(match[0]))
      shell.report("workspace-write", "writes files whose names are made by awk")
  if (/\/inet\d?\/(tcp|udp)\//.test(script))
    shell.report("network-egress", "opens a network connection (awk)")
  if (/\bENVIRON\b(?!\s*\[\s*"(PATH|HOME|USER|LANG|PWD|NODE_ENV|CI)")/.test(code))
    shell.report("credentials", "reads the environment, with the secrets in it (awk)")
  if (/@load|@include/.test(code)) shell.report("inline-code", "loads other code into awk")
}

const jq: Rule = ({ shell, args }) => {
  if (args.some((arg) => /\.Env\b|\.(secrets?|auths|tokens?|passwords?)\b.*\bdata\b/.test(arg)))
    shell.report("credentials", "shows the environment of a container (jq)")
  if (
    args.some((arg) => /\benv\b|\$ENV/.test(arg)) &&
    args.some(
      (arg) =>
        /^[^-]*(\benv\b(?!\.[A-Z]*(PATH|HOME|USER)\b)|\$ENV)/.test(arg) &&
        !/["']/.test(arg) &&
        !/\.env\b/.test(arg),
    )
  )
    shell.report("credentials", "reads the environment, with the secrets in it (jq)")
}

const yq: Rule = ({ shell, args }) => {
  for (const arg of args) {
    for (const [, path = ""] of arg.matchAll(/\bload\w*\(\s*"([^"]*)"/g)) readsFile(shell, path)
    if (/\b(str)?env(subst)?\b\s*[(|]?/.test(arg) && /\b(str)?env\([^)]*\)|\benv\b\s*$/.test(arg))
      shell.report("credentials", `reads the environment, with the secrets in it (yq): ${shown(arg)}`)
  }
  const { rest, has } = parseOptions(args, { short: "oIp", long: "--output-format --input-format --indent" })
  if (has("-i", "--inplace", "--in-place", "-y"))
    for (const target of rest.slice(1)) writesFile(shell, target)
  if (has("-i", "--inplace", "--in-place") && /^\s*(del\(\s*\.\s*\)|\{\}|null|empty)\s*$/.test(rest[0] ?? ""))
    for (const target of rest.slice(1)) emptiesFile(shell, target)
}

export const search: Programs = {
  ...forNames("find gfind", find),
  ...forNames("fd fdfind", fd),
  ...forNames("sed gsed", sed),
  ...forNames("awk gawk mawk nawk", awk),
  ...forNames("jq gojq jaq", jq),
  ...forNames("yq tomlq xq", yq),
}
