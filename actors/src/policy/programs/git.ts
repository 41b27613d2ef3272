import { pathsOf, writesFile } from "../files.ts"
import { type Options, list, parseOptions } from "../options.ts"
import { plainOutput, textOutput, unknownOutput } from "../outputs.ts"
import { SOME, UNKNOWN, placeOf } from "../paths.ts"
import { secretIn } from "../sensitivePaths.ts"
import type { Call, Output, Programs, Rule, Shell } from "../Shell.ts"
import { runsAside } from "../suspicions.ts"
import { shown } from "../Verdict.ts"
import { asksForHelp, forNames } from "../verbs.ts"
import { forge, otherVcs } from "./forges.ts"
import { graveSetting, graveVerbs } from "./gitVerbs.ts"

const reads = new Set(
  list(`status log diff show blame annotate describe rev-parse rev-list ls-files ls-tree cat-file grep shortlog whatchanged
  name-rev merge-base cherry count-objects fsck check-ignore check-attr check-ref-format for-each-ref show-ref show-branch
  diff-tree diff-index diff-files range-diff verify-commit verify-tag verify-pack var version help get-tar-commit-id
  merge-tree patch-id interpret-trailers stripspace column request-pull ls-remote bugreport diagnose instaweb-r`),
)
const changes = new Set(
  list(`add commit checkout switch merge cherry-pick revert mv init apply am format-patch worktree notes rerere sparse-checkout
  restore stash tag branch rebase reset bisect submodule bundle mergetool difftool archive hash-object mktree commit-tree
  write-tree read-tree update-index checkout-index symbolic-ref maintenance gc repack pack-objects pack-refs lfs flow
  absorb subtree citool gui commit-graph multi-pack-index replace-r`),
)
const fetches = new Set(list("fetch pull clone remote-update"))

const git: Rule = (call) => {
  const { shell, args } = call
  const { rest, valuesOf, has } = parseOptions(args, {
    short: "Cc",
    long: "--git-dir --work-tree --namespace --config-env --super-prefix --attr-source",
    first: true,
  })
  for (const setting of valuesOf("-c")) judgeSetting(shell, setting, rest)
  if (valuesOf("--config-env").length > 0)
    shell.report("obfuscated", "sets options of git from the environment")
  if (args.some((arg) => arg.startsWith("--exec-path=")))
    shell.report("obfuscated", "has git run programs from another folder")
  const before = shell.scope.cwds
  for (const folder of valuesOf("-C")) shell.scope.cwds = pathsOf(shell, folder)
  const [verb = "", ...words] = rest
  const output =
    has("--version", "--help") || verb === "" ? undefined : judgeVerb({ ...call, args: words }, verb)
  shell.scope.cwds = before
  return output
}

/** Long options that are grave; git takes any beginning of them that is not another's. */
const graveOptions = list("--hard --force --force-with-lease --delete --mirror --prune --discard-changes")

const spelledOut = (arg: string): string =>
  /^--[a-z][a-z-]{2,}$/.test(arg) ? (graveOptions.find((option) => option.startsWith(arg)) ?? arg) : arg

