import type { UserId } from "@maillm/schema/Ids"
import { integrationPath } from "../container/containerOptions.ts"
import type { PaneRuntime } from "../container/PaneRuntime.ts"
import { egressSocketName } from "../model/EgressProxy.ts"
import type { EgressProxy } from "../model/EgressProxy.ts"

/** The way from a user's panes to the hosts that the settings allow. */
export interface EgressWay {
  /** Port of the panes' loopback; null where no way is needed (host) or allowed. */
  readonly proxyPort: number | null
  /** Opens it, and answers the variables that programs find it by. Once more is harmless. */
  readonly open: (userId: UserId) => Promise<Readonly<Record<string, string>>>
}

const proxyPort = 3_128
const proxyUrl = `http://127.0.0.1:${proxyPort}`

/**
 * Shell source: serves the socket $1 on the loopback in the background. One is enough for a container: who comes second
 * finds the port taken, and ends at once.
 */
const script = `env -u MAILLM_PANE -u MAILLM_SESSION setsid socat TCP-LISTEN:${proxyPort},bind=127.0.0.1,fork,reuseaddr,max-children=64 UNIX-CONNECT:"$1" </dev/null >/dev/null 2>&1 &`

/** Only containers have no network of their own; they get this one where any host is allowed. */
export const egressWay = (runtime: PaneRuntime, proxy: EgressProxy): EgressWay => {
  if (runtime.name !== "docker" || !proxy.enabled) return { proxyPort: null, open: () => Promise.resolve({}) }
  return {
    proxyPort,
    open: async (userId) => {
      await proxy.serveUser(userId)
      await runtime.run({ userId }, ["sh", "-c", script, "sh", `${integrationPath}/${egressSocketName}`])
      return {
        https_proxy: proxyUrl,
        HTTPS_PROXY: proxyUrl,
        no_proxy: "localhost,127.0.0.1",
        NO_PROXY: "localhost,127.0.0.1",
      }
    },
  }
}
