import type { PaneRuntime, WorkspaceOwner } from "../container/PaneRuntime.ts"

export const notesName = "NOTES.md"
/** What agents are asked to keep below; they read the file whole. */
export const notesLimitBytes = 16_384

const readMillis = 10_000
/** Bash source: the size of $1 if it is a file of its own. */
const sizeScript = '[ -f "$1" ] && [ ! -L "$1" ] && wc -c <"$1"'

/**
 * What an agent is told, in the first prompt of a conversation, about the notes of the project: a file that outlives
 * conversations, agents and hosts. The content is not in it, for it is an agent's work, not our word. Never fails: without
 * an answer from the workspace the notes are as good as not there.
 */
export const notesPreface = async (
  runtime: PaneRuntime,
  owner: WorkspaceOwner,
  folder: string,
): Promise<string> => {
  const argv = ["bash", "--noprofile", "--norc", "-c", sizeScript, "maillm", `${folder}/${notesName}`]
  const size = await runtime.run(owner, argv, { timeoutMillis: readMillis, outputLimitBytes: 100 }).then(
    ({ exitCode, stdout }) => (exitCode === 0 ? Number(stdout.toString().trim()) : 0),
    () => 0,
  )
  return prefaceFor(folder, Number.isInteger(size) ? size : 0)
}

/** The same for a known size in bytes; 0 when there are no notes yet. */
export const prefaceFor = (folder: string, sizeBytes: number): string => {
  const path = `${folder}/${notesName}`
  const keep = `Keep in it, in a few short lines, what the next conversation has to know: how to build and test, decisions and their reasons, what is left to do. No secrets, nothing that the code says itself, less than ${notesLimitBytes / 1_024} KiB.`
  if (sizeBytes === 0)
    return `This project has no notes of earlier conversations. If your work brings something worth knowing next time, write it to ${path}. ${keep}`
  const long =
    sizeBytes > notesLimitBytes
      ? ` It has grown to ${Math.ceil(sizeBytes / 1_024)} KiB: read its first ${notesLimitBytes / 1_024} KiB and shorten it.`
      : ""
  return `Notes of earlier conversations about this project are in ${path}: read them first, and bring them up to date when your work changes what they say.${long} ${keep}`
}
