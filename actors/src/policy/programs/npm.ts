import { pathsOf } from "../files.ts"
import { parseOptions } from "../options.ts"
import { noOutput } from "../outputs.ts"
import { UNKNOWN, placeOf } from "../paths.ts"
import type { Call, Rule, Shell } from "../Shell.ts"
import { shown } from "../Verdict.ts"
import { asksForHelp } from "../verbs.ts"
import { isLocal } from "../addresses.ts"
import { inProduction } from "./databases.ts"
import { bunCode } from "./interpreters.ts"

/** Sources of packages that are no registry: anybody's code. */
export const foreignSource =
  /^(git\+|git:|https?:|ssh:|github:|gitlab:|bitbucket:|ftp:)|^[\w.-]+@[\w.-]+:|\.(tgz|tar\.gz|zip|whl)$/i
const publishing =
  /(^|[:_-])(publish|release|deploy|ship|promote|prod(uction)?|destroy|nuke|wipe|db:(drop|reset|wipe)|reset-db|drop-db|uninstall)($|[:_-])/i

/** Scripts of a project: what they do stands in the project, but some names say that they reach others. */
export const runsProjectScript = (shell: Shell, name: string, script: string): void => {
  if (/migrat|seed|(^|:)db(:|$)/i.test(script) && inProduction(shell))
    shell.report("database-write", `works on what is in production: ${shown(`${name} ${script}`)}`)
  if (
    publishing.test(script) &&
    !/dry|check|test|lint|preview|local|status|plan|validate|build/i.test(script)
  )
    shell.report(
      "publish",
      `runs a script of the project that publishes or destroys: ${shown(`${name} ${script}`)}`,
    )
  else shell.report("project-script", `runs a script of the project: ${shown(`${name} ${script}`)}`)
}

const registryOption =
  /^--(registry|index-url|extra-index-url|index|trusted-host|find-links|proxy|https-proxy|source|default-index|repository|repository-url)$/

export const foreignRegistry = (shell: Shell, args: ReadonlyArray<string>): void => {
  for (const [index, arg] of args.entries()) {
    const [option = "", given] = arg.split("=", 2)
    const value = given ?? args[index + 1] ?? ""
    if (
      (registryOption.test(option) || (arg === "-i" && /^https?:/.test(value))) &&
      !isLocal(value) &&
      !/registry\.(npmjs|yarnpkg)\.(org|com)|pypi\.org|rubygems\.org|crates\.io|download\.pytorch\.org/.test(
        value,
      )
    )
      shell.report("code-from-network", `installs from another source: ${shown(value)}`)
  }
}

/** `npm pkg set scripts.x=command`. */
const setsScripts = (shell: Shell, settings: ReadonlyArray<string>): void => {
  shell.report("workspace-write", `changes the project: ${shown(settings.join(" "))}`)
  for (const setting of settings) {
    const script = /^scripts\.([\w:-]+)=([\s\S]*)$/.exec(setting)
    if (script === null) continue
    if (/^(pre|post)|^(install|prepare)/.test(script[1] ?? ""))
      shell.report("persistence", `makes a command run by itself: ${shown(setting)}`)
    shell.runText(script[2] ?? "")
  }
}

