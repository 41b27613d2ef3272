import { posix } from "node:path"
import * as Effect from "effect/Effect"
import type { Blobs } from "@maillm/actors/nats/Blobs"
import { editDistance } from "@maillm/schema/editDistance"
import { fileLimitBytes, filesLimitBytes } from "@maillm/schema/Files"
import type { FetchedPath, FetchFilesJob } from "@maillm/schema/Files"
import { fileType } from "@maillm/schema/fileType"
import type { PaneRuntime, WorkspaceOwner } from "../container/PaneRuntime.ts"
import { credentialsReason, holdsKey, namesCredentials } from "./mayHoldCredentials.ts"
import { formatBytes } from "@maillm/schema/formatBytes"
import { readInWorkspace } from "./readInWorkspace.ts"
import type { ReadFile } from "./readInWorkspace.ts"
import { freeName, sentName } from "./sentName.ts"
import { neverTracked, neverTrackedAtTop } from "./trackScript.ts"

const listMillis = 10_000
const listLimitBytes = 1024 * 1024
const closeLimit = 5
const entriesShown = 20

/** Bash source: the files below $1 that a person may mean, with NULs; a part of them where there are very many. */
const listScript = `cd -P -- "$1" || exit 0
find . -xdev \\( ${neverTracked.map((name) => `-name '${name}'`).join(" -o ")} \\) -prune -o ${neverTrackedAtTop.map((name) => `-path './${name}' -prune -o`).join(" ")} -type f -print0 2>/dev/null | head -c ${listLimitBytes}
exit 0
`
/** Bash source: the names in the folder $2 of $1, with NULs. */
const entriesScript = `cd -P -- "$1" && cd -P -- "./$2" || exit 0
case "$(pwd -P)/" in "$(cd -P -- "$1" && pwd -P)"/*) ;; *) exit 0 ;; esac
find . -mindepth 1 -maxdepth 1 ! -name '.*' -print0 2>/dev/null | head -c 65536
exit 0
`

type Found = Extract<FetchedPath, { readonly _tag: "Found" }>

/** Files that a message asks for, out of the session's folder or the workspace. */
export class AskedFiles {
  private readonly runtime: PaneRuntime
  private readonly blobs: Blobs["Service"]
  private readonly job: FetchFilesJob
  private readonly owner: WorkspaceOwner
  /** Where a path may begin, the session's own folder first. */
  private readonly roots: ReadonlyArray<string>
  private readonly used = new Set<string>()
  private totalBytes = 0

  constructor(
    runtime: PaneRuntime,
    blobs: Blobs["Service"],
    job: FetchFilesJob,
    workFolder: string | undefined,
  ) {
    this.runtime = runtime
    this.blobs = blobs
    this.job = job
    this.owner = { userId: job.userId }
    this.roots = [...new Set([workFolder, runtime.workspacePath(this.owner)])].filter(
      (root) => root !== undefined,
    )
  }

  /** What became of each, in their order, with one at a time in memory. Rejects when it may go well later. */
  async all(): Promise<ReadonlyArray<FetchedPath>> {
    const fetched: Array<FetchedPath> = []
    for (const path of this.job.paths) fetched.push(await this.one(path))
    return fetched
  }

