import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { repository } from "../../bin/launch/paths.mjs"
import { StartFailure } from "./StartFailure.ts"

/** Where the built console is. */
export const consoleFolder = join(repository, "ui", "dist")
const stamp = join(consoleFolder, ".built-from")

/** Builds the console when its sources have changed since the last build. Answers the folder that is served. */
export const buildConsole = async (say: (line: string) => void): Promise<string> => {
  const wanted = sourcesHash()
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return consoleFolder
  say("Building the console (once, some seconds) …")
  const output: Array<Buffer> = []
  const vite = join(repository, "node_modules", "vite", "bin", "vite.js")
  const child = spawn(process.execPath, [vite, "build", "--logLevel", "warn"], {
    cwd: join(repository, "ui"),
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  })
  child.stdout.on("data", (bytes: Buffer) => output.push(bytes))
  child.stderr.on("data", (bytes: Buffer) => output.push(bytes))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", resolve)
  })
  if (code !== 0) {
    throw new StartFailure(
      `the console could not be built:\n${Buffer.concat(output).toString("utf8").slice(-4_000)}`,
    )
  }
  writeFileSync(stamp, wanted)
  return consoleFolder
}

const sourcesHash = () => {
  const hash = createHash("sha256")
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) =>
      a.name.localeCompare(b.name),
    )) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else hash.update(`${path}\0`).update(readFileSync(path))
    }
  }
  for (const folder of ["ui/src", "ui/public", "schema/src"]) {
    if (existsSync(join(repository, folder))) walk(join(repository, folder))
  }
  for (const file of ["ui/index.html", "ui/vite.config.ts", "package-lock.json"])
    hash.update(readFileSync(join(repository, file)))
  return hash.digest("hex")
}
