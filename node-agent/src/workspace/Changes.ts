import { createHash } from "node:crypto"
import * as Schema from "effect/Schema"
import { text } from "@maillm/schema/Ids"
import type { PaneRuntime, ProgramResult, WorkspaceOwner } from "../container/PaneRuntime.ts"
import { parseDifference } from "./difference.ts"
import type { Difference } from "./difference.ts"
import {
  differenceScript,
  forgetScript,
  gitEnvironment,
  ignoredScript,
  listScript,
  patchScript,
  updateScript,
} from "./trackScript.ts"

/** How a folder was before a turn; kept with the turn, so that a restarted node agent can go on. */
export const Snapshot = Schema.Struct({
  /** Absolute, as the pane sees it. */
  folder: text(4_096),
  tree: Schema.String.check(Schema.isPattern(/^[0-9a-f]{40,64}$/)),
})
export type Snapshot = typeof Snapshot.Type

/** Why the changes are not known: the tree is too large, took too long or cannot be read. For a person. */
export class ChangesUnknown extends Error {
  override readonly name = "ChangesUnknown"
}

/** How long a look may take. */
const lookMillis = 20_000
/** Files of a folder that is looked at, without those ignored by their folder's name. */
export const fileCountLimit = 50_000
const listLimitBytes = 8 * 1024 * 1024
const differenceLimitBytes = 32 * 1024 * 1024
/** Largest patch. */
export const patchLimitBytes = 32 * 1024 * 1024

/**
 * What turns change in folders of workspaces, whether these are git repositories, hold some, or neither. A git repository
 * of ours beside them keeps what was there, where the user's panes run and as their user: it is read by paths that we list,
 * so that a repository inside is files like any others, and nothing in the tree can name a program to run.
 */
export class WorkspaceChanges {
  private readonly runtime: PaneRuntime
  private readonly fileCount: number
  private readonly last = new Map<string, Promise<unknown>>()

  constructor(runtime: PaneRuntime, fileCount = fileCountLimit) {
    this.runtime = runtime
    this.fileCount = fileCount
  }

  /** How the folder is now. Fails with `ChangesUnknown`. */
  snapshot(owner: WorkspaceOwner, folder: string): Promise<Snapshot> {
    return this.serially(owner, folder, async (look) => ({ folder, tree: await look.tree() }))
  }

  /** What is different since. `patch` is null when nothing is, or it is larger than 32 MiB. Fails with `ChangesUnknown`. */
  since(
    owner: WorkspaceOwner,
    { folder, tree }: Snapshot,
  ): Promise<{ readonly difference: Difference; readonly patch: Buffer | null }> {
    return this.serially(owner, folder, async (look) => {
      const now = await look.tree()
      if (now === tree) return { difference: parseDifference(Buffer.alloc(0)), patch: null }
      const limit = differenceLimitBytes
      const difference = await look.run(differenceScript, { words: [tree, now], outputLimitBytes: limit })
      const most = patchLimitBytes + 1
      const { stdout } = await look.run(patchScript, {
        words: [tree, now, String(most)],
        outputLimitBytes: most,
      })
      return {
        difference: parseDifference(difference.stdout),
        patch: stdout.length === 0 || stdout.length === most ? null : stdout,
      }
    })
  }

  /** One look at a folder at a time, for they share an index; its time begins when it is its turn. */
  private serially<A>(owner: WorkspaceOwner, folder: string, use: (look: Look) => Promise<A>): Promise<A> {
    const key = `${owner.userId} ${folder}`
    const next = (this.last.get(key) ?? Promise.resolve()).then(() =>
      use(new Look(this.runtime, owner, folder, this.fileCount)),
    )
    const done = next
      .catch(() => undefined)
      .then(() => {
        if (this.last.get(key) === done) this.last.delete(key)
      })
    this.last.set(key, done)
    return next
  }
}

interface LookOptions {
  readonly stdin?: Uint8Array
  readonly words?: ReadonlyArray<string>
  readonly outputLimitBytes?: number
}

