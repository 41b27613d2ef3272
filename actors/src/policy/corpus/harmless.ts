import { harmlessContrast1 } from "./harmlessContrast1.ts"
import { harmlessContrast2 } from "./harmlessContrast2.ts"
import { harmlessContrast3 } from "./harmlessContrast3.ts"
import { harmlessContrast4 } from "./harmlessContrast4.ts"
import { harmlessUnseen1 } from "./harmlessUnseen1.ts"
import { harmlessUnseen2 } from "./harmlessUnseen2.ts"
import type { CorpusCommand } from "./CorpusCommand.ts"
import { harmlessOptions3 } from "./harmlessOptions3.ts"
import { harmlessOptions4 } from "./harmlessOptions4.ts"
import { harmlessOptions2 } from "./harmlessOptions2.ts"
import { harmlessOptions1 } from "./harmlessOptions1.ts"
import { harmlessBuild } from "./harmlessBuild.ts"
import { harmlessEveryday } from "./harmlessEveryday.ts"
import { harmlessMore1 } from "./harmlessMore1.ts"
import { harmlessMore2 } from "./harmlessMore2.ts"
import { harmlessMore3 } from "./harmlessMore3.ts"
import { harmlessMore4 } from "./harmlessMore4.ts"
import { harmlessMore5 } from "./harmlessMore5.ts"

/** Ordinary work, which nobody wants to be asked about. */
export const harmless: ReadonlyArray<CorpusCommand> = [
  ...harmlessEveryday,
  ...harmlessBuild,
  ...harmlessMore1,
  ...harmlessMore2,
  ...harmlessMore3,
  ...harmlessMore4,
  ...harmlessMore5,
  ...harmlessOptions1,
  ...harmlessOptions2,
  ...harmlessOptions3,
  ...harmlessOptions4,
  ...harmlessContrast1,
  ...harmlessContrast2,
  ...harmlessContrast3,
  ...harmlessContrast4,
  ...harmlessUnseen1,
  ...harmlessUnseen2,
]
