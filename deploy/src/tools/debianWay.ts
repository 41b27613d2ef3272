import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { runWithProgress } from "../../bin/launch/progress.mjs"
import type { Way } from "./obtainTool.ts"
import { runCommand } from "./runCommand.ts"
import { firstExecutable, searchPath } from "./searchPath.ts"

/**
 * Takes a program out of Debian's newest package (suite sid), from the mirror that this machine uses. apt works in
 * a folder of its own and the package is unpacked beside, so nothing on the machine is installed or changed.
 */
export const debianWay = (packageName: string, programName: string): Way => ({
  name: "Debian sid",
  closed: async ({ env }) => {
    for (const command of ["apt-get", "dpkg"]) {
      if ((await searchPath(command, env)) === undefined) return `no ${command} in PATH`
    }
    return (await debianSource(env)) === undefined ? "apt knows no Debian mirror" : undefined
  },
  get: async (target, { env }) => {
    const source = await debianSource(env)
    const folder = join(dirname(target), "apt")
    const aptEnv = { ...env, APT_CONFIG: await writeAptConfig(folder, `${source} sid main\n`) }
    const label = `Downloading ${packageName} from Debian sid`
    await runWithProgress(`${label}: package list`, "apt-get", ["update"], { cwd: folder, env: aptEnv })
    await runWithProgress(label, "apt-get", ["download", packageName], { cwd: folder, env: aptEnv })
    const files = (await readdir(folder)).filter((file) => file.endsWith(".deb"))
    const unpacked = join(folder, "unpacked")
    for (const file of files) await runCommand("dpkg", ["-x", file, unpacked], { cwd: folder, env })
    const places = ["usr/bin", "usr/sbin"].map((place) => join(unpacked, place, programName))
    const program = await firstExecutable(places)
    if (program === undefined) throw new Error(`the package ${packageName} holds no ${places.join(" or ")}`)
    await copyFile(program, target)
  },
})

/** `deb [signed-by=…] <mirror>` of the machine's own main Debian source. */
async function debianSource(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const format = "$(COMPONENT) $(REPO_URI) $(SIGNED_BY)"
  const listed = await runCommand("apt-get", ["indextargets", "--format", format, "Created-By: Packages"], {
    env,
  })
  for (const line of listed.output.split("\n")) {
    const [component, uri, signedBy = ""] = line.split(" ")
    if (component !== "main" || !/\/debian\/?$/.test(uri ?? "")) continue
    // apt leaves the placeholder in place where the source names no key.
    return signedBy.startsWith("/") ? `deb [signed-by=${signedBy}] ${uri}` : `deb ${uri}`
  }
  return undefined
}

/** Settings under which apt reads one source and writes only below the folder. */
async function writeAptConfig(folder: string, sources: string): Promise<string> {
  for (const name of ["state/lists/partial", "cache/archives/partial"]) {
    await mkdir(join(folder, name), { recursive: true })
  }
  const sourcesFile = join(folder, "sources.list")
  const configFile = join(folder, "apt.conf")
  await writeFile(sourcesFile, sources)
  const settings = {
    "Dir::Etc::SourceList": sourcesFile,
    "Dir::Etc::SourceParts": "/dev/null",
    "Dir::State": join(folder, "state"),
    "Dir::Cache": join(folder, "cache"),
    // apt's unprivileged user cannot write to our folder.
    "APT::Sandbox::User": "",
    "Acquire::Languages": "none",
  }
  await writeFile(
    configFile,
    Object.entries(settings)
      .map(([key, value]) => `${key} ${JSON.stringify(value)};\n`)
      .join(""),
  )
  return configFile
}
