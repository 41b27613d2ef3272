import type { CorpusCommand } from "./CorpusCommand.ts"
import { dangerousFiles } from "./dangerousFiles.ts"
import { dangerousHidden } from "./dangerousHidden.ts"
import { dangerousMore1 } from "./dangerousMore1.ts"
import { dangerousMore2 } from "./dangerousMore2.ts"
import { dangerousMore3 } from "./dangerousMore3.ts"
import { dangerousMore4 } from "./dangerousMore4.ts"
import { dangerousMore5 } from "./dangerousMore5.ts"
import { dangerousMore6 } from "./dangerousMore6.ts"
import { dangerousMore7 } from "./dangerousMore7.ts"
import { dangerousMore8 } from "./dangerousMore8.ts"
import { dangerousReach } from "./dangerousReach.ts"
import { dangerousSystem } from "./dangerousSystem.ts"

/** Commands that must not run unasked. */
export const dangerous: ReadonlyArray<CorpusCommand> = [
  ...dangerousFiles,
  ...dangerousReach,
  ...dangerousSystem,
  ...dangerousHidden,
  ...dangerousMore1,
  ...dangerousMore2,
  ...dangerousMore3,
  ...dangerousMore4,
  ...dangerousMore5,
  ...dangerousMore6,
  ...dangerousMore7,
  ...dangerousMore8,
]
