/** Where a container's programs that speak TCP only find the model: served by `throughForwarder`. */
export const forwarderPort = 18_110
export const forwarderUrl = `http://127.0.0.1:${forwarderPort}`

/**
 * Shell source: serves the unix socket $1 on the loopback in the background, then becomes the other words. One
 * forwarder is enough for a container: who comes second finds the port taken, and its own ends at once. It outlives
 * the pane that started it, for others use it, so it does not bear the pane's name.
 */
const script = `socket=$1
shift
env -u MAILLM_PANE -u MAILLM_SESSION setsid socat TCP-LISTEN:${forwarderPort},bind=127.0.0.1,fork,reuseaddr,max-children=64 UNIX-CONNECT:"$socket" </dev/null >/dev/null 2>&1 &
exec "$@"`

/** The program with a way to the model's socket; as it is where there is none. Needs `socat` in the container. */
export const throughForwarder = (socket: string | null, argv: ReadonlyArray<string>): ReadonlyArray<string> =>
  socket === null ? argv : ["sh", "-c", script, "sh", socket, ...argv]
