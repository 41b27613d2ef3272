/** The options and other words of a call, read as most programs read theirs. */
export interface Options {
  /** As written, without values: `-r`, `--force`. A cluster such as `-rf` is taken apart. */
  readonly flags: ReadonlySet<string>
  readonly values: ReadonlyMap<string, ReadonlyArray<string>>
  readonly rest: ReadonlyArray<string>
  readonly has: (...names: ReadonlyArray<string>) => boolean
  /** All values given to any of these options. */
  readonly valuesOf: (...names: ReadonlyArray<string>) => ReadonlyArray<string>
}

interface Grammar {
  /** Letters of short options that take a value. */
  readonly short?: string
  /** Long options that take a value, with their dashes, parted by blanks. */
  readonly long?: string
  /** The first word that is no option ends the options, as of programs that run others. */
  readonly first?: boolean
}

export const parseOptions = (args: ReadonlyArray<string>, grammar: Grammar = {}): Options => {
  const { short = "", first = false } = grammar
  const long = new Set((grammar.long ?? "").split(/\s+/))
  const values = new Map<string, Array<string>>()
  const flags = new Set<string>()
  const rest: Array<string> = []
  const put = (name: string, value: string | undefined): void => {
    flags.add(name)
    const known = values.get(name)
    if (known === undefined) values.set(name, [value ?? ""])
    else known.push(value ?? "")
  }
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ""
    if (arg === "--") {
      rest.push(...args.slice(index + 1))
      break
    }
    if (!arg.startsWith("-") || arg === "-") {
      rest.push(...(first ? args.slice(index) : [arg]))
      if (first) break
    } else if (arg.startsWith("--") || long.has(arg)) {
      const equals = arg.indexOf("=")
      const name = equals < 0 ? arg : arg.slice(0, equals)
      if (equals >= 0) put(name, arg.slice(equals + 1))
      else if (long.has(name)) put(name, args[++index])
      else flags.add(name)
    } else {
      for (let at = 1; at < arg.length && at < 64; at++) {
        const letter = arg[at] ?? ""
        if (short.includes(letter)) {
          const glued = arg.slice(at + 1)
          put(`-${letter}`, glued === "" ? args[++index] : glued.replace(/^=/, ""))
          break
        }
        flags.add(`-${letter}`)
      }
    }
  }
  return {
    flags,
    values,
    rest,
    has: (...names) => names.some((name) => flags.has(name)),
    valuesOf: (...names) => names.flatMap((name) => values.get(name) ?? []),
  }
}

/** A list of words as a table writes them. */
export const list = (text: string): ReadonlyArray<string> => text.trim().split(/\s+/)
