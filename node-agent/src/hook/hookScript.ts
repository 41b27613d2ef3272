/** Names in a user's hook folder, which is `/run/maillm` in a container. */
export const hookFiles = { script: "hook", socket: "hook.sock" } as const

/** Of the pane, by which the node agent knows whose hook it is. */
export const hookVariables = { session: "MAILLM_SESSION", pane: "MAILLM_PANE" } as const
export const hookHeaders = {
  session: "maillm-session",
  pane: "maillm-pane",
  event: "maillm-event",
} as const

/**
 * What a hook is for. `gate`: nothing may happen before it is answered, so any failure is exit code 2, which blocks.
 * `ask`: a person is being asked; a failure is exit code 1, which leaves the agent's own dialog. `tell`: only tells,
 * and never blocks.
 */
export type HookMode = "gate" | "ask" | "tell"

/** How long the script looks for a node agent that is away, seconds; a question is held by it as long as it takes. */
export const hookSeconds: Readonly<Record<HookMode, number>> = { gate: 600, ask: 86_000, tell: 5 }
/** When the agent gives up its hook, seconds: later than the script does. */
export const hookTimeoutSeconds: Readonly<Record<HookMode, number>> = { gate: 660, ask: 86_400, tell: 15 }

/**
 * The forwarder that agents run as their hook: `hook EVENT MODE SECONDS`. It gives the hook's JSON to the node agent
 * over the socket beside it and prints the answer if it came whole. Connections that fail or break are tried again
 * until the time is up, so that a restarted node agent is found again. It can only ask: the answer comes from the
 * other end of the socket. curl runs in the background, so that a signal to the script ends it too; where only the
 * script is killed, nobody waits for curl's output. It reads no `.curlrc`, for the home folder is the agent's to write,
 * and an empty answer is none: some agents take it for a yes.
 */
export const hookScript = `#!/bin/sh
event=$1 mode=$2
end=$(($(date +%s) + $3))
child= answer=
leave() {
  [ -n "$child" ] && kill "$child" 2>/dev/null
  [ -n "$answer" ] && rm -f -- "$answer"
  exit "$1"
}
fail() {
  [ "$mode" = tell ] && leave 0
  echo "maillm: $1" >&2
  [ "$mode" = ask ] && leave 1
  leave 2
}
trap 'fail "ended"' TERM INT HUP
input=$(cat) || fail "no input"
# Relative, for a socket's path must be short.
cd -- "\${0%/*}" || fail "no folder"
answer=$(mktemp) || fail "no temporary file"
while :; do
  left=$((end - $(date +%s)))
  [ "$left" -gt 0 ] || fail "the node agent does not answer"
  printf %s "$input" | curl --disable --noproxy '*' --silent --fail --max-time "$left" --unix-socket ${hookFiles.socket} \\
    --header 'content-type: application/json' --header 'expect:' --header "${hookHeaders.event}: $event" \\
    --header "${hookHeaders.session}: \${${hookVariables.session}-}" --header "${hookHeaders.pane}: \${${hookVariables.pane}-}" \\
    --data-binary @- --output "$answer" http://maillm/hook >/dev/null 2>&1 &
  child=$!
  wait "$child"
  code=$?
  child=
  if [ "$code" = 0 ]; then
    [ -s "$answer" ] || fail "the answer is empty"
    cat -- "$answer" || fail "the answer could not be read"
    leave 0
  fi
  command -v curl >/dev/null || fail "curl is not installed"
  sleep 0.3
done
`
