import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { smtpLoad } from "@maillm/gateway/smtp/testing/smtpLoad"
import type { LoadResult } from "@maillm/gateway/smtp/testing/smtpLoad"
import { natsServerTool } from "../tools/NatsServer.ts"
import { obtainTool } from "../tools/obtainTool.ts"
import type { BenchReport } from "./BenchReport.ts"
import { median } from "./BenchReport.ts"
import { benchDomain, benchLocalPart } from "./mailAddresses.ts"

const rounds = 5
const mailsPerRound = 3_000
const connections = 50
const mailBytes = 5_120
/** Their mailboxes together hold every mail of the run, since nobody reads them meanwhile. */
const users = 100

/** Mails accepted durably a second over kept connections, beside a bare smtp-server that discards; interleaved. */
export const run = async (): Promise<BenchReport> => {
  const tool = await obtainTool(natsServerTool)
  if (tool.kind === "ready") process.env["MAILLM_TEST_NATS_SERVER"] = tool.path
  const nats = await startTestNats()
  const servers: Array<ChildProcess> = []
  try {
    const bare = await startServer(servers, ["bare"])
    const maillm = await startServer(servers, ["maillm", nats.url, String(users)])
    const ours: Array<LoadResult> = []
    const limit: Array<LoadResult> = []
    for (let round = 0; round <= rounds; round++) {
      const mails = round === 0 ? 300 : mailsPerRound
      const first = await load(maillm, mails, `ours-${round}-${Date.now()}`)
      const second = await load(bare, mails, `bare-${round}-${Date.now()}`)
      if (round === 0) continue
      ours.push(first)
      limit.push(second)
    }
    const refused = ours.flatMap((result) => Object.entries(result.refused))
    if (refused.length > 0) throw new Error(`mails were refused: ${JSON.stringify(refused)}`)
    return {
      name: "mail",
      rows: [
        row(
          "accepted, 50 kept connections, 5 KiB",
          "mails/s",
          ours,
          limit,
          (result) => result.mailsPerSecond,
        ),
        row("MAIL → 250, p50", "ms", ours, limit, (result) => result.p50Millis),
        row("MAIL → 250, p99", "ms", ours, limit, (result) => result.p99Millis),
      ],
      notes: [
        `limit: bare smtp-server that discards, same run; ${rounds} interleaved rounds of ${mailsPerRound} mails, medians`,
        "maillm: 250 only after the mail and the command are stored by JetStream with sync_interval: always (fsync); bare: nothing is stored",
        "the load generator, nats-server and both servers share the machine",
      ],
    }
  } finally {
    for (const server of servers) server.kill("SIGKILL")
    await nats.stop()
  }
}

const row = (
  name: string,
  unit: string,
  ours: ReadonlyArray<LoadResult>,
  limit: ReadonlyArray<LoadResult>,
  value: (result: LoadResult) => number,
) => ({ case: name, unit, ours: median(ours.map(value)), peers: {}, limit: median(limit.map(value)) })

const load = (port: number, mails: number, run: string) =>
  smtpLoad({
    host: "127.0.0.1",
    port,
    to: Array.from({ length: users }, (_, user) => `${benchLocalPart(user)}@${benchDomain}`),
    connections,
    mails,
    mailBytes,
    run,
  })

/** Starts a server in a process of its own; answers the port it prints. */
const startServer = (servers: Array<ChildProcess>, args: ReadonlyArray<string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        "--disable-warning=ExperimentalWarning",
        fileURLToPath(new URL("mailServer.ts", import.meta.url)),
        ...args,
      ],
      { env: { PATH: process.env["PATH"] ?? "" }, stdio: ["ignore", "pipe", "inherit"] },
    )
    servers.push(child)
    child.once("error", reject)
    child.once("exit", (code) => reject(new Error(`the server ${args[0]} ended with ${code}`)))
    createInterface({ input: child.stdout }).on("line", (line) => {
      // Its log goes to the same place.
      if (!line.startsWith("{")) return
      const said: unknown = JSON.parse(line)
      if (typeof said === "object" && said !== null && "port" in said) resolve(Number(said.port))
    })
  })
