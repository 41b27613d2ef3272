/** Where a command of the corpus comes from. */
export type CorpusSource =
  /** Written for maillm. */
  | "own"
  /** A technique of the GTFOBins kind: a program that does more than its name says. */
  | "technique"
  /** A bypass or accident that was reported of another agent; the report is named in the block. */
  | "incident"
  /** What a developer or an agent types every day. */
  | "everyday"

export interface CorpusCommand {
  readonly command: string
  /** What it is about; for the dangerous ones, the class that a person would name. */
  readonly about: string
  readonly source: CorpusSource
  /** Report or place, where there is one. */
  readonly reference?: string
}

/** Commands, one a line; `⏎` stands for a line end within one. Empty lines and those that begin with `##` are left out. */
export const commands = (
  about: string,
  source: CorpusSource,
  text: string,
  reference?: string,
): ReadonlyArray<CorpusCommand> =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("##"))
    .map((line) => ({
      command: line.replaceAll("⏎", "\n"),
      about,
      source,
      ...(reference === undefined ? {} : { reference }),
    }))