const judgeVerb = (given: Call, verb: string): Output | undefined => {
  const call = { ...given, args: given.args.map(spelledOut) }
  const { shell, args } = call
  const options = parseOptions(args, {
    short:
      verb === "commit"
        ? "mFCct"
        : verb === "push"
          ? "o"
          : verb === "clone"
            ? "bcou"
            : verb === "rebase"
              ? "xsX"
              : verb === "checkout" || verb === "switch"
                ? ""
                : "n",
    long: "--message --file --author --date --exec --upload-pack --receive-pack --repo --format --pretty --output --depth --branch --config --template --strategy --onto --since --until --grep --max-count --push-option --separate-git-dir --reference --extcmd --tool --open-files-in-pager --prefix --expire --prune",
  })
  const text = shown(`git ${verb} ${args.join(" ")}`.trim())
  judgePrograms(shell, verb, options, args)
  // Some verbs may write what they show into a file.
  for (const file of options.valuesOf("--output")) writesFile(shell, file)
  if (asksForHelp(args)) return undefined
  if (verb === "add" || verb === "stage")
    for (const word of options.rest)
      for (const cwd of shell.scope.cwds) {
        const secret = secretIn(word, cwd, shell.context)
        if (secret !== undefined && !/\.env\.\w/.test(secret))
          shell.report("credentials", `puts secrets into the repository: ${shown(secret)}`)
      }
  // Also what it once held: `git show HEAD:.env`, `git log -p -- .env`.
  if (
    /^(diff|show|blame|annotate|grep|hash-object|apply|archive|cat-file|checkout-index|restore)$/.test(
      verb,
    ) ||
    (verb === "log" && options.has("-p", "-u", "--patch", "-S", "-G", "-L"))
  )
    for (const word of options.rest)
      for (const cwd of shell.scope.cwds)
        if (secretIn(word, cwd, shell.context) !== undefined && (/^[/~.]/.test(word) || word.includes(":")))
          shell.report("credentials", `reads secrets: ${shown(word)}`)
  const grave = graveVerbs[verb]?.(options, call)
  if (grave !== undefined) {
    shell.report(grave[0], `${grave[1]}: ${text}`)
    return undefined
  }
  if (reads.has(verb)) shell.report("read", `only looks: ${text}`)
  else if (changes.has(verb)) {
    shell.report("git-local", `changes the repository of the workspace: ${text}`)
    for (const cwd of shell.scope.cwds)
      if (placeOf(cwd, shell.context) === "outside")
        shell.report("write-outside-workspace", `changes a repository outside the workspace: ${shown(cwd)}`)
  } else if (fetches.has(verb)) shell.report("git-fetch", `fetches from a repository: ${text}`)
  else if (graveVerbs[verb] === undefined)
    shell.report("unknown", `is a git command that is not known: ${text}`)
  return outputOf(shell, verb, options)
}

/** `git -c name=value`: some settings are commands. */
const judgeSetting = (shell: Shell, setting: string, rest: ReadonlyArray<string>): void => {
  const equals = setting.indexOf("=")
  const name = (equals < 0 ? setting : setting.slice(0, equals)).toLowerCase()
  const value = equals < 0 ? "true" : setting.slice(equals + 1)
  if (!graveSetting.test(name)) {
    if (name.includes(UNKNOWN))
      shell.report("obfuscated", "sets an option of git that is not known until then")
    return
  }
  if (name.startsWith("alias.")) {
    if (value.startsWith("!")) shell.runText(`${value.slice(1)} ${rest.slice(1).join(" ")}`)
    else shell.runText(`git ${value} ${rest.slice(1).join(" ")}`)
    return
  }
  if (
    /^(core\.(pager|editor)|sequence\.editor|pager\.)/.test(name) &&
    /^(cat|less|true|false|:|never|)$/.test(value)
  )
    return
  if (
    name === "safe.directory" ||
    (name === "core.hookspath" && value === "/dev/null") ||
    /^protocol\.version$/.test(name) ||
    (name.startsWith("gpg.") && value === "ssh")
  )
    return
  if (
    /^(core\.(sshcommand|pager|editor|fsmonitor|gitproxy|askpass)|diff\.external|sequence\.editor|pager\.|.*\.(textconv|command|cmd|driver|clean|smudge|process|program|helper))/.test(
      name,
    )
  )
    shell.runText(value.replace(/^!/, ""))
  shell.report("persistence", `sets an option by which git runs programs or trusts others: ${shown(setting)}`)
}

