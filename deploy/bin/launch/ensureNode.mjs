import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { withLock } from "./lock.mjs"
import { npmCli } from "./npmCli.mjs"
import { cacheDir } from "./paths.mjs"
import { SetupFailed, runWithProgress } from "./progress.mjs"

/** Node 22.19 is the oldest that strips types unasked and that every dependency runs on. */
const minimum = [22, 19]
/** The npm package that carries a Node as a binary. */
const nodePackage = "node@24"

export function isNewEnough(version, [major, minor] = minimum) {
  const [ownMajor, ownMinor] = version.replace(/^v/, "").split(".").map(Number)
  return ownMajor > major || (ownMajor === major && ownMinor >= minor)
}

/** The path of a Node new enough: the running one, else the cached one, else one installed into the cache. */
export async function ensureNode() {
  if (isNewEnough(process.versions.node)) return process.execPath
  const folder = join(cacheDir, "node")
  const node = join(folder, "node_modules/node/bin/node")
  if (!existsSync(node)) {
    await withLock(folder, async () => {
      if (!existsSync(node)) await install(folder)
    })
  }
  return node
}

/** Installs beside and renames, so that a half-made folder is never taken for a Node. */
async function install(folder) {
  mkdirSync(cacheDir, { recursive: true })
  const temporary = mkdtempSync(`${folder}-`)
  try {
    // npm asks which packages may run install scripts; this one's fetches the binary of this platform.
    const manifest = { private: true, allowScripts: { node: true } }
    writeFileSync(join(temporary, "package.json"), JSON.stringify(manifest))
    const args = [
      npmCli(),
      "install",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts=false",
      "--loglevel=error",
      nodePackage,
    ]
    await runWithProgress(
      `Node ${process.versions.node} is older than ${minimum.join(".")}; installing ${nodePackage} for maillm alone`,
      process.execPath,
      args,
      { cwd: temporary },
    )
    rmSync(folder, { recursive: true, force: true })
    renameSync(temporary, folder)
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true })
    if (!(error instanceof SetupFailed)) throw error
    throw new SetupFailed(
      `${error.message}\nmaillm needs Node >= ${minimum.join(".")}: install it, or let npm reach its registry`,
    )
  }
}
