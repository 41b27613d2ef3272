import { writesFile } from "../files.ts"
import { parseOptions } from "../options.ts"
import type { Rule } from "../Shell.ts"
import { shown } from "../Verdict.ts"

/** Command lines of forges, GitHub's and GitLab's. */
export const forge: Rule = ({ shell, args, name }) => {
  const { rest, has, valuesOf } = parseOptions(args, {
    short: "RXfFHqtbBalm",
    long: "--repo --method --field --raw-field --header --jq --template --title --body --json --limit --state --branch --base --head --label --assignee",
  })
  const [topic = "", verb = ""] = rest
  if (
    name === "hub" &&
    /^(push|pull|fetch|clone|commit|checkout|merge|add|status|log|diff|reset|clean|branch)$/.test(topic)
  ) {
    shell.runWords(["git", ...args])
    return
  }
  const text = shown([name, ...args].join(" "))
  if (topic === "auth" && (verb === "token" || has("-t", "--show-token")))
    shell.report("credentials", `shows a secret: ${text}`)
  else if (topic === "auth" && verb === "status") shell.report("read", `only looks: ${text}`)
  else if (
    /^(auth|secret|ssh-key|gpg-key|variable|codespace|config-set)$/.test(topic) &&
    (verb !== "list" || topic === "variable")
  )
    shell.report("credentials", `handles secrets: ${text}`)
  else if (topic === "api") {
    const method = (
      valuesOf("-X", "--method")[0] ?? (has("-f", "-F", "--field", "--raw-field", "--input") ? "POST" : "GET")
    ).toUpperCase()
    const asks =
      rest[1] === "graphql" &&
      valuesOf("-f", "--raw-field").every((field) => /^query=\s*(query\b|\{)|^\w+=[\w-]*$/.test(field))
    if (asks) return shell.report("git-fetch", `looks at the forge: ${text}`)
    shell.report(
      method === "GET" ? "git-fetch" : "publish",
      `${method === "GET" ? "looks at" : "changes"} the forge: ${text}`,
    )
  } else if (topic === "repo" && verb === "clone") {
    if (rest[3] !== undefined) writesFile(shell, rest[3])
    shell.report("git-fetch", `fetches a repository: ${text}`)
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

/** Version control that is not git. */
export const otherVcs: Rule = ({ shell, args, name }) => {
  const [verb = ""] = args.filter((arg) => !arg.startsWith("-"))
  const text = shown([name, ...args].join(" "))
  if (
    /^(status|st|log|diff|annotate|blame|info|cat|ls|list|id|identify|branch|branches|heads|tip|parents|summary|show|op|files)$/.test(
      verb,
    )
  )
    shell.report("read", `only looks: ${text}`)
  else if (
    /^(update|up|checkout|co)$/.test(verb) &&
    args.some((arg) => /^(-C|--clean|-f|--force|--discard)$/.test(arg))
  )
    shell.report("git-history", `throws away changes: ${text}`)
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
