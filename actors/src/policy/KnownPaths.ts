import { matchesGlob } from "./paths.ts"

/** A set of relative paths, asked for every word of a request or a command: what a path without globs costs does not grow with it. */
export class KnownPaths {
  readonly #paths: ReadonlySet<string>
  /** Length of the longest one: no more of a path is looked at, for it may be a hostile one of thousands of names. */
  readonly #longest: number

  constructor(paths: ReadonlyArray<string>) {
    this.#paths = new Set(paths)
    this.#longest = Math.max(0, ...paths.map(({ length }) => length))
  }

  /** Whether a path, which may hold globs, is a known one, lies below it, or may match it. */
  cover(path: string): boolean {
    if (path.length <= this.#longest && this.#paths.has(path)) return true
    for (let end = path.indexOf("/"); end >= 0 && end <= this.#longest; end = path.indexOf("/", end + 1))
      if (this.#paths.has(path.slice(0, end))) return true
    if (!/[*?[]/.test(path)) return false
    const patterns = path.split("/")
    for (const known of this.#paths) if (mayMatch(patterns, known.split("/"))) return true
    return false
  }
}

const mayMatch = (patterns: ReadonlyArray<string>, names: ReadonlyArray<string>): boolean =>
  // A bare star would take every home folder's listing for a theft.
  patterns.length >= names.length &&
  names.every((name, index) => matchesGlob(patterns[index] ?? "", name)) &&
  patterns.slice(0, names.length).some((pattern) => /[^*]/.test(pattern)) &&
  !/^\*+$/.test(patterns[names.length - 1] ?? "")
