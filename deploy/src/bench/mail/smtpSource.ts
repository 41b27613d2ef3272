import { median } from "../BenchReport.ts"
import type { BenchRow } from "../BenchReport.ts"
import { runCommand } from "../../tools/runCommand.ts"
import { numberedAddress, numberedMails } from "../mailAddresses.ts"
import type { MailServer } from "./MailServer.ts"

const connections = 50
const mailBytes = 5_120
const sendMillis = 120_000

/**
 * Mails accepted a second from Postfix's own load generator, on kept connections: none of our code on its side. It numbers
 * its recipients, for a mailbox holds a bounded number of mails. Null, with the reason said, where it is not installed.
 */
export const smtpSourceRow = async (
  servers: ReadonlyArray<MailServer>,
  rounds: number,
): Promise<BenchRow | null> => {
  const { output } = await runCommand("smtp-source", [])
  if (!/usage/i.test(output)) {
    console.error(
      "smtp-source does not run here: it is in Debian's package postfix (apt-get install postfix)",
    )
    return null
  }
  const rates = new Map<string, Array<number>>()
  for (let round = 0; round < rounds; round++) {
    for (const server of servers) {
      rates.set(server.name, [...(rates.get(server.name) ?? []), await send(server)])
      await server.settle()
    }
  }
  const of = (name: string) => median(rates.get(name) ?? [])
  const peers = servers.map(({ name }) => name).filter((name) => name !== "maillm" && name !== "bare")
  return {
    case: "accepted from smtp-source, 50 kept connections",
    unit: "mails/s",
    ours: of("maillm"),
    peers: Object.fromEntries(peers.map((name) => [name, of(name)])),
    limit: of("bare"),
  }
}

const send = async ({ name, port }: MailServer): Promise<number> => {
  const begun = performance.now()
  const load = ["-N", "-d", "-s", String(connections), "-m", String(numberedMails), "-l", String(mailBytes)]
  const mail = ["-f", "load@example.org", "-t", numberedAddress(), `127.0.0.1:${port}`]
  const { code, output } = await runCommand("smtp-source", [...load, ...mail], { timeoutMillis: sendMillis })
  if (code !== 0) throw new Error(`smtp-source could not send to ${name}: ${output}`)
  return (numberedMails * 1_000) / (performance.now() - begun)
}
