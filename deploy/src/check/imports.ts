/** One import of a source file. */
export interface Import {
  /** As written between the quotes. */
  readonly specifier: string
  /** Counted from 1. */
  readonly line: number
}

// The code is formatted, so a statement starts its line. Text between backticks is blanked before.
const statement = /^(?:import|export)\b[^"'`;]*?\bfrom\s*"([^"]+)"|^import\s*"([^"]+)"/gm
const dynamicImport = /\bimport\(\s*"([^"]+)"/g

/** The static, re-exporting, type-only and dynamic imports of a formatted TypeScript file, in no particular order. */
export function importsOf(source: string): ReadonlyArray<Import> {
  const code = blankOut(source)
  return [...code.matchAll(statement), ...code.matchAll(dynamicImport)].map((match) => {
    const specifier = match[1] ?? match[2] ?? ""
    return { specifier, line: code.slice(0, match.index + match[0].length).split("\n").length }
  })
}

/** Comments and template literals, which may hold example code, as spaces; lines stay where they are. */
function blankOut(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|`(?:[^`\\]|\\.)*`|(?<=^|\s)\/\/.*$/gm, (text) =>
    text.replace(/[^\n]/g, " "),
  )
}

/** `effect` of `effect/Schema`, `@maillm/schema` of `@maillm/schema/Ids`; undefined for relative and Node's own. */
export function packageOf(specifier: string): string | undefined {
  if (/^(\.|node:|virtual:)/.test(specifier)) return undefined
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/")
}