/** One look at a folder, with its deadline. */
class Look {
  private readonly runtime: PaneRuntime
  private readonly owner: WorkspaceOwner
  private readonly folder: string
  private readonly repository: string
  private readonly fileCount: number
  private readonly deadline = performance.now() + lookMillis

  constructor(runtime: PaneRuntime, owner: WorkspaceOwner, folder: string, fileCount: number) {
    this.runtime = runtime
    this.owner = owner
    this.folder = folder
    this.fileCount = fileCount
    const name = createHash("sha256").update(folder).digest("hex").slice(0, 16)
    this.repository = `${runtime.workspacePath(owner)}/.maillm/track/${name}.git`
  }

  /** The id of the tree that the folder is now. */
  async tree(): Promise<string> {
    const most = listLimitBytes + 1
    const listed = await this.run(listScript, {
      words: [String(most), this.runtime.workspacePath(this.owner)],
      outputLimitBytes: 2 * most,
    })
    const [known, there] = twoLists(listed.stdout)
    if (there.length > this.fileCount || listed.stdout.length > listLimitBytes)
      throw new ChangesUnknown(`The folder has more than ${this.fileCount} files.`)
    const ignored = new Set(there.length === 0 ? [] : paths((await this.ignored(there)).stdout))
    const tracked = there.filter((path) => !ignored.has(path)).map((path) => path.replace(/^\.\//, ""))
    const kept = new Set(tracked)
    const gone = known.filter((path) => !kept.has(path))
    if (gone.length > 0) await this.run(forgetScript, { stdin: joined(gone) })
    const { stdout } = await this.run(updateScript, { stdin: joined(tracked) })
    const tree = stdout.toString("latin1").trim()
    if (!/^[0-9a-f]{40,64}$/.test(tree)) throw new ChangesUnknown("git answered something else than a tree.")
    return tree
  }

  private ignored(there: ReadonlyArray<string>) {
    return this.run(ignoredScript, { stdin: joined(there), outputLimitBytes: listLimitBytes })
  }

  async run(script: string, options: LookOptions): Promise<ProgramResult> {
    const timeoutMillis = Math.ceil(this.deadline - performance.now())
    if (timeoutMillis <= 0) throw new ChangesUnknown(`A look at the folder takes more than ${seconds} s.`)
    const words = [this.repository, this.folder, ...(options.words ?? [])]
    const argv = ["bash", "--noprofile", "--norc", "-c", script, "maillm", ...words]
    const ran = await this.runtime
      .run(this.owner, argv, {
        timeoutMillis,
        environment: gitEnvironment,
        ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
        ...(options.outputLimitBytes === undefined ? {} : { outputLimitBytes: options.outputLimitBytes }),
      })
      .catch((error: unknown) => {
        throw new ChangesUnknown(error instanceof Error ? error.message : String(error))
      })
    if (ran.exitCode !== 0) throw new ChangesUnknown(reason(ran, this.folder))
    return ran
  }
}

const seconds = lookMillis / 1_000

const reason = ({ exitCode, stderr }: ProgramResult, folder: string) =>
  exitCode === 3
    ? `${folder} is not there, or no folder.`
    : `git: ${stderr.trim().split("\n").at(-1) ?? ""}`.slice(0, 300)

/** Paths as bytes in strings, so that names that are no UTF-8 stay what they are. */
const paths = (bytes: Buffer): Array<string> => {
  const list = bytes.toString("latin1").split("\0")
  // The last one may have been cut off by a bound.
  list.pop()
  return list
}

const joined = (list: ReadonlyArray<string>) =>
  Buffer.from(list.length === 0 ? "" : `${list.join("\0")}\0`, "latin1")

/** The index' paths, and those that `find` has seen, with its `./`. */
const twoLists = (bytes: Buffer): [known: Array<string>, there: Array<string>] => {
  const list = paths(bytes)
  const between = list.indexOf("")
  return [list.slice(0, between), list.slice(between + 1)]
}
