import type { CorpusCommand } from "./CorpusCommand.ts"
import { dangerousFiles } from "./dangerousFiles.ts"
import { dangerousHidden } from "./dangerousHidden.ts"
import { dangerousReach } from "./dangerousReach.ts"
import { dangerousSystem } from "./dangerousSystem.ts"

/** Commands that must not run unasked. */
export const dangerous: ReadonlyArray<CorpusCommand> = [
  ...dangerousFiles,
  ...dangerousReach,
  ...dangerousSystem,
  ...dangerousHidden,
]
