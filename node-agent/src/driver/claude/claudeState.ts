import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { AgentPlace, AgentStatus } from "../AgentDriver.ts"

/**
 * Shell source: prints the session files below folder $1 of programs that live, each on a line behind the start time of
 * its process (field 22 of `/proc/<pid>/stat`), `?` where there is no `/proc`. Files of dead ones may lie there for
 * ever. Such a file is written in place, so what is read may be cut off.
 */
const statusScript = `cd "$1/sessions" 2>/dev/null || exit 0
for file in *.json; do
  start='?'
  if [ -d /proc/self ]; then
    stat=$(cat "/proc/\${file%.json}/stat" 2>/dev/null) || continue
    set -- \${stat##*) }
    start=\${20}
  fi
  printf '%s %s\\n' "$start" "$(cat "$file")"
done`

const File = Schema.fromJsonString(
  Schema.Struct({
    sessionId: Schema.String,
    procStart: Schema.optionalKey(Schema.String),
    status: Schema.optionalKey(Schema.String),
    waitingFor: Schema.optionalKey(Schema.String),
    statusUpdatedAt: Schema.optionalKey(Schema.Number),
  }),
)
const decode = Schema.decodeUnknownOption(File)

const outputLimitBytes = 256 * 1024

/** What the session file says; null when there is none of this conversation that can be read just now. */
export const claudeStatus = async (place: AgentPlace): Promise<AgentStatus | null> => {
  const { stdout } = await place.run(["sh", "-c", statusScript, "sh", place.configFolder], {
    outputLimitBytes,
    timeoutMillis: 5_000,
  })
  return statusIn(stdout.toString(), place.conversationId)
}

/** `output` as `statusScript` prints it. */
export const statusIn = (output: string, conversationId: string): AgentStatus | null => {
  for (const line of output.split("\n")) {
    const blank = line.indexOf(" ")
    const start = line.slice(0, blank)
    const file = decode(line.slice(blank + 1))
    if (Option.isNone(file) || file.value.sessionId !== conversationId) continue
    const { procStart, status, statusUpdatedAt, waitingFor } = file.value
    if (start !== "?" && procStart !== undefined && procStart !== start) continue
    if (status !== "idle" && status !== "busy" && status !== "waiting" && status !== "shell") continue
    return {
      state: status,
      waitingFor: status === "waiting" ? (waitingFor ?? "") : "",
      version: `${status} ${statusUpdatedAt ?? 0}`,
    }
  }
  return null
}
