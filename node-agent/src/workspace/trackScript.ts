/** Folders that no project means by its files, wherever they are. Pruned before anything in them is looked at. */
export const neverTracked: ReadonlyArray<string> = [
  ".git",
  ".maillm",
  "node_modules",
  "dist",
  "target",
  ".venv",
  "venv",
  "__pycache__",
  ".cache",
  ".npm",
  ".gradle",
  ".tox",
  ".mypy_cache",
  ".pytest_cache",
  ".next",
  ".nuxt",
  ".terraform",
]

/** At the top of a workspace, which is also a home folder, and where worktrees of other sessions are. */
export const neverTrackedAtTop: ReadonlyArray<string> = [
  "work",
  "repos",
  ".claude",
  ".claude.json",
  ".codex",
  ".config",
  ".local",
  ".bash_history",
]

/** Larger files are not tracked: 16 MiB. */
export const fileLimitKibibytes = 16_384

/**
 * Configuration of our repository, written anew before each use: nothing in a work tree, a home folder or an earlier agent's
 * hands can name a program for git to run.
 */
const config = `[core]
	repositoryformatversion = 0
	bare = false
	fileMode = true
	symlinks = true
	ignoreCase = false
	hooksPath = /dev/null
	fsmonitor = false
	untrackedCache = false
	excludesFile = /dev/null
	attributesFile = /dev/null
	autocrlf = false
	safecrlf = false
	protectNTFS = false
	protectHFS = false
	quotePath = false
	looseCompression = 1
	fsync = none
	pager = cat
[gc]
	auto = 0
[diff]
	renameLimit = 1000
	ignoreSubmodules = all
[protocol]
	allow = never
`

/** It goes before every .gitattributes: no filters, no conversions, no diff drivers, nothing hidden as binary. */
const attributes = "* -filter -text -eol -ident -working-tree-encoding !diff !merge\n"

/** Of both Linux and macOS; the private index and objects are thrown away once they take more than 1 GiB. */
const sizeLimitKibibytes = 1024 * 1024

/**
 * Bash source: our repository $1 for the work tree $2, made or cleaned; then the index' paths and those in the folder,
 * each with a NUL, and an empty one between. $3 is the longest list, in bytes; $4 is the workspace. No name in the tree is ever a word of a command.
 */
export const listScript = `set -eu
[ -d "$2" ] && [ ! -L "$2" ] || exit 3
if [ -d "$1/objects" ] && [ "$(du -sk "$1" | cut -f1)" -gt ${sizeLimitKibibytes} ]; then rm -rf -- "$1"; fi
[ -d "$1/objects" ] || git init -q --bare --template= -- "$1"
rm -rf -- "$1/hooks" "$1/index.lock"
mkdir -p "$1/info"
printf '%s' '${config}' >"$1/config"
printf '%s' '${attributes}' >"$1/info/attributes"
printf '' >"$1/info/exclude"
export GIT_DIR="$1" GIT_WORK_TREE="$2"
git ls-files -z
printf '\\0'
cd "$2"
top=0
[ "$2" = "$4" ] && top=1
set -- "$3"
if [ $top = 1 ]; then set -- "$1" ${neverTrackedAtTop.map((name) => `-path './${name}' -prune -o`).join(" ")}; fi
most=$1
shift
find . -xdev "$@" \\( ${neverTracked.map((name) => `-name '${name}'`).join(" -o ")} \\) -prune -o \\( -type f -size -${fileLimitKibibytes + 1}k -perm -400 -o -type l \\) -print0 | head -c "$most"
`

/** Bash source: which of the paths on standard input the project ignores. They begin with \`./\`, for a colon means more. */
export const ignoredScript = `cd "$2" && GIT_DIR="$1" GIT_WORK_TREE="$2" git check-ignore --no-index -z --stdin
code=$?
[ $code = 1 ] && exit 0
exit $code
`

/** Bash source: the index takes what the paths on standard input are now, and the tree's id is printed. */
export const updateScript = `set -eu
export GIT_DIR="$1" GIT_WORK_TREE="$2"
cd "$2"
git update-index --add --remove --replace -z --stdin
git write-tree
`

/** Bash source: the index forgets the paths on standard input. */
export const forgetScript = `set -eu
export GIT_DIR="$1" GIT_WORK_TREE="$2"
cd "$2"
git update-index --force-remove -z --stdin
`

const diffTree = 'GIT_DIR="$1" GIT_WORK_TREE="$2" git diff-tree -r -M --no-ext-diff --no-textconv --no-color'

/** Bash source: what differs between the trees $3 and $4, for \`parseDifference\`. */
export const differenceScript = `${diffTree} -z --raw --numstat "$3" "$4"`

/** Bash source: the same as a patch, its first $5 bytes. */
export const patchScript = `set -o pipefail
${diffTree} -p --binary --full-index --src-prefix=a/ --dst-prefix=b/ "$3" "$4" | head -c "$5"
code=$?
[ $code = 141 ] && exit 0
exit $code
`

/** Git reads no configuration but ours, asks nobody and speaks English. */
export const gitEnvironment: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_ATTR_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_NO_REPLACE_OBJECTS: "1",
  LC_ALL: "C",
}
