import { goWay } from "./goWay.ts"
import type { Tool } from "./obtainTool.ts"
import { runCommand } from "./runCommand.ts"

const version = "1.24.0"

/** The MongoDB-protocol server of deploy/ferretdb, for tests where no MongoDB is to be had. */
export const ferretDbTool: Tool = {
  name: `maillm-ferretdb-${version}`,
  // Our own program has no version flag: it is usable if, without its argument, it says how it is used.
  usableVersion: async (path) =>
    (await runCommand(path, [])).output.includes("usage: ferretdb") ? version : undefined,
  inPath: false,
  ways: [goWay("deploy/ferretdb", ".", `FerretDB ${version}`)],
  remedy: "Install a Go toolchain (>= 1.23), or set MAILLM_TEST_MONGODB_URL to a MongoDB for tests",
}
