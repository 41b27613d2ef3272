import { debianWay } from "./debianWay.ts"
import { dockerWay } from "./dockerWay.ts"
import { goWay } from "./goWay.ts"
import {
  type Tool,
  type ToolContext,
  type ToolOutcome,
  defaultToolContext,
  obtainTool,
  printedVersion,
} from "./obtainTool.ts"

/** Message schedules came with 2.12, atomic batches and what else the actor runtime uses are sound from 2.14 on. */
const minimumMinor = 14
/** The version that go.mod pins too. */
const pinnedVersion = "2.15.1"

/** As obtained, or the address of a server that the user runs. */
export type NatsServerOutcome = ToolOutcome | { readonly kind: "external"; readonly url: string }

export const natsServerTool: Tool = {
  name: "nats-server",
  usableVersion: async (path) => {
    const version = await printedVersion(path)
    return version !== undefined && isSupported(version) ? version : undefined
  },
  inPath: true,
  ways: [
    goWay("deploy/nats", "github.com/nats-io/nats-server/v2", `nats-server ${pinnedVersion}`),
    debianWay("nats-server", "nats-server"),
    dockerWay(`nats:${pinnedVersion}`, "/nats-server"),
  ],
  remedy:
    `Install nats-server >= 2.${minimumMinor} into PATH, or a Go toolchain (>= 1.26), or a Docker engine, ` +
    "or set MAILLM_NATS_URL to a running server",
}

/** The nats-server to start, or the one that `MAILLM_NATS_URL` names. */
export async function obtainNatsServer(
  context: ToolContext = defaultToolContext,
): Promise<NatsServerOutcome> {
  const url = context.env["MAILLM_NATS_URL"]
  return url ? { kind: "external", url } : obtainTool(natsServerTool, context)
}

function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  return major > 2 || (major === 2 && minor >= minimumMinor)
}
