import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { MailCosts } from "@maillm/gateway/mail/testing/mailCosts"
import type { BenchRun } from "../actors/BenchRun.ts"
import type { BenchRow } from "../BenchReport.ts"
import { makeSigner, senderNetworkAddress, senderOf } from "./signedMails.ts"

const program = fileURLToPath(import.meta.resolve("@maillm/gateway/mail/testing/mailCosts"))
const rounds = 5
const kibibyte = 1024
const sizes = [
  { words: "5 KiB", textBytes: 5 * kibibyte, fileBytes: 0, times: 1_000 },
  // Three quarters: Base64 makes four bytes of three.
  { words: "1 MiB", textBytes: 5 * kibibyte, fileBytes: 760 * kibibyte, times: 30 },
] as const

/** What authenticating and parsing a mail costs, beside the libraries that do most of it. */
export const costRows = async (run: BenchRun): Promise<ReadonlyArray<BenchRow>> => {
  const signer = makeSigner()
  const folder = run.dataFolder("costs")
  const rows: Array<BenchRow> = []
  for (const { fileBytes, textBytes, times, words } of sizes) {
    const mail = await signer.mail(0, "someone@mail.test", `cost-${fileBytes}`, textBytes, fileBytes)
    const file = join(folder, `${fileBytes}.json`)
    const sender = { remoteAddress: senderNetworkAddress, envelopeFrom: senderOf(0) }
    writeFileSync(file, JSON.stringify({ mail, zone: signer.zone, ...sender, times, rounds }))
    const child = run.spawn("costs", process.execPath, ["--expose-gc", program, file])
    const costs = await child.answer()
    if (!isCosts(costs)) throw new Error(`no costs: ${JSON.stringify(costs)}`)
    const { authenticating, parsing } = costs
    rows.push(
      {
        case: `CPU of authenticating a mail of ${words} (DKIM, SPF, DMARC, ARC)`,
        unit: "ms",
        ours: authenticating.ours,
        peers: { mailauth: authenticating.mailauth },
        limit: null,
      },
      {
        case: `CPU of reading it: parts, newest text, attachments`,
        unit: "ms",
        ours: parsing.ours,
        peers: { "postal-mime": parsing.postalMime },
        limit: null,
      },
    )
  }
  return rows
}

const isCosts = (value: unknown): value is MailCosts =>
  typeof value === "object" && value !== null && "authenticating" in value && "parsing" in value
