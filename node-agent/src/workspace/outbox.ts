import { readdir } from "node:fs/promises"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Semaphore from "effect/Semaphore"
import type { Blobs } from "@maillm/actors/nats/Blobs"
import { fileLimitBytes, filesLimit, filesLimitBytes } from "@maillm/schema/Files"
import type { LeftFile, SentFile } from "@maillm/schema/Files"
import { fileType } from "@maillm/schema/fileType"
import type { StartTurn } from "@maillm/schema/Turn"
import { visibleText } from "@maillm/schema/visibleText"
import type { PaneRuntime } from "../container/PaneRuntime.ts"
import { credentialsReason, holdsKey, namesCredentials } from "./mayHoldCredentials.ts"
import { formatBytes } from "@maillm/schema/formatBytes"
import { readInWorkspace } from "./readInWorkspace.ts"
import { freeName, sentName } from "./sentName.ts"

/** Names the folder in every pane. */
export const outboxVariable = "MAILLM_OUTBOX"

/** What is put there during a turn goes out with its answer. Below `.maillm`, which is no part of what a turn changes. */
export const outboxPath = (workspace: string, sessionId: string) => `${workspace}/.maillm/outbox/${sessionId}`

/** What an agent is told of it. By its path, for what the variable holds is not to be seen in a command. */
export const outboxPreface = (path: string): string =>
  `When the user asks you to send, attach or mail a file, or your answer is best given as one (a report, a picture, an archive), copy it into the folder ${path} before you end your turn: every file there goes out with your answer and is then taken away. At most ${filesLimit} files of ${fileLimitBytes / 1024 ** 2} MiB; pack folders into an archive. Never files with credentials.`

/** Something else is where the outbox should be: another attempt comes to the same. */
export class OutboxBlocked extends Error {
  override readonly name = "OutboxBlocked"
}

/** Entries of an outbox that are looked at. */
const entryLimit = 1_000
const claimMillis = 30_000
/** Files of all sessions that are in memory at the same time. */
const readAtOnce = 4
const noFolder = 5

/**
 * Bash source: moves what is in the outbox $2 of the workspace $1 into the folder of the turn $3, one by one, so that a
 * shell that stands in the outbox stays there; then prints that folder and its entries: kind, size and name, each with a
 * NUL. Done again after a crash it goes on: what was moved is there. Each folder is entered before it is used, and where
 * that has led is checked, so that links lead nowhere.
 */
const claimScript = `set -eu
shopt -s dotglob nullglob
enter() {
  [ -d "$1" ] && [ ! -L "$1" ] || return 1
  cd -P -- "./$1"
  place=$place/$1
  [ "$(pwd -P)" = "$place" ] || exit ${noFolder}
}
cd -P -- "$1"
base=$(pwd -P)
place=$base
outbox=
if enter .maillm && enter outbox && enter "$2"; then outbox=$place; fi
cd -P -- "$base"
place=$base
mkdir -p .maillm
enter .maillm || exit ${noFolder}
mkdir -p sent
enter sent || exit ${noFolder}
mkdir -p -- "$3"
enter "$3" || exit ${noFolder}
if [ -n "$outbox" ]; then
  left=${entryLimit}
  for entry in "$outbox"/*; do
    [ $((left -= 1)) -ge 0 ] || break
    mv -n -- "$entry" ./ || true
  done
fi
printf '%s\\0' "$place"
for entry in *; do
  kind=other size=0
  if [ -L "$entry" ]; then kind=link
  elif [ -d "$entry" ]; then kind=folder
  elif [ -f "$entry" ]; then kind=file size=$(wc -c <"./$entry" 2>/dev/null) || kind=unreadable size=0
  fi
  printf '%s %d %s\\0' "$kind" "$size" "$entry"
done
cd ..
rmdir -- "./$3" 2>/dev/null || true
`

/** Bash source: removes the files $2 … of the folder $1 where they are, and the folder if it is empty then. */
const removeScript = `cd -P -- "$1" 2>/dev/null || exit 0
[ "$(pwd -P)" = "$1" ] || exit 0
folder=$1
shift
for name in "$@"; do rm -f -- "./$name"; done
cd .. && rmdir -- "$folder" 2>/dev/null
exit 0
`

/** Where a turn's files are until its result is told, and which of them went out. */
export interface Claimed {
  readonly folder: string
  readonly names: ReadonlyArray<string>
  readonly sent: ReadonlyArray<SentFile>
  readonly left: ReadonlyArray<LeftFile>
}

interface Entry {
  readonly kind: string
  readonly sizeBytes: number
  readonly name: string
}

const blobTries = Schedule.exponential("300 millis").pipe(Schedule.upTo({ times: 8 }))

/** The outboxes of the sessions of this node. */
export class Outbox {
  private readonly runtime: PaneRuntime
  private readonly blobs: Blobs["Service"]
  private readonly reading = Semaphore.makeUnsafe(readAtOnce)

  constructor(runtime: PaneRuntime, blobs: Blobs["Service"]) {
    this.runtime = runtime
    this.blobs = blobs
  }

