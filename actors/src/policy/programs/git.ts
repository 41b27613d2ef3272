import { deletesFile, pathsOf, writesFile } from "../files.ts"
import { type Options, list, parseOptions } from "../options.ts"
import { plainOutput, textOutput, unknownOutput } from "../outputs.ts"
import { SOME, UNKNOWN } from "../paths.ts"
import { secretIn } from "../sensitivePaths.ts"
import type { Call, Output, Programs, Rule, Shell } from "../Shell.ts"
import { shown } from "../Verdict.ts"
import { asksForHelp, forNames } from "../verbs.ts"

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

/** Settings that make git run programs, trust others or send elsewhere. */
const graveSetting =
  /^(core\.(hookspath|sshcommand|pager|editor|fsmonitor|gitproxy|askpass|attributesfile|worktree)|alias\.|credential\.|url\..*\.(insteadof|pushinsteadof)|filter\.|diff\..*(textconv|command)|diff\.external|difftool\.|mergetool\.|merge\..*driver|gpg\.|include(if)?\.|http\..*(proxy|sslverify|extraheader|cookiefile)|http\.(proxy|sslverify|extraheader|cookiefile)|protocol\.|remote\..*(url|pushurl|receivepack|uploadpack|proxy)|sequence\.editor|pager\.|interactive\.difffilter|uploadpack\.|receive\.|safe\.directory|init\.templatedir|sendemail\.|browser\.|man\.|web\.|transfer\.|submodule\..*update|trailer\..*(cmd|command)|guitool\.|instaweb\.)/i

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
  if (/^(diff|show|blame|annotate|grep|hash-object|apply|archive)$/.test(verb))
    for (const word of options.rest)
      for (const cwd of shell.scope.cwds)
        if (/^[/~.]/.test(word) && secretIn(word, cwd, shell.context) !== undefined) shell.report("credentials", `reads secrets: ${shown(word)}`)
  const grave = graveVerbs[verb]?.(options, call)
  if (grave !== undefined) {
    shell.report(grave[0], `${grave[1]}: ${text}`)
    return undefined
  }
  if (reads.has(verb)) shell.report("read", `only looks: ${text}`)
  else if (changes.has(verb)) shell.report("git-local", `changes the repository of the workspace: ${text}`)
  else if (fetches.has(verb)) shell.report("git-fetch", `fetches from a repository: ${text}`)
  else if (graveVerbs[verb] === undefined)
    shell.report("unknown", `is a git command that is not known: ${text}`)
  return outputOf(shell, verb, options)
}

type Grave = readonly [
  (
    | "git-history"
    | "git-push"
    | "persistence"
    | "credentials"
    | "publish"
    | "network-egress"
    | "read"
    | "git-local"
    | "git-fetch"
  ),
  string,
]

const discards = (words: ReadonlyArray<string>): boolean =>
  words.some((word) => /^(\.|\.\/|\*|:\/|:\/\*|\.\/\*|:\(top\).*|:|\u0000)$/.test(word))

