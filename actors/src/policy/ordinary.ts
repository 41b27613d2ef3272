import { list } from "./options.ts"

/** What an ordinary option is given, and what becomes of it. */
export type OptionKind =
  /** Nothing, or a value glued to it by `=`. */
  | "flag"
  /** The next word, which is no more than a value. */
  | "value"
  /** A file or folder that is written. */
  | "written"
  /** A file that is read. */
  | "read"
  /** A file or folder whose content the program runs or obeys, as of configurations and plugins. */
  | "obeyed"
  /** A command that the program runs. */
  | "command"
  /** The next word; all after it belongs to something else, such as a script. */
  | "last"
  /** A command up to `;` or `+`, which the program's own rule judges. */
  | "until-semicolon"
  /** Not ordinary: for programs of which all other options are. */
  | "grave"

/** What a program, or one of its subcommands, is ordinarily called with. */
export interface OrdinaryCall {
  readonly options: ReadonlyMap<string, OptionKind>
  /** What an option of kind `value` may be given, where not all of it is ordinary. */
  readonly values: ReadonlyMap<string, RegExp>
  /** Beginnings of options that are all ordinary, such as `-W` of compilers. */
  readonly prefixes: ReadonlyArray<string>
  /** Every option that is not named is ordinary too. */
  readonly anyOption: boolean
  /** Options stand before all other words; what follows belongs to something else. */
  readonly optionsFirst: boolean
  /** A first word that is none of the subcommands is a task of the project, and the rest belongs to it. */
  readonly tasks: boolean
  /** Words that are no options are subcommands, each with an entry of its own. */
  readonly subcommands: boolean
  /** A value that is a path must lie in the workspace, whatever it is for. */
  readonly confined: boolean
  /** What the words that are no options are. */
  readonly words: "any" | "last-written" | "obeyed"
}

/** By program, or program and subcommand: `git log`. Entries that only others take over begin with `_`. */
export type OrdinaryCalls = ReadonlyMap<string, OrdinaryCall>

const kinds: Readonly<Record<string, OptionKind>> = {
  ":": "value",
  ">": "written",
  "@": "read",
  "<": "obeyed",
  "!": "command",
  $: "last",
  ";": "until-semicolon",
  "~": "grave",
}

/**
 * Reads a table. Each entry begins at the start of a line with the calls it is for, parted by commas, with `|` between
 * words that mean the same, then ` = ` and its options. What follows in lines that begin with a blank belongs to it:
 *
 *     docker start|stop, podman stop = -t: --time:
 *       --attach
 *
 * An option ends with the sign of its kind (`kinds`), with `*` where all that begin with it are ordinary, or with `^` and the
 * values that are ordinary, parted by commas, in which `*` stands for anything. A word of its
 * own is `*` for any option, `+` for options that stand first, `..` for tasks, `>` for a last word that is written and `<` for
 * words that name what is run. `@call` takes over another entry's options.
 */
export const ordinaryCalls = (tables: {
  /** Of programs whose rules judge the paths that they are given, or for which paths are no more than text. */
  readonly free: ReadonlyArray<string>
  readonly confined: ReadonlyArray<string>
}): OrdinaryCalls => {
  const texts = new Map<string, string>()
  const confined = new Set<string>()
  for (const table of [...tables.free, ...tables.confined])
    for (const entry of table.split(/\n(?=\S)/)) {
      const [, names, options = ""] = /^([\s\S]+?) =(?:\s([\s\S]*))?$/.exec(entry.trim()) ?? []
      if (names === undefined) continue
      for (const name of names.replaceAll(/\|\s+/g, "|").split(/,\s*/))
        for (const call of spelledOut(name)) {
          texts.set(call, options)
          if (tables.confined.includes(table)) confined.add(call)
          else confined.delete(call)
        }
    }
  // What stands between a program and its last subcommand may be called as well.
  const verbed = new Set<string>()
  for (const call of Array.from(texts.keys()))
    for (let at = call.indexOf(" "); at >= 0; at = call.indexOf(" ", at + 1)) {
      verbed.add(call.slice(0, at))
      if (!texts.has(call.slice(0, at))) texts.set(call.slice(0, at), "")
    }
  return new Map(
    [...texts].map(([call, text]) => [
      call,
      { ...readEntry(call, text, texts), subcommands: verbed.has(call), confined: confined.has(call) },
    ]),
  )
}

/** `a|b c` means `a c` and `b c`. */
const spelledOut = (name: string): ReadonlyArray<string> =>
  name
    .trim()
    .split(/\s+/)
    .reduce<ReadonlyArray<string>>(
      (calls, word) =>
        word
          .split("|")
          .flatMap((choice) => (calls.length === 0 ? [choice] : calls.map((call) => `${call} ${choice}`))),
      [],
    )

const readEntry = (
  call: string,
  text: string,
  texts: ReadonlyMap<string, string>,
): Omit<OrdinaryCall, "subcommands" | "confined"> => {
  checkOnce(call, text)
  const options = new Map<string, OptionKind>()
  const values = new Map<string, RegExp>()
  const prefixes: Array<string> = []
  const words = list(withTaken(text, texts))
  for (const word of words) {
    if (/^([*+<>]|\.\.|)$/.test(word)) continue
    const end = word.at(-1) ?? ""
    const among = word.indexOf("^")
    if (among > 0) {
      options.set(word.slice(0, among), "value")
      values.set(word.slice(0, among), patternOf(word.slice(among + 1)))
    } else if (end === "*") prefixes.push(word.slice(0, -1))
    else {
      const kind = kinds[end]
      options.set(kind === undefined ? word : word.slice(0, -1), kind ?? "flag")
    }
  }
  return {
    options,
    values,
    prefixes,
    anyOption: words.includes("*"),
    optionsFirst: words.includes("+"),
    tasks: words.includes(".."),
    words: words.includes(">") ? "last-written" : words.includes("<") ? "obeyed" : "any",
  }
}

/** An option that is a mere value in one place of an entry and names what is run in another would count as the later. */
const checkOnce = (call: string, text: string): void => {
  const seen = new Map<string, string>()
  for (const [, name = "", sign = ""] of text.matchAll(/(?<=^|\s)(-[^\s^]*?)([:><@!~]?)(?=\s|$)/g)) {
    const before = seen.get(name)
    if (before !== undefined && before !== sign && /[><@!~]/.test(before + sign))
      throw new Error(`${call} has ${name} twice, of different kinds`)
    seen.set(name, sign)
  }
}

/** `a,b*` means `a`, and all that begins with `b`. */
const patternOf = (text: string): RegExp =>
  new RegExp(
    `^(${text
      .split(",")
      .map((one) => one.replaceAll(/[.+?()[\]{}|\\]/g, (sign) => `\\${sign}`).replaceAll("*", ".*"))
      .join("|")})$`,
  )

/** The options of an entry with those that it takes over before its own, which therefore hold. */
const withTaken = (text: string, texts: ReadonlyMap<string, string>): string =>
  text.replaceAll(/@([\w-]+(?:\/[\w-]+)*)/g, (_, call: string) => {
    const taken = texts.get(call.replaceAll("/", " "))
    if (taken === undefined) throw new Error(`no entry ${call} in the table of ordinary calls`)
    return withTaken(taken, texts)
  })
