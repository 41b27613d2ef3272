import { createServer } from "node:net"
import type { LocalSettings } from "../../local/readSettings.ts"
import { readPorts } from "../LocalInstallation.ts"
import { ok, wrong, wrongLine } from "./Check.ts"
import type { Check } from "./Check.ts"
import { portHolder } from "./portHolder.ts"

/** The ports of HTTP and SMTP: free, or in use by the maillm of the data folder, or by what. */
export const portChecks = async (settings: LocalSettings, held: boolean): Promise<ReadonlyArray<Check>> => {
  if (held) return runningPorts(settings)
  const { httpPort, smtpPort, smtp, bind } = settings
  const ports = [
    { protocol: "HTTP", port: httpPort, setting: "MAILLM_HTTP_PORT" },
    { protocol: "SMTP", port: smtpPort, setting: "MAILLM_SMTP_PORT" },
    ...(smtp.smtpsPort === null
      ? []
      : [{ protocol: "SMTPS", port: smtp.smtpsPort, setting: "MAILLM_SMTPS_PORT" }]),
  ]
  const twice = ports.flatMap((one, i) => {
    const other = ports.slice(0, i).find(({ port }) => port === one.port && port !== 0)
    return other === undefined ? [] : [sameTwice(other, one)]
  })
  if (twice.length > 0) return twice
  return Promise.all(
    ports.map(({ port, protocol, setting }) =>
      portCheck(`${protocol.toLowerCase()} port`, bind, port, setting),
    ),
  )
}

interface SetPort {
  readonly protocol: string
  readonly port: number
  readonly setting: string
}

const sameTwice = (a: SetPort, b: SetPort): Check =>
  wrong(
    "ports",
    `${a.protocol} and ${b.protocol} both have port ${a.port}`,
    `change ${a.setting} or ${b.setting}`,
  )

const runningPorts = ({ dataDir }: LocalSettings): ReadonlyArray<Check> => {
  try {
    const ports = readPorts(dataDir)
    if (ports === null) return [ok("ports", "the running maillm is starting or stopping")]
    const { http, smtp, smtps, nats } = ports
    const secure = smtps === undefined ? "" : `, SMTPS ${smtps}`
    return [ok("ports", `of the running maillm: HTTP ${http}, SMTP ${smtp}${secure}, NATS ${nats}`)]
  } catch (error) {
    return [wrongLine("ports", error instanceof Error ? error.message : String(error))]
  }
}

const portCheck = async (name: string, bind: string, port: number, setting: string): Promise<Check> => {
  const failure = await listenFailure(bind, port)
  if (failure === null) return ok(name, port === 0 ? `any free one on ${bind}` : `${port} on ${bind} is free`)
  if (failure === "EADDRINUSE") {
    const holder = portHolder(port)
    return wrong(
      name,
      `${port} on ${bind} is in use${holder === null ? "" : ` by ${holder}`}`,
      `stop that, or set ${setting} to another port, or to 0 for any free one`,
    )
  }
  return failure === "EACCES"
    ? wrong(name, `${port} on ${bind} is not for this user to open`, `set ${setting} to a port above 1023`)
    : wrong(
        name,
        `no port can be opened on ${bind} (${failure})`,
        "correct MAILLM_BIND, which must be an address of this machine",
      )
}

/** The code of the error that listening gives; null when it works. */
const listenFailure = (host: string, port: number): Promise<string | null> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once("error", (error) => resolve("code" in error ? String(error.code) : error.message))
    server.listen(port, host, () => server.close(() => resolve(null)))
  })
