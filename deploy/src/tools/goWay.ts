import { join } from "node:path"
import { repository } from "../../bin/launch/paths.mjs"
import { runWithProgress } from "../../bin/launch/progress.mjs"
import type { Way } from "./obtainTool.ts"
import { searchPath } from "./searchPath.ts"

/**
 * Builds a package with the Go toolchain from a module of this repository, whose go.mod and go.sum pin every source.
 * A toolchain older than the module asks for may fetch a newer one by itself, or fail; then the next way is tried.
 */
export const goWay = (moduleFolder: string, goPackage: string, label: string): Way => ({
  name: "Go",
  closed: async ({ env }) =>
    (await searchPath("go", env)) === undefined ? "no go toolchain in PATH" : undefined,
  get: async (target, { env }) => {
    const flags = ["-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags=-s -w"]
    await runWithProgress(
      `Building ${label} with Go (up to two minutes, once)`,
      "go",
      ["build", ...flags, "-o", target, goPackage],
      // Flags that the user set for other builds could break this one.
      { cwd: join(repository, moduleFolder), env: { ...env, GOFLAGS: "", GOWORK: "off" } },
    )
  },
})
