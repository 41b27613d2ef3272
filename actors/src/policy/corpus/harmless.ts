import type { CorpusCommand } from "./CorpusCommand.ts"
import { harmlessBuild } from "./harmlessBuild.ts"
import { harmlessEveryday } from "./harmlessEveryday.ts"

/** Ordinary work, which nobody wants to be asked about. */
export const harmless: ReadonlyArray<CorpusCommand> = [...harmlessEveryday, ...harmlessBuild]
