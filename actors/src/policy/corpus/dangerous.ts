import { dangerousContrast1 } from "./dangerousContrast1.ts"
import { dangerousContrast2 } from "./dangerousContrast2.ts"
import { dangerousContrast3 } from "./dangerousContrast3.ts"
import { dangerousUnseen1 } from "./dangerousUnseen1.ts"
import type { CorpusCommand } from "./CorpusCommand.ts"
import { dangerousOrdinary3 } from "./dangerousOrdinary3.ts"
import { dangerousOrdinary2 } from "./dangerousOrdinary2.ts"
import { dangerousOrdinary1 } from "./dangerousOrdinary1.ts"
import { dangerousOptions5 } from "./dangerousOptions5.ts"
import { dangerousOptions4 } from "./dangerousOptions4.ts"
import { dangerousOptions3 } from "./dangerousOptions3.ts"
import { dangerousOptions2 } from "./dangerousOptions2.ts"
import { dangerousOptions1 } from "./dangerousOptions1.ts"
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
import { dangerousOrdinary4 } from "./dangerousOrdinary4.ts"
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
  ...dangerousOptions1,
  ...dangerousOptions2,
  ...dangerousOptions3,
  ...dangerousOptions4,
  ...dangerousOptions5,
  ...dangerousOrdinary1,
  ...dangerousOrdinary2,
  ...dangerousOrdinary3,
  ...dangerousOrdinary4,
  ...dangerousContrast1,
  ...dangerousContrast2,
  ...dangerousContrast3,
  ...dangerousUnseen1,
]
