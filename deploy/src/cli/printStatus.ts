import * as Schema from "effect/Schema"
import { HealthReport, NodeRow, SystemReport } from "@maillm/schema/api/SystemApi"
import { readSettings } from "../local/readSettings.ts"
import { callApi, runningInstallation } from "./callApi.ts"
import { printable } from "./printable.ts"

/** `maillm status`. Answers whether maillm would accept mail. */
export const printStatus = async (json: boolean): Promise<boolean> => {
  const settings = readSettings(process.env, process.cwd())
  const { url, ports, owner } = await runningInstallation(settings)
  const health = await callApi(settings, { path: "/ready", answer: HealthReport, alsoRead: [503] })
  const system = await callApi(settings, { path: "/api/system", answer: SystemReport })
  const nodes = await callApi(settings, { path: "/api/nodes", answer: Schema.Array(NodeRow) })
  const ready = health.status === "ok"
  const status = {
    ready,
    version: health.version,
    url,
    smtpPort: ports.smtp,
    ...(ports.smtps === undefined ? {} : { smtpsPort: ports.smtps }),
    address: owner.address,
    components: health.components,
    requests: system.requestCounts,
    nodes,
  }
  console.log(json ? JSON.stringify(status) : printable(inWords(status)))
  return ready
}

interface Status {
  readonly ready: boolean
  readonly version: string
  readonly url: string
  readonly smtpPort: number
  readonly smtpsPort?: number
  readonly address: string
  readonly components: HealthReport["components"]
  readonly requests: SystemReport["requestCounts"]
  readonly nodes: ReadonlyArray<NodeRow>
}

const inWords = (status: Status): string => {
  const row = (name: string, words: string) => `  ${name.padEnd(14)} ${words}`
  const requests = Object.entries(status.requests).map(([state, count]) => `${count} ${state}`)
  return [
    `maillm ${status.version} ${status.ready ? "is ready" : "is not ready: it would refuse mail for now"}`,
    row("console", status.url),
    row(
      "mail to",
      `${status.address}, by SMTP on port ${status.smtpPort}${status.smtpsPort === undefined ? "" : ` or ${status.smtpsPort} with TLS`}`,
    ),
    row("requests", requests.length === 0 ? "none yet" : requests.join(", ")),
    "Components",
    ...status.components.map(({ name, state, detail }) =>
      row(name, state === "ok" ? detail : `${state}: ${detail}`),
    ),
    "Nodes",
    ...status.nodes.map(({ nodeId, alive, runtimeReason, turnsRunning, paneCount }) =>
      row(
        nodeId,
        `${alive ? "alive" : "does not report"}, ${turnsRunning} turns running, ${paneCount} panes; runtime ${runtimeReason}`,
      ),
    ),
    ...(status.nodes.length === 0 ? ["  none reports: requests wait"] : []),
  ].join("\n")
}
