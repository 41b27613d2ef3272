import { smtpLoad } from "@maillm/gateway/smtp/testing/smtpLoad"
import type { LoadResult } from "@maillm/gateway/smtp/testing/smtpLoad"
import { BenchRun } from "./actors/BenchRun.ts"
import { startNats } from "./actors/startNats.ts"
import { median } from "./BenchReport.ts"
import type { BenchGoal, BenchReport, BenchRow } from "./BenchReport.ts"
import { startOwn } from "./mail/MailServer.ts"
import type { MailServer } from "./mail/MailServer.ts"
import { costRows } from "./mail/costs.ts"
import { measureMemory } from "./mail/memory.ts"
import { openSlow } from "./mail/openConnections.ts"
import { pipelineRows } from "./mail/pipeline.ts"
import { smtpSourceRow } from "./mail/smtpSource.ts"
import { startHaraka } from "./mail/startHaraka.ts"
import { startPostfix } from "./mail/startPostfix.ts"
import { benchDomain, benchLocalPart } from "./mailAddresses.ts"

const rounds = 5
const keptMails = 3_000
const singleMails = 1_000
const connections = 50
const slowSenders = 1_000
const mailBytes = 5_120
/** Their mailboxes together hold every mail of the run, since nobody reads them meanwhile. */
const users = 250

/** Mails accepted a second, on kept connections and with one for each mail, beside Postfix, Haraka and a bare smtp-server. */
export const run = async (): Promise<BenchReport> => {
  const bench = new BenchRun()
  try {
    const nats = await startNats(bench, "always")
    const startOurs = async () => ({
      name: "maillm",
      about: "maillm: 250 once mail and command are stored by JetStream with sync_interval: always (fsync)",
      ...(await startOwn(bench, "maillm", ["maillm", nats.url, String(users)])),
    })
    const startBare = async () => ({
      name: "bare",
      about: "limit: bare smtp-server 3.21.6 that discards, same run",
      ...(await startOwn(bench, "bare", ["bare"])),
    })
    const ours = await startOurs()
    const bare = await startBare()
    const peers = [await startPostfix(bench), await startHaraka(bench)].flatMap((peer) => peer ?? [])
    const all = [ours, ...peers, bare]
    const kept = await interleaved(all, { mails: keptMails, reconnects: false })
    const single = await interleaved(all, { mails: singleMails, reconnects: true })
    const bySource = await smtpSourceRow(all, rounds)
    return {
      name: "mail",
      rows: [
        ...keptRows(kept),
        ...singleRows(single),
        ...(bySource === null ? [] : [bySource]),
        await slowRow(ours),
        ...(await measureMemory([startOurs, startBare], address(0))),
        ...(await costRows(bench)),
        ...(await pipelineRows(bench)),
      ],
      notes: [
        ...all.map(({ about }) => about),
        `${rounds} interleaved rounds after a short one to warm up, medians; ${connections} connections at the same time, mails of 5 KiB, MAIL, RCPT and DATA each wait for their reply`,
        "whole pipeline: SMTP, authentication, blobs, users' actors and mail reader in one process, its DNS a zone in memory, mails come by a PROXY header from the server that SPF names; what sessions do with their requests is not in it",
        "CPU of one mail: one thread, medians of five interleaved rounds; the libraries as they are, with the same DNS",
        "the load generator, nats-server and all servers share the machine; a round begins when the server before has nothing left to do",
      ],
    }
  } finally {
    await bench.dispose()
  }
}

type Results = ReadonlyMap<string, ReadonlyArray<LoadResult>>
interface Load {
  readonly mails: number
  readonly reconnects: boolean
}

const address = (user: number) => `${benchLocalPart(user)}@${benchDomain}`

const load = async ({ name, port, settle }: MailServer, { mails, reconnects }: Load, round: string) => {
  const result = await smtpLoad({
    host: "127.0.0.1",
    port,
    to: Array.from({ length: users }, (_, user) => address(user)),
    connections,
    mails,
    mailBytes,
    reconnects,
    run: `${name}-${round}-${reconnects}-${Date.now()}`,
  })
  await settle()
  if (result.accepted < mails) throw new Error(`${name} refused mails: ${JSON.stringify(result.refused)}`)
  return result
}

const interleaved = async (servers: ReadonlyArray<MailServer>, what: Load): Promise<Results> => {
  const results = new Map<string, Array<LoadResult>>()
  for (const server of servers) await load(server, { ...what, mails: what.mails / 10 }, "warm")
  for (let round = 0; round < rounds; round++) {
    for (const server of servers) {
      const result = await load(server, what, String(round))
      results.set(server.name, [...(results.get(server.name) ?? []), result])
    }
  }
  return results
}

const row = (
  name: string,
  unit: string,
  results: Results,
  value: (result: LoadResult) => number,
): BenchRow => {
  const of = (server: string) => median((results.get(server) ?? []).map(value))
  const peers = [...results.keys()].filter((server) => server !== "maillm" && server !== "bare")
  return {
    case: name,
    unit,
    ours: of("maillm"),
    peers: Object.fromEntries(peers.map((peer) => [peer, of(peer)])),
    limit: of("bare"),
  }
}
const goal = (words: string, value: number, least: number): BenchGoal => ({
  goal: words,
  value,
  met: value >= least,
})

const keptRows = (results: Results): ReadonlyArray<BenchRow> => {
  const rate = row("accepted, 50 kept connections", "mails/s", results, (one) => one.mailsPerSecond)
  const peers = Object.values(rate.peers)
  return [
    {
      ...rate,
      goals: [
        ...(peers.length === 0 ? [] : [goal("4 x best peer", rate.ours / Math.max(...peers), 4)]),
        goal("45 % of the limit", (100 * rate.ours) / (rate.limit ?? Number.NaN), 45),
      ],
    },
    row("MAIL → 250, p50", "ms", results, (one) => one.p50Millis),
    row("MAIL → 250, p99", "ms", results, (one) => one.p99Millis),
  ]
}

const singleRows = (results: Results): ReadonlyArray<BenchRow> => {
  const rate = row("accepted, one mail a connection", "mails/s", results, (one) => one.mailsPerSecond)
  const postfix = rate.peers["postfix"]
  return [
    {
      ...rate,
      goals: postfix === undefined ? [] : [goal("1 x Postfix", rate.ours / postfix, 1)],
    },
    row("connect → 250, p50", "ms", results, (one) => one.p50Millis),
    row("connect → 250, p99", "ms", results, (one) => one.p99Millis),
  ]
}

/** The p99 of others while slow senders drip, beside the one without them; rounds alternate. */
const slowRow = async (server: MailServer): Promise<BenchRow> => {
  const what = { mails: singleMails, reconnects: false }
  const quiet: Array<number> = []
  const dripping: Array<number> = []
  for (let round = 0; round < rounds; round++) {
    quiet.push((await load(server, what, `quiet-${round}`)).p99Millis)
    const slow = await openSlow(server.port, slowSenders, address(0))
    dripping.push((await load(server, what, `slow-${round}`)).p99Millis)
    slow.close()
  }
  const ours = median(dripping)
  const times = ours / median(quiet)
  return {
    case: `p99 of others while ${slowSenders.toLocaleString("en")} senders drip (without: ${median(quiet).toFixed(1)} ms)`,
    unit: "ms",
    ours,
    peers: {},
    limit: null,
    goals: [{ goal: "less than 2 x", value: times, met: times < 2 }],
  }
}
