import { createSocket } from "node:dgram"
import type { Socket } from "node:dgram"
import { once } from "node:events"
import type { DnsRecord, RecordType } from "../DnsAnswer.ts"
import { plainName } from "../DnsAnswer.ts"
import { Zone } from "../Zone.ts"

/** RFC 1035 §3.2.2, RFC 3596 §2.1 */
const types: Readonly<Record<RecordType, number>> = { A: 1, CNAME: 5, PTR: 12, MX: 15, TXT: 16, AAAA: 28 }
/** RFC 1035 §4.1.1 */
const codes: Readonly<Record<string, number>> = { ESERVFAIL: 2, ENOTFOUND: 3, EREFUSED: 5 }

/** A DNS server on loopback that speaks the wire format over UDP and answers from a zone: for tests. */
export class TestDnsServer {
  readonly #socket: Socket
  #zone: Zone
  /** Questions so far, such as `TXT example.org`. */
  readonly asked: Array<string> = []
  /** How long each question waits for its answer from now on. */
  answerAfterMillis = 0

  private constructor(socket: Socket, zone: Zone) {
    this.#socket = socket
    this.#zone = zone
    socket.on("message", (query, { address, port }) => {
      const answer = this.#answer(query)
      if (answer === null) return
      if (this.answerAfterMillis === 0) socket.send(answer, port, address)
      else setTimeout(() => socket.send(answer, port, address), this.answerAfterMillis)
    })
  }

  static async start(zone: Readonly<Record<string, unknown>>): Promise<TestDnsServer> {
    const socket = createSocket("udp4")
    socket.bind(0, "127.0.0.1")
    await once(socket, "listening")
    return new TestDnsServer(socket, Zone.from(zone))
  }

  /** As settings name it. */
  get address(): string {
    return `127.0.0.1:${this.#socket.address().port}`
  }

  /** Answers otherwise from now on. */
  set zone(zone: Readonly<Record<string, unknown>>) {
    this.#zone = Zone.from(zone)
  }

  async stop(): Promise<void> {
    this.#socket.close()
    await once(this.#socket, "close")
  }

  /** Null where nobody is to answer. */
  #answer(query: Buffer): Buffer | null {
    const { end, name, type } = readQuestion(query)
    this.asked.push(`${type} ${name}`)
    const answer = this.#zone.resolve(plainName(name), type)
    if (answer._tag === "Failed" && answer.code === "ETIMEOUT") return null
    const records = answer._tag === "Records" ? answer.records : []
    const header = Buffer.alloc(12)
    query.copy(header, 0, 0, 2)
    // A response, authoritative, recursion asked for and to be had.
    header.writeUInt16BE(0x85_80 | (answer._tag === "Records" ? 0 : (codes[answer.code] ?? 0)), 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(records.length, 6)
    const question = query.subarray(12, end)
    return Buffer.concat([header, question, ...records.map((record) => toRecord(type, record))])
  }
}

const readQuestion = (query: Buffer) => {
  const labels: Array<string> = []
  let at = 12
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length))
    at += 1 + length
  }
  const number = query.readUInt16BE(at + 1)
  const found = Object.entries(types).find(([, value]) => value === number)?.[0] as RecordType | undefined
  if (found === undefined) throw new Error(`a question of type ${number}`)
  return { name: labels.join("."), type: found, end: at + 5 }
}

const toRecord = (type: RecordType, record: DnsRecord): Buffer => {
  const data = dataOf(type, record)
  const fixed = Buffer.alloc(12)
  // The name is that of the question, at byte 12.
  fixed.writeUInt16BE(0xc0_0c, 0)
  fixed.writeUInt16BE(types[type], 2)
  fixed.writeUInt16BE(1, 4)
  fixed.writeUInt32BE(60, 6)
  fixed.writeUInt16BE(data.length, 10)
  return Buffer.concat([fixed, data])
}

const dataOf = (type: RecordType, record: DnsRecord): Buffer => {
  if (typeof record === "string") {
    if (type === "A") return Buffer.from(record.split(".").map(Number))
    return type === "AAAA" ? addressBytes(record) : nameBytes(record)
  }
  if ("exchange" in record) {
    const priority = Buffer.alloc(2)
    priority.writeUInt16BE(record.priority)
    return Buffer.concat([priority, nameBytes(record.exchange)])
  }
  // A character-string has 255 bytes at most (RFC 1035 §3.3).
  const strings = record.flatMap((text) => text.match(/[^]{1,255}/g) ?? [""])
  return Buffer.concat(
    strings.map((text) => Buffer.concat([Buffer.of(text.length), Buffer.from(text, "latin1")])),
  )
}

const nameBytes = (name: string) =>
  Buffer.concat([
    ...name.split(".").map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label, "latin1")])),
    Buffer.of(0),
  ])

const addressBytes = (address: string) => {
  const [head = "", tail = ""] = address.split("::")
  const groups = (text: string) => (text === "" ? [] : text.split(":"))
  const gap = Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => "0")
  const all = address.includes("::") ? [...groups(head), ...gap, ...groups(tail)] : address.split(":")
  const bytes = Buffer.alloc(16)
  for (const [index, group] of all.entries()) bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2)
  return bytes
}