const isBunCode = ({ name, args }: Call, first: string | undefined): boolean =>
  name === "bun" &&
  args.some((arg) => /^(-e|-p|--eval|--print)$/.test(arg)) &&
  (first === undefined || /\s|[.(]/.test(first))

/** `npm install words`: packages of a registry are ordinary, code from anywhere else is not. */
const judgeInstall = (shell: Shell, verb: string, words: ReadonlyArray<string>, text: string): void => {
  const foreign = words.find(
    (word) =>
      (foreignSource.test(word) || /^[A-Za-z\d][\w.-]*\/[\w.-]+$/.test(word)) &&
      !word.startsWith("./") &&
      !word.startsWith("../"),
  )
  const makes = /^(create|init|innit)$/.test(verb) && words[0] !== undefined && !knownTemplates.test(words[0])
  const outside = words.some(
    (word) =>
      /^(\/|~|file:\/)/.test(word) &&
      pathsOf(shell, word.replace(/^file:\/*(?=\/)/, "")).some(
        (path) => !["workspace", "whole-workspace"].includes(placeOf(path, shell.context)),
      ),
  )
  if (outside) shell.report("unknown", `installs what lies outside the workspace: ${text}`)
  if (foreign !== undefined || makes)
    shell.report("code-from-network", `fetches code from elsewhere: ${shown(foreign ?? words[0] ?? "")}`)
  else shell.report("install-project", `installs what the project needs: ${text}`)
}

export const npm: Rule = (call) => {
  const { shell, args, name, input } = call
  const { rest, has, valuesOf } = parseOptions(args, {
    short: "CwFc",
    long: "--prefix --workspace --filter --cwd --dir --registry --loglevel --tag --access --otp --call --package --scope --omit --include --script-shell --depth --cache",
  })
  const [verb = "", ...words] = rest[0] === "npm" && name === "yarn" ? rest.slice(1) : rest
  const text = shown([name, ...args].join(" "))
  foreignRegistry(shell, args)
  if (isBunCode(call, rest[0])) return bunCode(call)
  if (
    has("-g", "--global") ||
    valuesOf("--location").includes("global") ||
    args.includes("--location=global") ||
    (name === "yarn" && verb === "global")
  )
    if (/^(ls|list|outdated|bin|root|prefix|view)$/.test(verb)) return
    else return shell.report("install-system", `installs for the whole machine: ${text}`)
  for (const folder of valuesOf("--prefix", "--cwd", "--dir", "-C"))
    for (const path of pathsOf(shell, folder))
      if (["outside", "temporary"].includes(placeOf(path, shell.context)))
        shell.report("install-system", `installs or runs outside the workspace: ${shown(path)}`)
  if (valuesOf("--script-shell").length > 0)
    shell.report("obfuscated", "has scripts run by another program (--script-shell)")
  const known = npmVerbs.get(verb)
  if (verb === "" || (asksForHelp(args) && !/^(exec|x|dlx|run)$/.test(verb))) {
    // A bare yarn installs.
    shell.report(name === "yarn" && verb === "" ? "install-project" : "read", text)
    return
  }
  if (known === "exec") {
    for (const script of valuesOf("-c", "--call")) shell.runText(script)
    const from = args.includes("--")
      ? args.slice(args.indexOf("--") + 1)
      : args.slice(args.indexOf(verb) + 1).filter((arg, index) => index > 0 || !arg.startsWith("-"))
    return runsPackage(call, from, input, valuesOf("--package", "-p"))
  }
  if (known === "run") {
    const exec = verb === "workspaces" ? words.indexOf("exec") : -1
    if (exec >= 0) return shell.runWords(args.slice(args.indexOf("exec") + 1), input)
    const script = /^(run|run-script|rum|workspaces?)$/.test(verb) ? words[0] : verb
    if (script !== undefined) runsProjectScript(shell, `${name} run`, script)
  } else if ((verb === "plugin" && words[0] === "import") || (verb === "set" && words[0] === "version")) {
    shell.report("code-from-network", `fetches what ${name} then runs: ${text}`)
  } else if (verb === "node" && name === "yarn") {
    shell.runWords(args.slice(args.indexOf("node")), input)
  } else if (verb === "link" && words.length === 0) {
    shell.report("install-system", `installs for the whole machine: ${text}`)
  } else if (verb === "pkg" && /^(set|delete|fix)$/.test(words[0] ?? "")) {
    setsScripts(shell, words.slice(1))
  } else if (known === "install") {
    judgeInstall(shell, verb, words, text)
  } else if (known === "publish") shell.report("publish", `publishes to others: ${text}`)
  else if (known === "credentials") shell.report("credentials", `handles secrets: ${text}`)
  else if (known === "read") shell.report("read", `only looks: ${text}`)
  else if (verb === "config" || verb === "set" || verb === "get" || verb === "c") {
    if (/^(get|list|ls)$/.test(words[0] ?? "") || verb === "get" || words.length === 0) {
      if (/auth|token|password/i.test(text) || args.includes("-l"))
        shell.report("credentials", `reads secrets: ${text}`)
    } else shell.report("persistence", `sets an option for everything from now on: ${text}`)
  } else if (verb === "cache") shell.report("temporary-files", `works with the cache: ${text}`)
  else if (name === "yarn" || name === "pnpm" || name === "bun") {
    // Any other word is a script of the project, or a program that it installed.
    if (name === "bun" && /\.[cm]?[jt]sx?$/.test(verb))
      shell.report("project-script", `runs a script: ${shown(verb)}`)
    else runsProjectScript(shell, name, verb)
  } else shell.report("unknown", `is a call that is not known: ${text}`)
}

type NpmVerb = "run" | "install" | "publish" | "credentials" | "read" | "exec"

const npmVerbs = new Map<string, NpmVerb>([
  ...entries("run run-script test t tst start stop restart rum workspaces workspace", "run"),
  ...entries(
    "install i in ci install-ci-test cit install-test it add update up upgrade dedupe ddp prune rebuild uninstall un remove rm r unlink link ln audit import fund-x patch patch-commit init create innit pack shrinkwrap dlx-x outdated-x version pkg approve-builds immutable",
    "install",
  ),
  ...entries(
    "publish unpublish deprecate dist-tag dist-tags owner author access team org star unstar hook deploy tag",
    "publish",
  ),
  ...entries("token login logout adduser add-user whoami-x profile", "credentials"),
  ...entries(
    "ls list ll la view info show v outdated explain why root bin prefix search find ping whoami help help-search doctor docs bugs repo home fund query sbom diff licenses store env set-script completion --version -v",
    "read",
  ),
  ...entries("exec x dlx", "exec"),
])

function entries(words: string, verb: NpmVerb): ReadonlyArray<readonly [string, NpmVerb]> {
  return words.split(" ").map((word) => [word, verb] as const)
}

/** Templates of projects that everybody uses, by their names after `create-`. */
const knownTemplates =
  /^(@vitejs\/|@angular\/|@nestjs\/|@sveltejs\/|@eslint\/|@tauri-apps\/)?(create-)?(vite|vite-app|app|next-app|react-app|vue|svelte|astro|remix|nuxt|nuxi|solid|qwik|t3-app|expo|expo-app|react-native-app|tauri-app|electron-app|electron-vite|docusaurus|fastify|hono|elysia|playwright|config|hydrogen|turbo|nx-workspace|lit|preact|gatsby|strapi-app|medusa-app|payload-app|vitepress|eslint-config|sv)(@[\w.^~-]+)?$/

/** A program of a package that may have to be fetched first: one that has rules is judged by them. */
export const runsPackage = (
  call: Pick<Call, "shell" | "name">,
  words: ReadonlyArray<string>,
  input: Call["input"],
  packages: ReadonlyArray<string> = [],
) => {
  const { shell, name } = call
  const from = words.findIndex((word) => !word.startsWith("-"))
  if (from < 0) return noOutput
  const [program = "", ...args] = words.slice(from)
  const foreign = [program, ...packages].find((word) => foreignSource.test(word))
  if (foreign !== undefined || program.includes(UNKNOWN)) {
    shell.report("code-from-network", `fetches code and runs it: ${shown([name, ...words].join(" "))}`)
    return noOutput
  }
  const plain = program.replace(/(?<=.)@[^/]*$/, "")
  const short = packagePrograms[plain] ?? (plain.startsWith("@") ? "" : plain)
  if (/^create-|\/create-/.test(plain) && knownTemplates.test(plain)) {
    shell.report("install-project", `makes a project from a template: ${shown(plain)}`)
    return noOutput
  }
  if (short === "" || neverByPackage.has(short) || !shell.knows(short)) {
    shell.report("code-from-network", `fetches a package and runs it: ${shown([name, ...words].join(" "))}`)
    return noOutput
  }
  return shell.runWords([short, ...args], input)
}

/** Names of system programs: a package of that name is something else. */
const neverByPackage = new Set("sh bash rm curl wget ssh sudo cat ls cp mv env nc dd".split(" "))
const packagePrograms: Readonly<Record<string, string>> = {
  "@biomejs/biome": "biome",
  "@angular/cli": "ng",
  "@vue/cli": "vue",
  "@nestjs/cli": "nest",
  "@playwright/test": "playwright",
  "@redocly/cli": "redocly",
  "@openapitools/openapi-generator-cli": "openapi-generator-cli",
  "@changesets/cli": "changeset",
  "@tailwindcss/cli": "tailwindcss",
  "@storybook/cli": "storybook",
  "@arethetypeswrong/cli": "attw",
  typescript: "tsc",
  "ts-node": "ts-node",
  "@stoplight/spectral-cli": "spectral",
  "@sentry/wizard": "",
}

export const npx: Rule = (call) => {
  const { shell, args, input } = call
  const { rest, valuesOf } = parseOptions(args, {
    short: "pcw",
    long: "--package --call --workspace --from --with --python --spec",
    first: true,
  })
  for (const text of valuesOf("-c", "--call")) shell.runText(text)
  if (rest.length === 0) return
  foreignRegistry(shell, args)
  return runsPackage(call, rest, input, valuesOf("-p", "--package", "--from", "--with", "--spec"))
}