  private async one(path: string): Promise<FetchedPath> {
    const refused = (reason: string): FetchedPath => ({ _tag: "Refused", path, reason: reason.slice(0, 400) })
    const relative = this.relative(path)
    if (relative === null) return refused("it lies outside the workspace, and only files in it are sent")
    const { credentials } = this.job
    if (!credentials && namesCredentials(relative)) return refused(credentialsReason)
    const read = await this.read(relative)
    switch (read._tag) {
      case "Missing":
        return { _tag: "Missing", path, close: await this.close(relative) }
      case "Outside":
        return refused("it leads outside the workspace, and only files in it are sent")
      case "Folder":
        return refused(await this.folder(relative))
      case "Special":
        return refused("it is no file that can be read")
      case "TooLarge":
        return refused(`it is larger than ${formatBytes(fileLimitBytes)}, the most that can be sent`)
      case "Read":
    }
    if (!credentials && (namesCredentials(read.path) || holdsKey(read.bytes)))
      return refused(credentialsReason)
    this.totalBytes += read.bytes.length
    if (this.totalBytes > filesLimitBytes)
      return refused(
        `the files have more than ${formatBytes(filesLimitBytes)} together; ask for it by itself`,
      )
    const blob = await Effect.runPromise(this.blobs.put(read.bytes))
    const name = freeName(sentName(read.path), this.used)
    const file: Found["file"] = { name, type: fileType(read.path, read.bytes), blob, from: "asked" }
    return { _tag: "Found", path, file }
  }

  /** Relative to a root; an absolute path only where it names one of them. Null for what lies outside by its letters. */
  private relative(path: string): string | null {
    const root = this.roots.find((known) => path.startsWith(`${known}/`))
    const below = posix.normalize(root === undefined ? path : path.slice(root.length + 1))
    return below.startsWith("/") || below === ".." || below.startsWith("../") ? null : below
  }

  private async read(path: string): Promise<ReadFile> {
    let read: ReadFile = { _tag: "Missing" }
    for (const root of this.roots) {
      read = await readInWorkspace(this.runtime, this.owner, { root, path, limitBytes: fileLimitBytes })
      if (read._tag !== "Missing") break
    }
    return read
  }

  private async folder(path: string): Promise<string> {
    for (const root of this.roots) {
      const names = (await this.list(entriesScript, root, path))
        .map((name) => name.replace(/^\.\//, ""))
        .toSorted()
      if (names.length === 0) continue
      const more = names.length > entriesShown ? ` and ${names.length - entriesShown} more` : ""
      return `it is a folder with ${names.slice(0, entriesShown).join(", ")}${more}; ask for files in it`
    }
    return "it is a folder; ask for files in it, or have it packed into an archive"
  }

  /** Paths that come close to one that is not there, the closest first. */
  private async close(path: string): Promise<ReadonlyArray<string>> {
    const listed = await Promise.all(this.roots.map((root) => this.list(listScript, root)))
    const files = [...new Set(listed.flat())].map((file) => file.replace(/^\.\//, ""))
    return closest(path, files)
  }

  private async list(script: string, ...words: ReadonlyArray<string>): Promise<ReadonlyArray<string>> {
    const argv = ["bash", "--noprofile", "--norc", "-c", script, "maillm", ...words]
    const options = { timeoutMillis: listMillis, outputLimitBytes: 2 * listLimitBytes }
    const { stdout } = await this.runtime.run(this.owner, argv, options)
    // The last one may be cut off.
    return stdout.toString().split("\0").slice(0, -1)
  }
}

/** Of the files those whose names are like the one asked for: the same elsewhere, a part of it, or a few letters off. */
export const closest = (path: string, files: ReadonlyArray<string>): ReadonlyArray<string> => {
  const wanted = posix.basename(path).toLowerCase().slice(0, 100)
  const stem = wanted.replace(/\.[^.]*$/, "")
  return files
    .filter((file) => !namesCredentials(file) && file.length <= 1_000)
    .map((file) => ({ file, far: distance(posix.basename(file).toLowerCase().slice(0, 100), wanted, stem) }))
    .filter(({ far }) => far <= Math.max(2, Math.floor(wanted.length / 4)))
    .toSorted((a, b) => a.far - b.far || a.file.length - b.file.length || (a.file < b.file ? -1 : 1))
    .slice(0, closeLimit)
    .map(({ file }) => file)
}

const distance = (name: string, wanted: string, stem: string): number => {
  if (name === wanted) return 0
  if (stem.length >= 3 && name.includes(stem)) return 1
  return Math.abs(name.length - wanted.length) > wanted.length / 2 ? Infinity : editDistance(name, wanted)
}