/** Verbs that may lose work or reach others; undefined where this call does neither. */
const graveVerbs: Readonly<Record<string, (options: Options, call: Call) => Grave | undefined>> = {
  push: ({ flags, rest, has }) => {
    const forced =
      has(
        "-f",
        "--force",
        "--force-with-lease",
        "--force-if-includes",
        "--mirror",
        "--prune",
        "-d",
        "--delete",
      ) ||
      [...flags].some((flag) => flag.startsWith("--force")) ||
      rest.some((word) => /^[+:]./.test(word))
    if (forced) return ["git-history", "overwrites or deletes what others have (force push)"]
    if (has("--dry-run", "-n")) return ["read", "only looks"]
    return ["git-push", "sends commits to others"]
  },
  reset: ({ has }) =>
    has("--hard", "--merge", "--keep")
      ? ["git-history", "throws away changes that are not committed"]
      : undefined,
  clean: ({ has }) =>
    has("-n", "--dry-run") ? ["read", "only looks"] : ["git-history", "deletes files that git does not keep"],
  branch: ({ has }, { args }) =>
    has("-D") ||
    (has("-d", "--delete") && has("-f", "--force")) ||
    has("-M", "-C") ||
    (has("-f", "--force") && !has("-d"))
      ? ["git-history", "deletes or overwrites a branch with commits that may be nowhere else"]
      : args.includes("--edit-description")
        ? undefined
        : undefined,
  checkout: ({ has, rest }, { args }) => {
    if (has("-f", "--force") && !has("-b", "-B"))
      return ["git-history", "throws away changes that are not committed"]
    if (args.includes("--") ? discards(args.slice(args.indexOf("--") + 1)) : discards(rest))
      return ["git-history", "throws away all changes that are not committed"]
    return has("-B") ? ["git-history", "overwrites a branch"] : undefined
  },
  switch: ({ has }) =>
    has("-f", "--force", "--discard-changes", "-C", "--force-create")
      ? ["git-history", "throws away changes that are not committed"]
      : undefined,
  restore: ({ has, rest }) =>
    has("--staged", "-S") && !has("--worktree", "-W")
      ? undefined
      : discards(rest)
        ? ["git-history", "throws away all changes that are not committed"]
        : undefined,
  stash: ({ rest }) =>
    /^(drop|clear)$/.test(rest[0] ?? "") ? ["git-history", "deletes what was put aside"] : undefined,
  reflog: ({ rest, has }) =>
    /^(expire|delete|drop)$/.test(rest[0] ?? "") && !has("--dry-run")
      ? ["git-history", "deletes the log by which lost commits are found"]
      : ["read", "only looks"],
  gc: ({ flags, valuesOf }) =>
    [...flags].some((flag) => flag.startsWith("--prune") || flag === "--aggressive") &&
    !/never/.test(valuesOf("--prune").join("")) &&
    flags.has("--prune")
      ? ["git-history", "deletes commits that no branch holds"]
      : undefined,
  prune: ({ has }) =>
    has("-n", "--dry-run") ? ["read", "only looks"] : ["git-history", "deletes commits that no branch holds"],
  "filter-branch": () => ["git-history", "rewrites the history"],
  "filter-repo": () => ["git-history", "rewrites the history"],
  bfg: () => ["git-history", "rewrites the history"],
  replace: () => ["git-history", "replaces commits"],
  "fast-import": () => ["git-history", "writes commits directly"],
  "fast-export": () => undefined,
  "update-ref": ({ has, rest }) =>
    has("-d", "--stdin") || rest.length > 0
      ? ["git-history", "moves or deletes branches directly"]
      : undefined,
  "symbolic-ref": ({ has, rest }) =>
    has("-d", "--delete") || rest.length > 1
      ? ["git-history", "moves the head directly"]
      : ["read", "only looks"],
  tag: ({ has }) =>
    has("-d", "--delete", "-f", "--force") ? ["git-history", "deletes or overwrites a tag"] : undefined,
  rebase: ({ has }) => (has("--root") ? ["git-history", "rewrites the whole history"] : undefined),
  worktree: ({ rest, has }, { shell }) => {
    if (rest[0] === "remove")
      return has("-f", "--force")
        ? ["git-history", "deletes a worktree with changes that are not committed"]
        : undefined
    if (rest[0] === "add" && rest[1] !== undefined) {
      // A worktree beside the workspace is the usual place for one.
      if (!/^\.\.\/[\w.-]+$/.test(rest[1])) writesFile(shell, rest[1])
    }
    return undefined
  },
  remote: ({ rest }) => {
    if (/^(set-url|add|rename)$/.test(rest[0] ?? ""))
      return ["persistence", "changes where commits are sent to"]
    if (/^(remove|rm|prune|set-head|set-branches)$/.test(rest[0] ?? ""))
      return ["git-local", "changes the repository of the workspace"]
    return rest[0] === "update" ? ["git-fetch", "fetches from a repository"] : ["read", "only looks"]
  },
  config: (options, { args }) => judgeConfig(options, args),
  credential: () => ["credentials", "reads or stores passwords"],
  "credential-store": () => ["credentials", "reads or stores passwords"],
  "credential-cache": () => ["credentials", "reads or stores passwords"],
  "send-email": () => ["network-egress", "sends mail"],
  "imap-send": () => ["network-egress", "sends mail"],
  daemon: () => ["network-egress", "serves the repository to other machines"],
  "http-push": () => ["git-push", "sends commits to others"],
  "send-pack": () => ["git-push", "sends commits to others"],
  svn: ({ rest }) =>
    rest[0] === "dcommit"
      ? ["git-push", "sends commits to others"]
      : ["git-fetch", "fetches from a repository"],
  p4: () => ["git-push", "sends changes to others"],
  lfs: ({ rest }) =>
    rest[0] === "push"
      ? ["git-push", "sends files to others"]
      : rest[0] === "prune"
        ? ["git-history", "deletes stored files"]
        : undefined,
  subtree: ({ rest }) => (rest[0] === "push" ? ["git-push", "sends commits to others"] : undefined),
  submodule: ({ rest, has }) =>
    rest[0] === "deinit" && has("-f", "--force", "--all")
      ? ["git-history", "deletes submodules with their changes"]
      : undefined,
  rm: ({ rest, has }, { shell }) => {
    if (!has("--cached", "-n", "--dry-run")) for (const target of rest) deletesFile(shell, target, has("-r"))
    return ["git-local", "changes the repository of the workspace"]
  },
  clone: ({ rest }, { shell }) => {
    const [from = "", to] = rest
    if (/^(ext|fd)::|^-/.test(from)) return ["persistence", "runs a command while it clones"]
    if (to !== undefined) writesFile(shell, to)
    return undefined
  },
}

