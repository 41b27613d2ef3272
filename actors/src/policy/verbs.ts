import type { ActionClass } from "@maillm/schema/Policy"
import { type Options, list, parseOptions } from "./options.ts"
import type { Call, Output, Rule } from "./Shell.ts"
import { shown } from "./Verdict.ts"

/** A program with subcommands, such as `kubectl get`: what class each of them is. */
export interface VerbTable {
  /** Options that take a value, which is then no subcommand. */
  readonly short?: string
  readonly long?: string
  /** By class: subcommands parted by commas, each of one to three words; `*` stands for any word. */
  readonly verbs: Partial<Record<ActionClass, string>>
  /** The class of all other subcommands. */
  readonly other: ActionClass
  /** What the program is about, for the reason: "changes the cluster". */
  readonly about?: Partial<Record<ActionClass, string>>
  /** Judged besides. */
  readonly also?: (call: Call, options: Options) => Output | void
}

/** The rule of a program with subcommands. `--help` and `--version` anywhere only read. */
export const verbRule = (table: VerbTable): Rule => {
  const classes = new Map<string, ActionClass>()
  for (const [name, text] of Object.entries(table.verbs))
    for (const verb of text.split(","))
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a table's keys are classes, which entries does not say
      classes.set(verb.trim().replaceAll(/\s+/g, " "), name as ActionClass)
  return (call) => {
    const options = parseOptions(call.args, {
      ...(table.short === undefined ? {} : { short: table.short }),
      ...(table.long === undefined ? {} : { long: table.long }),
    })
    const output = table.also?.(call, options)
    if (asksForHelp(call.args)) return output ?? undefined
    const found = classOf(options.rest, classes) ?? table.other
    const words = [call.name, ...options.rest.slice(0, 3)].join(" ")
    call.shell.report(found, `${table.about?.[found] ?? reasons[found] ?? "runs"}: ${shown(words)}`)
    return output ?? undefined
  }
}

const changesMore =
  /^(rm|remove|delete|del|destroy|prune|push|import|set|unset|add|create|edit|install|uninstall|upgrade|mount|unmount|kill|reset)$/

const classOf = (
  words: ReadonlyArray<string>,
  classes: ReadonlyMap<string, ActionClass>,
): ActionClass | undefined => {
  const [a = "", b = "", c = ""] = words
  for (const key of [`${a} ${b} ${c}`, `${a} * ${c}`, `${a} ${b}`, `* ${b}`, a]) {
    const found = classes.get(key.trim())
    // `images` only looks, and `images rm` does not.
    if (found === "read" && key === a && changesMore.test(b)) return undefined
    if (found !== undefined) return found
  }
  return a === "" ? "read" : undefined
}

/** Whether a call only asks for the program's help or version. */
export const asksForHelp = (args: ReadonlyArray<string>): boolean =>
  args.includes("--help") ||
  // With more around it, it is the version of something else: `helm upgrade app chart --version 1.2`.
  (args.length <= 2 && args.at(-1) === "--version") ||
  (args.length === 1 && list("-h -V -v -version help version -help").includes(args[0] ?? ""))

const reasons: Partial<Record<ActionClass, string>> = {
  read: "only looks",
  container: "works with the project's containers",
  infrastructure: "changes or deletes infrastructure",
  publish: "publishes to others",
  credentials: "handles secrets",
  "install-system": "changes what is installed on the machine",
  "install-project": "installs what the project needs",
  "project-script": "runs the project's own code",
  "database-destroy": "destroys data in a database",
  "database-write": "changes a database",
  system: "changes the running system",
  privilege: "takes more rights than it was given",
  "network-egress": "talks to other machines",
  "workspace-write": "writes in the workspace",
  unknown: "is a call that is not known",
  persistence: "makes something run by itself later",
}

/** One rule for many names. */
export const forNames = (names: string, rule: Rule): Record<string, Rule> =>
  Object.fromEntries(list(names).map((name) => [name, rule]))
