import { argv } from "node:process"
import { authenticate } from "mailauth"
import PostalMime from "postal-mime"
import { Zone } from "../../dns/Zone.ts"
import type { RecordType } from "../../dns/DnsAnswer.ts"
import { authenticateMail } from "../authenticate/authenticateMail.ts"
import type { Ask } from "../authenticate/QuestionLog.ts"
import { defaultSignedHeaders } from "../authenticate/MailAuthenticator.ts"
import { useJoinedBlob } from "../mime/JoinedBlob.ts"
import { parseMail } from "../parseMail.ts"

/** CPU of one mail, milliseconds: ours, and of the library that we do it with, with its own defaults. */
export interface MailCosts {
  readonly authenticating: { readonly ours: number; readonly mailauth: number }
  readonly parsing: { readonly ours: number; readonly postalMime: number }
}

export interface CostOptions {
  /** A signed mail, lines in CRLF. */
  readonly mail: string
  /** What the DNS says. */
  readonly zone: unknown
  readonly remoteAddress: string
  readonly envelopeFrom: string
  /** Times that each is done in one round. */
  readonly times: number
  readonly rounds: number
}

const domain = "mail.test"
const helo = "mx.sender.test"

/** Medians over rounds in which the four take turns, after one to warm up. To be run in a process of its own. */
export const mailCosts = async (options: CostOptions): Promise<MailCosts> => {
  const raw = Buffer.from(options.mail, "latin1")
  const zone = Zone.from(options.zone)
  const ask: Ask = async (name, type) => zone.resolve(name, type)
  const sender = { remoteAddress: options.remoteAddress, helo, envelopeFrom: options.envelopeFrom }
  const rules = {
    domain,
    signedHeaders: defaultSignedHeaders,
    excuseServices: true,
    trustedForwarders: [],
    dnsMillis: 10_000,
    nowMillis: Date.now(),
  }
  const NodesBlob = globalThis.Blob
  const work = {
    ours: async () => {
      const { verdict } = await authenticateMail(raw, sender, ask, rules)
      if (verdict !== "command") throw new Error(`the mail is not proven: ${verdict}`)
    },
    mailauth: async () => {
      const { dkim } = await authenticate(raw, {
        ip: options.remoteAddress,
        helo,
        sender: options.envelopeFrom,
        mta: domain,
        resolver: resolverOf(zone),
      })
      if (dkim?.results[0]?.status.result !== "pass") throw new Error("the mail is not signed")
    },
    parsing: async () => {
      // As in the thread that reads mails.
      useJoinedBlob()
      const { _tag } = await parseMail(raw, domain)
      globalThis.Blob = NodesBlob
      if (_tag !== "Readable") throw new Error("the mail is not readable")
    },
    postalMime: async () => {
      await PostalMime.parse(raw)
    },
  }
  const measured = { ours: [], mailauth: [], parsing: [], postalMime: [] } as Record<
    keyof typeof work,
    Array<number>
  >
  for (let round = 0; round <= options.rounds; round++) {
    for (const name of ["ours", "mailauth", "parsing", "postalMime"] as const) {
      const millis = await cpuMillis(options.times, work[name])
      if (round > 0) measured[name].push(millis)
    }
  }
  return {
    authenticating: { ours: middle(measured.ours), mailauth: middle(measured.mailauth) },
    parsing: { ours: middle(measured.parsing), postalMime: middle(measured.postalMime) },
  }
}

const resolverOf = (zone: Zone) => async (name: string, type: string) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- mailauth asks for these types only
  const answer = zone.resolve(name, type as RecordType)
  if (answer._tag === "Records") {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as in QuestionLog
    return answer.records.map((record) => structuredClone(record)) as Array<string>
  }
  throw Object.assign(new Error(name), { code: answer.code })
}

const cpuMillis = async (times: number, work: () => Promise<void>) => {
  globalThis.gc?.()
  const before = process.cpuUsage()
  for (let i = 0; i < times; i++) await work()
  const { system, user } = process.cpuUsage(before)
  return (user + system) / 1_000 / times
}

const middle = (values: ReadonlyArray<number>) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** `node mailCosts.ts FILE`, which holds the options as JSON, prints the costs as JSON. */
if (import.meta.main) {
  const { readFileSync } = await import("node:fs")
  const options: CostOptions = JSON.parse(readFileSync(argv[2] ?? "", "utf8"))
  console.log(JSON.stringify(await mailCosts(options)))
}