const judgeConfig = ({ rest, has }: Options, args: ReadonlyArray<string>): Grave => {
  const words = /^(get|set|list|unset|edit|rename-section|remove-section)$/.test(rest[0] ?? "")
    ? rest.slice(1)
    : rest
  const looks =
    has("--get", "--get-all", "--get-regexp", "--list", "-l", "--get-urlmatch", "--show-origin") ||
    /^(get|list)$/.test(rest[0] ?? "")
  if (looks || (words.length === 1 && !has("--unset", "--unset-all", "--edit", "-e"))) {
    return /credential|token|password|extraheader/i.test(words.join(" "))
      ? ["credentials", "reads secrets of git"]
      : ["read", "only looks"]
  }
  if (has("--global", "--system") || args.includes("--file") || args.includes("-f"))
    return /^(user\.(name|email)|init\.defaultbranch|core\.autocrlf|pull\.rebase|color\.\w+|advice\.\w+|push\.default|push\.autosetupremote|fetch\.prune|rerere\.enabled)$/i.test(
      words[0] ?? "",
    )
      ? ["git-local", "sets an option of git"]
      : ["persistence", "sets an option of git for everything from now on"]
  return graveSetting.test(words[0] ?? "")
    ? ["persistence", "sets an option by which git runs programs or trusts others"]
    : ["git-local", "sets an option of the repository"]
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
    for (const text of parseOptions(args, { short: "x" }).valuesOf("-x")) shell.runText(text)
  for (const text of valuesOf("--upload-pack", "--receive-pack")) shell.runText(text)
  if (verb === "clone" || verb === "fetch" || verb === "ls-remote" || verb === "pull") {
    for (const text of parseOptions(args, { short: "u" }).valuesOf("-u"))
      if (verb === "clone" || /[ /]/.test(text)) shell.runText(text)
    for (const setting of [...valuesOf("--config"), ...(verb === "clone" ? valuesOf("-c") : [])])
      judgeSetting(shell, setting, [])
    if (rest.some((word) => /^(ext|fd)::/.test(word)))
      shell.report("obfuscated", "runs a command as a transport of git (ext::)")
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
      if (/-filter$/.test(arg)) shell.runText(args[index + 1] ?? UNKNOWN)
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

/** Command lines of forges, GitHub's and GitLab's. */
const forge: Rule = ({ shell, args, name }) => {
  const { rest, has, valuesOf } = parseOptions(args, {
    short: "RXfFHqtbBalm",
    long: "--repo --method --field --raw-field --header --jq --template --title --body --json --limit --state --branch --base --head --label --assignee",
  })
  const [topic = "", verb = ""] = rest
  const text = shown([name, ...args].join(" "))
  if (topic === "auth" && (verb === "token" || has("-t", "--show-token")))
    shell.report("credentials", `shows a secret: ${text}`)
  else if (topic === "auth" && verb === "status") shell.report("read", `only looks: ${text}`)
  else if (/^(auth|secret|ssh-key|gpg-key|variable|codespace|config-set)$/.test(topic) && verb !== "list")
    shell.report("credentials", `handles secrets: ${text}`)
  else if (topic === "api") {
    const method = (
      valuesOf("-X", "--method")[0] ?? (has("-f", "-F", "--field", "--raw-field", "--input") ? "POST" : "GET")
    ).toUpperCase()
    shell.report(
      method === "GET" ? "git-fetch" : "publish",
      `${method === "GET" ? "looks at" : "changes"} the forge: ${text}`,
    )
  } else if (verb === "delete" || (topic === "repo" && /^(archive|rename|edit|deploy-key)$/.test(verb)))
    shell.report("git-history", `deletes or changes a repository or parts of it: ${text}`)
  else if (topic === "extension" || topic === "alias")
    shell.report("persistence", `adds to what ${name} does: ${text}`)
  else if (
    /^(list|view|status|diff|checks|watch|download|clone|checkout|ls|show|get)$/.test(verb) ||
    /^(search|status|browse|help|version|completion)$/.test(topic) ||
    verb === ""
  )
    shell.report("git-fetch", `looks at the forge: ${text}`)
  else shell.report("publish", `publishes to others: ${text}`)
}

const otherVcs: Rule = ({ shell, args, name }) => {
  const [verb = ""] = args.filter((arg) => !arg.startsWith("-"))
  const text = shown([name, ...args].join(" "))
  if (
    /^(status|st|log|diff|annotate|blame|info|cat|ls|list|id|identify|branch|branches|heads|tip|parents|summary|show|op|files)$/.test(
      verb,
    )
  )
    shell.report("read", `only looks: ${text}`)
  else if (
    /^(add|update|up|pull|clone|co|checkout|commit|ci|mv|move|copy|cp|merge|init|new|describe|squash|rebase|fetch)$/.test(
      verb,
    ) &&
    !(name === "svn" && /^(commit|ci)$/.test(verb))
  )
    shell.report("git-local", `changes the repository: ${text}`)
  else if (verb === "push" || (name === "svn" && /^(commit|ci|import)$/.test(verb)))
    shell.report("git-push", `sends commits to others: ${text}`)
  else shell.report("git-history", `may lose work of the repository: ${text}`)
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
