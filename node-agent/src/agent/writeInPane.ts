import { RuntimeFailed } from "../container/PaneRuntime.ts"
import type { AgentPlace } from "../driver/AgentDriver.ts"

/** Shell source: standard input becomes file $1, whole or not at all; one that matches $2, if that is given, stays. */
const script = `[ $# -gt 1 ] && grep -qE -- "$2" "$1" 2>/dev/null && exit 0
umask 077
folder=\${1%/*}
mkdir -p -- "$folder" && rm -f -- "$1.new" && cat >"$1.new" && mv -f -- "$1.new" "$1"`

/** Writes a file where the pane runs, as its user. Rejects with `RuntimeFailed`. */
export const writeInPane = async (
  place: AgentPlace,
  path: string,
  content: string,
  keep: string | null = null,
): Promise<void> => {
  const stdin = Buffer.from(content)
  const { exitCode, stderr } = await place.run(
    ["sh", "-c", script, "sh", path, ...(keep === null ? [] : [keep])],
    {
      stdin,
    },
  )
  if (exitCode !== 0) throw new RuntimeFailed(`${path} could not be written: ${stderr.trim().slice(0, 300)}`)
}
