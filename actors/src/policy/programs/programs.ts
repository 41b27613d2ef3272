import type { Programs } from "../Shell.ts"
import { build } from "./build.ts"
import { builtins } from "./builtins.ts"
import { clouds } from "./cloud.ts"
import { containers } from "./containers.ts"
import { databases } from "./databases.ts"
import { files } from "./files.ts"
import { gitPrograms } from "./git.ts"
import { interpreters } from "./interpreters.ts"
import { network } from "./network.ts"
import { packages } from "./packages.ts"
import { readPrograms } from "./read.ts"
import { search } from "./search.ts"
import { secrets } from "./secrets.ts"
import { shells } from "./shells.ts"
import { system } from "./system.ts"
import { wrappers } from "./wrappers.ts"

/** Every program that has rules; where two families name one, the graver comes later. */
export const programs: Programs = {
  ...readPrograms,
  ...build,
  ...search,
  ...databases,
  ...packages,
  ...containers,
  ...clouds,
  ...gitPrograms,
  ...interpreters,
  ...files,
  ...network,
  ...secrets,
  ...system,
  ...shells,
  ...wrappers,
  ...builtins,
}
