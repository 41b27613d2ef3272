import { deletesFile, writesFile } from "../files.ts"
import type { Options } from "../options.ts"
import type { Call } from "../Shell.ts"

/** Settings that make git run programs, trust others or send elsewhere. */
export const graveSetting =
  /^(core\.(hookspath|sshcommand|pager|editor|fsmonitor|gitproxy|askpass|attributesfile|worktree)|alias\.|credential\.|url\..*\.(insteadof|pushinsteadof)|filter\.|diff\..*(textconv|command)|diff\.external|difftool\.|mergetool\.|merge\..*driver|gpg\.|include(if)?\.|http\..*(proxy|sslverify|extraheader|cookiefile)|http\.(proxy|sslverify|extraheader|cookiefile)|protocol\.|remote\..*(url|pushurl|receivepack|uploadpack|proxy)|sequence\.editor|pager\.|interactive\.difffilter|uploadpack\.|receive\.|safe\.directory|init\.templatedir|sendemail\.|browser\.|man\.|web\.|transfer\.|submodule\..*update|trailer\..*(cmd|command)|guitool\.|instaweb\.)/i

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
export const graveVerbs: Readonly<Record<string, (options: Options, call: Call) => Grave | undefined>> = {
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
    const paths = args.includes("--") ? args.slice(args.indexOf("--") + 1) : rest.slice(1)
    // One file by its name is small enough to be looked at before.
    if (
      !has("-b", "-B", "--orphan") &&
      paths.some((path) => !/\.\w+$/.test(path) || /[*?[]/.test(path)) &&
      (args.includes("--") ||
        /\//.test(paths[0] ?? "") ||
        /^(src|lib|app|test|tests|packages)$/.test(paths[0] ?? ""))
    )
      return ["git-history", "throws away changes of many files that are not committed"]
    return has("-B") ? ["git-history", "overwrites a branch"] : undefined
  },
  switch: ({ has }) =>
    has("-f", "--force", "--discard-changes", "-C", "--force-create")
      ? ["git-history", "throws away changes that are not committed"]
      : undefined,
  restore: ({ has, rest }) =>
    has("--staged", "-S") && !has("--worktree", "-W")
      ? undefined
      : discards(rest) || rest.some((path) => !/\.\w+$/.test(path) || /[*?[\u0001]/.test(path))
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
  "sparse-checkout": ({ rest }) =>
    /^(set|disable|init|reapply|clean)$/.test(rest[0] ?? "")
      ? ["git-history", "takes files out of the working tree"]
      : undefined,
  "update-index": ({ flags }) =>
    [...flags].some((flag) =>
      /^--(assume-unchanged|skip-worktree|force-remove|cacheinfo|index-info)/.test(flag),
    )
      ? ["git-history", "hides changes from git, or writes them past the files"]
      : undefined,
  apply: ({ has }) =>
    has("--unsafe-paths") ? ["git-history", "may write outside of the repository"] : undefined,
  maintenance: ({ rest }) =>
    /^(start|register|stop|unregister)$/.test(rest[0] ?? "")
      ? ["persistence", "makes git run by itself from now on"]
      : undefined,
  rebase: ({ has, flags }) =>
    has("--root") || [...flags].some((flag) => flag.startsWith("--onto"))
      ? ["git-history", "rewrites the whole history"]
      : undefined,
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
    if (/^(set-url|add|rename|remove|rm)$/.test(rest[0] ?? ""))
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
  flow: ({ rest }) =>
    rest.includes("publish") || rest.includes("finish")
      ? ["git-push", "sends or merges what others have"]
      : undefined,
  lfs: ({ rest, has }) =>
    rest[0] === "push"
      ? ["git-push", "sends files to others"]
      : rest[0] === "install" && !has("--local")
        ? ["persistence", "sets options of git for everything from now on"]
        : rest[0] === "prune"
          ? ["git-history", "deletes stored files"]
          : undefined,
  subtree: ({ rest }) => (rest[0] === "push" ? ["git-push", "sends commits to others"] : undefined),
  submodule: ({ rest, has }) =>
    /^(deinit|update)$/.test(rest[0] ?? "") && has("-f", "--force", "--all")
      ? ["git-history", "deletes submodules with their changes"]
      : undefined,
  "read-tree": ({ has }) =>
    has("--empty", "--reset", "-u") ? ["git-history", "throws away what is to be committed"] : undefined,
  "checkout-index": ({ has }) =>
    has("-f", "--force") ? ["git-history", "throws away changes that are not committed"] : undefined,
  rm: ({ rest, has }, { shell }) => {
    if (has("--cached") && has("-r") && discards(rest))
      return ["git-history", "takes everything out of what is to be committed"]
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
  if (has("--unset", "--unset-all", "--remove-section", "--edit", "-e") && has("--global", "--system"))
    return ["persistence", "changes options of git for everything from now on"]
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
