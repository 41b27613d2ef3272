import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { withLock } from "../../bin/launch/lock.mjs"
import { repository } from "../../bin/launch/paths.mjs"
import { runCommand } from "../tools/runCommand.ts"
import { StartFailure } from "./StartFailure.ts"

/** Where the built console is. */
export const consoleFolder = join(repository, "ui", "dist")
const stampName = ".built-from"
/** It takes some seconds; this is for a machine that is slow, busy or short of memory. */
const buildMillis = 300_000

/**
 * Builds the console when its sources have changed since the last build. Built beside and then put in place, so that
 * a maillm that serves the old one goes on meanwhile; of several that start at once, one builds.
 */
export const buildConsole = async (say: (line: string) => void): Promise<void> => {
  const wanted = sourcesHash()
  if (isBuiltFrom(wanted)) return
  await withLock(consoleFolder, async () => {
    if (isBuiltFrom(wanted)) return
    say("Building the console (once, some seconds) …")
    const fresh = join(repository, "ui", ".cache", `dist-${process.pid}`)
    const old = `${fresh}-old`
    try {
      await build(fresh)
      writeFileSync(join(fresh, stampName), wanted)
      if (existsSync(consoleFolder)) renameSync(consoleFolder, old)
      renameSync(fresh, consoleFolder)
    } finally {
      rmSync(fresh, { recursive: true, force: true })
      rmSync(old, { recursive: true, force: true })
    }
  })
}

const isBuiltFrom = (sources: string) => {
  const stamp = join(consoleFolder, stampName)
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sources
}

const build = async (folder: string): Promise<void> => {
  const vite = join(repository, "node_modules", "vite", "bin", "vite.js")
  const args = [vite, "build", "--logLevel", "warn", "--outDir", folder, "--emptyOutDir"]
  const { code, output } = await runCommand(process.execPath, args, {
    cwd: join(repository, "ui"),
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", NODE_ENV: "production" },
    timeoutMillis: buildMillis,
  })
  if (code !== 0) throw new StartFailure(`the console could not be built:\n${output.slice(-4_000)}`)
}

const sourcesHash = () => {
  const hash = createHash("sha256")
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) =>
      a.name.localeCompare(b.name),
    )) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (!/\.test\.tsx?$/.test(entry.name)) hash.update(`${path}\0`).update(readFileSync(path))
    }
  }
  for (const folder of ["ui/src", "ui/public", "schema/src"]) {
    if (existsSync(join(repository, folder))) walk(join(repository, folder))
  }
  for (const file of ["ui/index.html", "ui/vite.config.ts", "ui/compressAssets.ts", "package-lock.json"])
    hash.update(readFileSync(join(repository, file)))
  return hash.digest("hex")
}
