import { createHash } from "node:crypto"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { withLock } from "./lock.mjs"
import { npmCli } from "./npmCli.mjs"
import { environmentOf, repository } from "./paths.mjs"
import { SetupFailed, runWithProgress } from "./progress.mjs"

/** The parts of a package.json that decide what npm installs. */
const fields = ["workspaces", "dependencies", "devDependencies", "engines", "overrides", "allowScripts"]

/** Runs `npm install` under the given Node, unless the installed dependencies are those that the clone asks for. */
export async function installDependencies(node, root = repository) {
  if (isInstalled(root)) return
  await withLock(root, async () => {
    if (isInstalled(root)) return
    // --loglevel, because `npm --silent start` would hide the reason of a failure from us too.
    // npm install, not npm ci: a lock written where other platforms' optional packages are missing fails npm ci.
    await runWithProgress(
      "Installing dependencies (about a minute the first time)",
      node,
      [npmCli(), "install", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"],
      { cwd: root, env: environmentOf(node) },
    )
    writeFileSync(stampFile(root), fingerprint(root))
  })
}

function stampFile(root) {
  return join(root, "node_modules/.maillm-stamp")
}

function isInstalled(root) {
  return existsSync(stampFile(root)) && readFileSync(stampFile(root), "utf8") === fingerprint(root)
}

/** Of what decides the installed packages: every package.json of the clone, and the lock. */
export function fingerprint(root) {
  const hash = createHash("sha256")
  const manifest = readManifest(root)
  for (const folder of ["", ...manifest.workspaces]) {
    const content = readManifest(join(root, folder))
    hash.update(JSON.stringify([folder, ...fields.map((field) => content[field] ?? null)]))
  }
  const lock = join(root, "package-lock.json")
  if (existsSync(lock)) hash.update(readFileSync(lock))
  return hash.digest("hex")
}

function readManifest(folder) {
  const file = join(folder, "package.json")
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch (error) {
    throw new SetupFailed(`${file} cannot be read: ${error.message}`)
  }
}
