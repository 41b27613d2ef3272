import { readFileSync } from "node:fs"
import { join } from "node:path"
import { repository } from "../../bin/launch/paths.mjs"

/** The version of this maillm. */
export const readVersion = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"))
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown"
}
