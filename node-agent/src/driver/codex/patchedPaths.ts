import { resolve } from "node:path"

const named = /^\s*\*\*\* (?:(?:Add|Update|Delete) File|Move to):[ \t]*(.*?)\s*$/gm

/** Every file that a patch in Codex's format names, absolute, each once. */
export const patchedPaths = (patch: string, cwd: string): ReadonlyArray<string> => [
  ...new Set([...patch.matchAll(named)].map(([, path = ""]) => resolve(cwd, path))),
]
