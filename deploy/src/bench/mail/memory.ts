import type { BenchRow } from "../BenchReport.ts"
import { median } from "../BenchReport.ts"
import type { BenchChild } from "../actors/BenchChild.ts"
import { smtpLoad } from "@maillm/gateway/smtp/testing/smtpLoad"
import type { MailServer } from "./MailServer.ts"
import { openIdle } from "./openConnections.ts"

const idleConnections = 1_000
const largeMailBytes = 25 * 1024 * 1024 - 10_000
const rounds = 5
const mebibyte = 1024 * 1024

/** What the server's process holds more than before, MiB: with idle connections, and at most while a large mail comes in. */
export const measureMemory = async (
  servers: ReadonlyArray<MailServer & { readonly process: BenchChild }>,
  to: string,
): Promise<ReadonlyArray<BenchRow>> => {
  const idle = new Map<string, Array<number>>()
  const large = new Map<string, Array<number>>()
  for (let round = 0; round < rounds; round++) {
    for (const server of servers) {
      add(idle, server.name, await idleBytes(server))
      add(large, server.name, await largeBytes(server, to, round))
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
  { name, port, process }: MailServer & { readonly process: BenchChild },
  to: string,
  round: number,
) => {
  const before = await collected(process)
  let most = before
  const watch = setInterval(() => (most = Math.max(most, process.residentBytes())), 5)
  const sent = await smtpLoad({
    host: "127.0.0.1",
    port,
    to: [to],
    connections: 1,
    mails: 1,
    mailBytes: largeMailBytes,
    run: `large-${name}-${round}-${Date.now()}`,
  })
  clearInterval(watch)
  if (sent.accepted !== 1) throw new Error(`${name} refused the large mail: ${JSON.stringify(sent.refused)}`)
  return most - before
}
