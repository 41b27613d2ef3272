import type { PaneRuntime, WorkspaceOwner } from "../container/PaneRuntime.ts"

const missing = 3
const outside = 4
const folder = 5
const special = 6
const readMillis = 60_000
/** Of the path and size before the content. */
const headLimitBytes = 8_192

/**
 * Bash source: prints what the path $2 below the folder $1 leads to, relative to it, its size, each with a NUL, and its
 * content if that is at most $3 bytes. Where it leads is resolved and compared, and so is what was opened in the end, so
 * that a link that is put there meanwhile leads nowhere else. It reads with the rights of who runs it.
 */
const readScript = `set -eu
cd -P -- "$1" || exit ${missing}
root=$(pwd -P)
[ -e "./$2" ] || exit ${missing}
real=$(realpath -- "./$2" 2>/dev/null) || exit ${missing}
case "$real/" in "$root"/*) ;; *) exit ${outside} ;; esac
[ ! -d "$real" ] || exit ${folder}
[ -f "$real" ] && [ -r "$real" ] || exit ${special}
exec 3<"$real"
if [ -e /proc/self/fd/3 ] && [ "$(readlink /proc/self/fd/3)" != "$real" ]; then exit ${outside}; fi
size=$(wc -c <&3)
exec 3<"$real"
if [ -e /proc/self/fd/3 ] && [ "$(readlink /proc/self/fd/3)" != "$real" ]; then exit ${outside}; fi
printf '%s\\0%d\\0' "\${real#"$root"/}" "$size"
[ "$size" -le "$3" ] || exit 0
head -c "$(($3 + 1))" <&3
`

export type ReadFile =
  | { readonly _tag: "Read"; readonly path: string; readonly bytes: Buffer }
  | { readonly _tag: "TooLarge"; readonly path: string; readonly sizeBytes: number }
  | { readonly _tag: "Missing" | "Outside" | "Folder" | "Special" }

const tags = { [missing]: "Missing", [outside]: "Outside", [folder]: "Folder", [special]: "Special" } as const

/**
 * A file of a user's workspace, read where the panes run and as their user; only if it lies below `root`, links
 * resolved. Rejects with `RuntimeFailed` when that cannot be done.
 */
export const readInWorkspace = async (
  runtime: PaneRuntime,
  owner: WorkspaceOwner,
  { limitBytes, path, root }: { readonly root: string; readonly path: string; readonly limitBytes: number },
): Promise<ReadFile> => {
  if (path.includes("\0") || path === "") return { _tag: "Missing" }
  const argv = ["bash", "--noprofile", "--norc", "-c", readScript, "maillm", root, path, String(limitBytes)]
  const { exitCode, stdout } = await runtime.run(owner, argv, {
    timeoutMillis: readMillis,
    outputLimitBytes: limitBytes + 1 + headLimitBytes,
  })
  if (exitCode === missing || exitCode === outside || exitCode === folder || exitCode === special)
    return { _tag: tags[exitCode] }
  const first = stdout.indexOf(0)
  const second = stdout.indexOf(0, first + 1)
  if (exitCode !== 0 || first < 0 || second < 0) return { _tag: "Special" }
  const real = stdout.subarray(0, first).toString()
  const sizeBytes = Number(stdout.subarray(first + 1, second).toString())
  const bytes = stdout.subarray(second + 1)
  return sizeBytes > limitBytes || bytes.length > limitBytes
    ? { _tag: "TooLarge", path: real, sizeBytes: Math.max(sizeBytes, bytes.length) }
    : { _tag: "Read", path: real, bytes: Buffer.from(bytes) }
}
