import { singleQuoted } from "../driver/shellIntegration.ts"
import type { PaneProgram } from "./PaneRuntime.ts"

/** Source for `sh` that becomes the program: nothing of its environment stands on a command line. */
export const launcher = ({ argv, cwd, environment }: PaneProgram): string =>
  [
    `cd ${singleQuoted(cwd)} || exit 1`,
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${singleQuoted(value)}`),
    `exec ${argv.map(singleQuoted).join(" ")}`,
    "",
  ].join("\n")