  /**
   * Takes what the turn has put into its session's outbox, and stores it; null when there is nothing. It may be cut off
   * at any point and be called again: what was taken is the same turn's. Rejects with `RuntimeFailed`.
   */
  async claim({ policy, sessionId, turnId, userId }: StartTurn): Promise<Claimed | null> {
    const owner = { userId }
    const workspace = this.runtime.workspacePath(owner)
    if (await this.isEmpty(workspace, sessionId, turnId)) return null
    const argv = ["bash", "--noprofile", "--norc", "-c", claimScript, "maillm", workspace, sessionId, turnId]
    const { exitCode, stderr, stdout } = await this.runtime.run(owner, argv, { timeoutMillis: claimMillis })
    if (exitCode === noFolder)
      throw new OutboxBlocked("a folder below .maillm in the workspace is a link, or none")
    if (exitCode !== 0) throw new Error(stderr.trim().split("\n").at(-1) ?? `exit code ${exitCode}`)
    const [folder = "", ...lines] = stdout.toString().split("\0").slice(0, -1)
    const entries = lines.flatMap(entryOf)
    if (entries.length === 0) return null
    const names: Array<string> = []
    const sent: Array<SentFile> = []
    const left: Array<LeftFile> = []
    const used = new Set<string>()
    let total = 0
    for (const entry of entries) {
      const refused = refusal(entry, policy?.classes.credentials === "allow", sent.length, total)
      const file = refused ?? (await this.inTurn(() => this.keep(owner, folder, entry, used, policy)))
      if (typeof file === "string") {
        // A sender of secrets and links does not want them kept; what was only too much is still the user's.
        const kept = entry.kind === "file" ? `; it is kept as .maillm/sent/${turnId}/${entry.name}` : ""
        left.push({
          name: visibleText(entry.name).slice(0, 255),
          reason: visibleText(`${file}${kept}`).slice(0, 400),
        })
        continue
      }
      total += file.blob.sizeBytes
      names.push(entry.name)
      sent.push(file)
    }
    return { folder, names, sent, left }
  }

  /** What went out is taken away; the session's actor has it. */
  async remove(userId: StartTurn["userId"], folder: string, names: ReadonlyArray<string>): Promise<void> {
    const argv = ["bash", "--noprofile", "--norc", "-c", removeScript, "maillm", folder, ...names]
    await this.runtime.run({ userId }, argv, { timeoutMillis: claimMillis })
  }

  /** On the host a look costs no program: most turns put nothing there. */
  private async isEmpty(workspace: string, sessionId: string, turnId: string): Promise<boolean> {
    if (this.runtime.name !== "host") return false
    const folders = [outboxPath(workspace, sessionId), join(workspace, ".maillm/sent", turnId)]
    const found = await Promise.all(
      folders.map((path) =>
        readdir(path).then(
          (names) => names.length > 0,
          () => false,
        ),
      ),
    )
    return !found.includes(true)
  }

  /** Files are held in memory: many turns that end together wait for each other. */
  private inTurn<A>(read: () => Promise<A>): Promise<A> {
    return Effect.runPromise(this.reading.withPermits(1)(Effect.promise(read)))
  }

  private async keep(
    owner: { readonly userId: string },
    folder: string,
    { name }: Entry,
    used: Set<string>,
    policy: StartTurn["policy"],
  ): Promise<SentFile | string> {
    const read = await readInWorkspace(this.runtime, owner, {
      root: folder,
      path: name,
      limitBytes: fileLimitBytes,
    })
    if (read._tag === "TooLarge") return tooLarge
    if (read._tag !== "Read") return "it could not be read"
    const { bytes } = read
    if (policy?.classes.credentials !== "allow" && holdsKey(bytes)) return credentialsReason
    const blob = await Effect.runPromise(
      this.blobs.put(bytes).pipe(
        Effect.retry(blobTries),
        Effect.catch(() => Effect.succeed(null)),
      ),
    )
    if (blob === null) return "it could not be stored"
    return { name: freeName(sentName(name), used), type: fileType(name, bytes), blob, from: "outbox" }
  }
}

const entryOf = (line: string): ReadonlyArray<Entry> => {
  const [, kind = "", size = "", name = ""] = /^([a-z]+) (\d+) ([^]+)$/.exec(line) ?? []
  return name === "" ? [] : [{ kind, sizeBytes: Number(size), name }]
}

/** Why an entry is not even read; null when it is. */
const refusal = (
  { kind, name, sizeBytes }: Entry,
  credentials: boolean,
  count: number,
  totalBytes: number,
): string | null => {
  if (kind === "folder") return "it is a folder; pack it into an archive to have it sent"
  if (kind === "link") return "it is a link, and links are not followed; put the file itself there"
  if (kind !== "file") return "it is no file that can be read"
  if (!credentials && namesCredentials(name)) return credentialsReason
  if (name.startsWith(".")) return "it is hidden; give it a name without the dot to have it sent"
  if (sizeBytes > fileLimitBytes) return tooLarge
  if (count >= filesLimit) return `more than ${filesLimit} files; pack them into an archive`
  if (totalBytes + sizeBytes > filesLimitBytes)
    return `the files have more than ${formatBytes(filesLimitBytes)} together`
  return null
}

const tooLarge = `it is larger than ${formatBytes(fileLimitBytes)}, the most that a file may have`
