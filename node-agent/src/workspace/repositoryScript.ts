/** Settings of every git of ours here: no hooks, no helpers of the tree, no other transports, no submodules, no prompts. */
const git = `git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c protocol.allow=never -c protocol.https.allow=always -c protocol.ssh.allow=always -c protocol.file.allow="$local" -c protocol.http.allow="$local" -c protocol.ext.allow=never -c submodule.recurse=false -c fetch.recurseSubmodules=false -c gc.auto=0 -c maintenance.auto=false -c advice.detachedHead=false -c http.lowSpeedLimit=1000 -c http.lowSpeedTime=30 -c credential.interactive=never`

/** Largest file that a fetch may write, in KiB: 4 GiB. */
const fileLimitKibibytes = 4 * 1024 * 1024

const begin = `set -eu
clone=$1 url=$2 local=$3
ulimit -f ${fileLimitKibibytes} 2>/dev/null || true
`

/**
 * Bash source: gets the clone $1 of $2 up to date, made if need be, and prints the remote's default branch. Fetching can be
 * cut off at any point and be done again.
 */
export const fetchScript = `${begin}
[ ! -L "$clone" ] || exit 5
[ -f "$clone/HEAD" ] || git init -q --bare --template= -- "$clone"
cd "$clone"
git config remote.origin.url "$url"
git config remote.origin.fetch "+refs/heads/*:refs/remotes/origin/*"
${git} fetch -q --prune --no-write-fetch-head --no-auto-maintenance --no-recurse-submodules -- "$url" "+refs/heads/*:refs/remotes/origin/*" "+refs/tags/*:refs/tags/*"
${git} ls-remote --symref -- "$url" HEAD
`

/** Bash source: the commit of the branch, tag or commit $4 in the clone; exit code 4 when there is none. */
export const resolveScript = `${begin}
cd "$clone"
for name in "refs/remotes/origin/$4" "refs/tags/$4"; do
  git rev-parse -q --verify --end-of-options "$name^{commit}" && exit 0
done
case $4 in
  *[!0-9a-f]*) exit 4 ;;
esac
[ \${#4} -ge 7 ] || exit 4
git rev-parse -q --verify --end-of-options "$4^{commit}" || exit 4
`

/**
 * Bash source: the worktree $5 on the branch $6, which begins at the commit $4. It is made beside its place and moved there,
 * so what is in its place is whole. A branch that is there is gone on with.
 */
export const worktreeScript = `${begin}
cd "$clone"
mkdir -p -- "$(dirname -- "$5")"
making=$(dirname -- "$5")/.making-$(basename -- "$5")
rm -rf -- "$making"
${git} worktree prune
if git rev-parse -q --verify "refs/heads/$6" >/dev/null; then
  ${git} worktree add -q -- "$making" "$6"
else
  ${git} worktree add -q --no-track -b "$6" -- "$making" "$4"
fi
${git} worktree move -- "$making" "$5"
`
