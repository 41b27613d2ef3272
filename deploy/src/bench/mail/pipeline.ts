import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { Nats } from "@maillm/actors/nats/Nats"
import { smtpLoad } from "@maillm/gateway/smtp/testing/smtpLoad"
import type { BenchChild } from "../actors/BenchChild.ts"
import type { BenchRun } from "../actors/BenchRun.ts"
import { startNats } from "../actors/startNats.ts"
import type { BenchRow } from "../BenchReport.ts"
import { median } from "../BenchReport.ts"
import { benchDomain, benchLocalPart } from "../mailAddresses.ts"
import { makeSigner, senderNetworkAddress, senderOf } from "./signedMails.ts"

const users = 250
const connections = 50
const mailBytes = 5_120
const mailsEach = 2_000
const warmUp = 2_000
const rounds = 5
const goalPerSecond = 1_000
const decidedMillis = 60_000

/**
 * Mails a second through the whole pipeline: signed with DKIM, authenticated, stored, parsed, and decided about by the actors
 * of their users, from the first MAIL to the last commit. A nats-server of its own, since much is left in it.
 */
export const pipelineRows = async (run: BenchRun): Promise<ReadonlyArray<BenchRow>> => {
  const nats = await startNats(run, "always", { name: "nats-pipeline" })
  const signer = makeSigner()
  const server = await startPipeline(run, nats.url, signer.zone)
  const journal = openJournal(nats.url)
  const measured: Array<Round> = []
  for (let round = 0; round <= rounds; round++) {
    const mails = round === 0 ? warmUp : mailsEach
    const id = (index: number) => `r${round}-${index}-${Date.now()}`
    const contents = await Promise.all(
      Array.from({ length: mails }, (_, index) =>
        signer.mail(index % users, addressOf(index), id(index), mailBytes),
      ),
    )
    const result = await oneRound(contents, { ...server, journal, nats: nats.child })
    if (round > 0) measured.push(result)
  }
  const outcomes = await journal.outcomes()
  await journal.close()
  await server.child.stop()
  await nats.child.stop()
  const expected = warmUp + rounds * mailsEach
  if (outcomes.get("MailAccepted") !== expected)
    throw new Error(`not ${expected} mails became commands: ${JSON.stringify([...outcomes])}`)
  const of = (value: (one: Round) => number) => median(measured.map(value))
  const rate = of(({ perSecond }) => perSecond)
  const row = { peers: {}, limit: null }
  return [
    {
      ...row,
      case: "whole pipeline: DKIM, SPF, DMARC, parsed, decided by its user's actor",
      unit: "mails/s",
      ours: rate,
      goals: [{ goal: `${goalPerSecond} mails/s`, value: rate, met: rate >= goalPerSecond }],
    },
    {
      ...row,
      case: "250 meanwhile",
      unit: "mails/s",
      ours: of(({ acceptedPerSecond }) => acceptedPerSecond),
    },
    {
      ...row,
      case: "CPU of a mail in the pipeline",
      unit: "ms",
      ours: of(({ serverMillis }) => serverMillis),
    },
    {
      ...row,
      case: "CPU of a mail in its nats-server",
      unit: "ms",
      ours: of(({ natsMillis }) => natsMillis),
    },
  ]
}

interface Round {
  readonly perSecond: number
  readonly acceptedPerSecond: number
  readonly serverMillis: number
  readonly natsMillis: number
}

interface Parts {
  readonly child: BenchChild
  readonly port: number
  readonly nats: BenchChild
  readonly journal: ReturnType<typeof openJournal>
}

const addressOf = (index: number) => `${benchLocalPart(index % users)}@${benchDomain}`

const startPipeline = async (run: BenchRun, url: string, zone: object) => {
  const zoneFile = join(run.dataFolder("pipeline"), "zone.json")
  writeFileSync(zoneFile, JSON.stringify(zone))
  const child = run.spawn("pipeline", process.execPath, [
    "--disable-warning=ExperimentalWarning",
    fileURLToPath(new URL("pipelineServer.ts", import.meta.url)),
    url,
    zoneFile,
    String(users),
  ])
  const answer = await child.answer()
  return {
    child,
    port: typeof answer === "object" && answer !== null && "port" in answer ? Number(answer.port) : 0,
  }
}

const oneRound = async (
  contents: ReadonlyArray<string>,
  { child, journal, nats, port }: Parts,
): Promise<Round> => {
  const mails = contents.length
  const records = await journal.records()
  const serverBefore = child.cpuSeconds()
  const natsBefore = nats.cpuSeconds()
  const begun = performance.now()
  const load = await smtpLoad({
    host: "127.0.0.1",
    port,
    to: Array.from({ length: users }, (_, user) => addressOf(user)),
    from: (index) => senderOf(index % users),
    proxyFor: senderNetworkAddress,
    connections,
    mails,
    mailBytes,
    contents,
    run: "",
  })
  if (load.accepted < mails)
    throw new Error(`the pipeline refused mails: ${JSON.stringify(load.refused)}\n${child.output}`)
  // One record for each mail that was received, and one for each that was decided about.
  await journal.reach(records + 2 * mails)
  return {
    perSecond: (mails * 1_000) / (performance.now() - begun),
    acceptedPerSecond: load.mailsPerSecond,
    serverMillis: ((child.cpuSeconds() - serverBefore) * 1_000) / mails,
    natsMillis: ((nats.cpuSeconds() - natsBefore) * 1_000) / mails,
  }
}

const openJournal = (url: string) => {
  const runtime = ManagedRuntime.make(Nats.layer({ servers: url, name: "bench journal" }))
  const ask = <A>(question: (nats: Nats["Service"]) => Promise<A>) =>
    runtime.runPromise(Effect.flatMap(Nats, (nats) => Effect.promise(() => question(nats))))
  const records = () =>
    ask(async ({ jsm }) => {
      const { state } = await jsm.streams.info("EVT", { subjects_filter: "evt.user.>" })
      return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0)
    })
  return {
    records,
    reach: async (count: number) => {
      for (const end = performance.now() + decidedMillis; performance.now() < end;) {
        if ((await records()) >= count) return
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      throw new Error(`after ${decidedMillis / 1_000} s ${await records()} of ${count} records are there`)
    },
    /** How often each event stands in the users' journals. */
    outcomes: async () => {
      const counts = new Map<string, number>()
      let left = await records()
      await ask(async ({ js }) => {
        const consumer = await js.consumers.get("EVT", { filter_subjects: "evt.user.>" })
        for await (const message of await consumer.consume()) {
          const { events } = message.json<{ events: ReadonlyArray<{ _tag: string }> }>()
          for (const { _tag } of events) counts.set(_tag, (counts.get(_tag) ?? 0) + 1)
          if (--left === 0) break
        }
      })
      return counts
    },
    close: () => runtime.dispose(),
  }
}