/** Options and words by which git runs what it is given. */
const judgePrograms = (
  shell: Shell,
  verb: string,
  { valuesOf, rest }: Options,
  args: ReadonlyArray<string>,
): void => {
  for (const text of valuesOf("--exec", "--extcmd", ...(verb === "rebase" ? ["-x"] : [])))
    if (verb !== "push") shell.runText(text)
  if (verb === "difftool")
    for (const text of parseOptions(args, { short: "x" }).valuesOf("-x"))
      if (!/^(code|vim|nvim|vimdiff|meld|kdiff3|opendiff|diff|delta|difft|icdiff)\b/.test(text))
        runsAside(shell, "git difftool", text)
  for (const text of valuesOf("--upload-pack", "--receive-pack")) {
    shell.report("obfuscated", `has git run a program of its own choice: ${shown(text)}`)
    shell.runText(text)
  }
  if (rest.some((word) => /^(ext|fd)::/.test(word)))
    shell.report("obfuscated", "runs a command as a transport of git (ext::)")
  if (verb === "pull" && rest.some((word) => /^[\w.-]+@[\w.-]+:|^\w+:\/\//.test(word)))
    shell.report("code-from-network", `takes commits from elsewhere: ${shown(rest.join(" "))}`)
  if (verb === "mv") for (const word of rest) writesFile(shell, word)
  if (verb === "clone" || verb === "fetch" || verb === "ls-remote" || verb === "pull") {
    for (const text of parseOptions(args, { short: "u" }).valuesOf("-u"))
      if (verb === "clone" || /[ /]/.test(text)) shell.runText(text)
    for (const setting of [...valuesOf("--config"), ...(verb === "clone" ? valuesOf("-c") : [])])
      judgeSetting(shell, setting, [])
    if (valuesOf("--template").length > 0) shell.report("persistence", "takes hooks from a template")
  }
  if (verb === "grep") for (const pager of valuesOf("--open-files-in-pager")) shell.runWords([pager])
  const pager = verb === "grep" ? args.find((arg) => /^-O./.test(arg)) : undefined
  if (pager !== undefined) shell.runText(pager.slice(2))
  if (verb === "bisect" && rest[0] === "run") shell.runWords(args.slice(args.indexOf("run") + 1))
  if (verb === "submodule" && rest[0] === "foreach") {
    const words = args
      .slice(args.indexOf("foreach") + 1)
      .filter((word) => word !== "--recursive" && word !== "--quiet")
    if (words.length === 1) shell.runText(words[0] ?? "")
    else shell.runWords(words)
  }
  if (verb === "filter-branch")
    for (const [index, arg] of args.entries())
      if (arg.endsWith("-filter")) shell.runText(args[index + 1] ?? UNKNOWN)
  if (verb === "archive") {
    for (const file of parseOptions(args, { short: "o" }).valuesOf("-o")) writesFile(shell, file)
    if (args.some((arg) => arg.startsWith("--remote")))
      shell.report("network-egress", "fetches an archive from another machine")
  }
  if (verb === "bundle" && rest[0] === "create" && rest[1] !== undefined && rest[1] !== "-")
    writesFile(shell, rest[1])
}

const outputOf = (shell: Shell, verb: string, { has, rest }: Options): Output => {
  if (verb === "rev-parse" && has("--show-toplevel")) return textOutput(shell.context.workspace)
  // All that git knows of, as long as nothing narrows it.
  if (
    verb === "ls-files" &&
    rest.length === 0 &&
    !has("-m", "-o", "-d", "--others", "--modified", "--deleted")
  )
    return textOutput("./*\n")
  if (
    verb === "ls-files" ||
    (verb === "diff" && has("--name-only")) ||
    (verb === "grep" && has("-l", "--files-with-matches")) ||
    (verb === "show" && has("--name-only")) ||
    verb === "diff-tree"
  )
    return textOutput(`./${SOME}\n`)
  if (
    /^(rev-parse|rev-list|merge-base|describe|symbolic-ref|branch|tag|hash-object|write-tree|commit-tree|stash)$/.test(
      verb,
    ) &&
    !rest.includes("pop")
  )
    return plainOutput
  return unknownOutput
}

export const gitPrograms: Programs = {
  ...forNames("git", git),
  ...forNames("gh glab tea hub", forge),
  ...forNames("hg svn jj bzr fossil", otherVcs),
  ...forNames("git-lfs", ({ shell, args }) => shell.runWords(["git", "lfs", ...args])),
  ...forNames("git-filter-repo bfg", ({ shell, args, name }) =>
    shell.report("git-history", `rewrites the history: ${shown([name, ...args].join(" "))}`),
  ),
  ...forNames("tig lazygit gitk gitui git-cliff git-sizer gitleaks trufflehog commitlint", () => undefined),
}
