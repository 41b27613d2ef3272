import type { BenchRow } from "../BenchReport.ts"
import { median } from "../BenchReport.ts"
import type { BenchChild } from "../actors/BenchChild.ts"
import { smtpLoad } from "@maillm/gateway/smtp/testing/smtpLoad"
import type { MailServer } from "./MailServer.ts"
import { openIdle } from "./openConnections.ts"

const idleConnections = 1_000
const largeMailBytes = 25 * 1024 * 1024 - 10_000
const rounds = 3
const mebibyte = 1024 * 1024

/** A server in a process that has done nothing yet: what it holds more than before is not hidden in what it freed. */
export type StartFresh = () => Promise<MailServer & { readonly process: BenchChild }>

/** What the server's process holds more than before, MiB: with idle connections, and at most while a large mail comes in. */
export const measureMemory = async (
  starts: ReadonlyArray<StartFresh>,
  to: string,
): Promise<ReadonlyArray<BenchRow>> => {
  const idle = new Map<string, Array<number>>()
  const large = new Map<string, Array<number>>()
  for (let round = 0; round < rounds; round++) {
    for (const start of starts) {
      const server = await start()
      await sendOne(server, to, 5_120, round)
      add(idle, server.name, await idleBytes(server))
      add(large, server.name, await largeBytes(server, to, round))
      await server.process.stop()
    }
  }
  const row = (name: string, found: Map<string, Array<number>>): BenchRow => {
    const of = (server: string) => median(found.get(server) ?? [])
    return { case: name, unit: "MiB", ours: of("maillm"), peers: {}, limit: of("bare") }
  }
  return [
    row(`memory that ${idleConnections.toLocaleString("en")} idle connections add`, idle),
    row("most that a mail of 25 MiB adds while it comes in and is stored", large),
  ]
}

const add = (found: Map<string, Array<number>>, name: string, bytes: number) =>
  found.set(name, [...(found.get(name) ?? []), bytes / mebibyte])

const collected = async (child: BenchChild) => {
  await child.ask({ collect: true })
  return child.residentBytes()
}

const idleBytes = async ({ port, process }: MailServer & { readonly process: BenchChild }) => {
  const before = await collected(process)
  const connections = await openIdle(port, idleConnections)
  const after = await collected(process)
  connections.close()
  return after - before
}

const largeBytes = async (
  server: MailServer & { readonly process: BenchChild },
  to: string,
  round: number,
) => {
  const before = await collected(server.process)
  let most = before
  const watch = setInterval(() => (most = Math.max(most, server.process.residentBytes())), 5)
  await sendOne(server, to, largeMailBytes, round)
  clearInterval(watch)
  return most - before
}

const sendOne = async ({ name, port }: MailServer, to: string, mailBytes: number, round: number) => {
  const run = `one-${name}-${mailBytes}-${round}-${Date.now()}`
  const load = {
    host: "127.0.0.1",
    port,
    to: [to],
    connections: 1,
    mails: 1,
    mailBytes,
    declaresSize: true,
    run,
  }
  const sent = await smtpLoad(load)
  if (sent.accepted !== 1) throw new Error(`${name} refused a mail: ${JSON.stringify(sent.refused)}`)
}
