import { type ParsedScript, parse } from "unbash"

/** Longest command that is analysed, UTF-16 units; also of all the scripts within it together, times 16. */
export const scriptLimit = 65_536

export type ParseOutcome =
  | { readonly script: ParsedScript }
  | { readonly problem: string; readonly hostile: boolean }

/** Reads a script with the grammar of bash 5.3. Its nested scripts carry errors of their own. */
export const parseScript = (text: string): ParseOutcome => {
  if (text.length > scriptLimit) return { problem: "is longer than 64 KiB", hostile: true }
  const script = parse(text)
  const error = script.errors?.[0]
  return error === undefined
    ? { script }
    : { problem: `cannot be read as a shell command (${error.message})`, hostile: false }
}
