import { connect } from "node:net"
import type { Socket } from "node:net"
import { argv } from "node:process"

export interface LoadOptions {
  readonly host: string
  readonly port: number
  /** Recipients in turn, one a mail: a mailbox holds a bounded number of commands. */
  readonly to: ReadonlyArray<string>
  /** At the same time, each with one mail at a time. */
  readonly connections: number
  /** A new connection for every mail, ended with QUIT; otherwise connections are kept. */
  readonly reconnects?: boolean
  readonly mails: number
  /** Size of one mail in bytes, headers included. */
  readonly mailBytes: number
  /** Mails made before; otherwise each is made when it is sent. Their number is `mails`. */
  readonly contents?: ReadonlyArray<string>
  /** MAIL FROM of each mail. */
  readonly from?: (index: number) => string
  /** Each mail's size is said before, as mail servers do. */
  readonly declaresSize?: boolean
  /** The client's address that a PROXY header says before every greeting; none unless given. */
  readonly proxyFor?: string
  /** Part of every Message-ID, so that no two runs send the same mail. */
  readonly run: string
}

export interface LoadResult {
  readonly accepted: number
  /** Replies other than 250 to a mail, by their first line; the mail is not sent again. */
  readonly refused: Readonly<Record<string, number>>
  readonly seconds: number
  readonly mailsPerSecond: number
  /** From sending MAIL to the final 250, milliseconds; with `reconnects` from opening the connection. */
  readonly p50Millis: number
  readonly p99Millis: number
}

/**
 * Sends mails as fast as the server answers, without a library in between: MAIL, RCPT and DATA each wait for
 * their reply. Counts from the first MAIL after all kept connections are greeted to the last 250.
 */
export const smtpLoad = async (options: LoadOptions): Promise<LoadResult> => {
  const clients = await Promise.all(
    Array.from({ length: options.connections }, async () =>
      options.reconnects === true ? null : await greet(options),
    ),
  )
  const latencies: Array<number> = []
  const refused: Record<string, number> = {}
  let next = 0
  const started = performance.now()
  await Promise.all(
    clients.map(async (keptClient) => {
      while (next < options.mails) {
        const index = next++
        const to = options.to[index % options.to.length] ?? ""
        const content = options.contents?.[index] ?? mailContent(options, index, to)
        const sender = options.from?.(index) ?? "load@example.org"
        const from = performance.now()
        const client = keptClient ?? (await greet(options))
        const size = options.declaresSize === true ? ` SIZE=${content.length}` : ""
        const reply = await sendOne(client, `<${sender}>${size}`, to, content)
        if (keptClient === null) client.socket.end("QUIT\r\n")
        if (reply.startsWith("250")) latencies.push(performance.now() - from)
        else refused[reply] = (refused[reply] ?? 0) + 1
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  for (const client of clients) client?.socket.destroy()
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? Number.NaN
  return {
    accepted: latencies.length,
    refused,
    seconds,
    mailsPerSecond: latencies.length / seconds,
    p50Millis: at(0.5),
    p99Millis: at(0.99),
  }
}

interface Client {
  readonly socket: Socket
  /** The last line of the next reply; `closed` when there is none to come. */
  readonly reply: () => Promise<string>
}

const greet = async (options: LoadOptions): Promise<Client> => {
  const client = open(connect(options.port, options.host))
  if (options.proxyFor !== undefined)
    client.socket.write(`PROXY TCP4 ${options.proxyFor} 127.0.0.1 40000 25\r\n`)
  await client.reply()
  client.socket.write("EHLO load.example\r\n")
  await client.reply()
  return client
}

const open = (socket: Socket): Client => {
  let buffer = ""
  let closed = false
  let waiting: ((line: string) => void) | null = null
  const deliver = () => {
    if (waiting === null) return
    const match = /^(?:\d{3}-.*\r\n)*(\d{3}.*)\r\n/.exec(buffer)
    if (match === null && !closed) return
    const resolve = waiting
    waiting = null
    buffer = match === null ? "" : buffer.slice(match[0].length)
    resolve(match?.[1] ?? "closed")
  }
  socket.setNoDelay(true)
  socket.on("data", (data) => {
    buffer += data.toString("latin1")
    deliver()
  })
  socket.on("error", () => undefined)
  socket.on("close", () => {
    closed = true
    deliver()
  })
  return {
    socket,
    reply: () =>
      new Promise((resolve) => {
        waiting = resolve
        deliver()
      }),
  }
}

const sendOne = async (client: Client, from: string, to: string, content: string): Promise<string> => {
  for (const line of [`MAIL FROM:${from}`, `RCPT TO:<${to}>`, "DATA"]) {
    client.socket.write(`${line}\r\n`)
    const reply = await client.reply()
    if (/^[23]/.test(reply)) continue
    client.socket.write("RSET\r\n")
    await client.reply()
    return reply
  }
  client.socket.write(`${content}\r\n.\r\n`)
  return client.reply()
}

const mailContent = (options: LoadOptions, index: number, to: string) => {
  const head = `From: load@example.org\r\nTo: ${to}\r\nSubject: load ${index}\r\nMessage-ID: <${options.run}.${index}@load.example>\r\n\r\n`
  const line = `${"0123456789".repeat(7)}\r\n`
  const lines = Math.max(0, Math.ceil((options.mailBytes - head.length) / line.length))
  return head + line.repeat(lines) + "end"
}

/** `node smtpLoad.ts PORT ADDRESS[,ADDRESS] [MAILS] [CONNECTIONS] [BYTES]` prints the result as JSON. */
if (import.meta.main) {
  const [port, to, mails, connections, mailBytes] = argv.slice(2)
  const result = await smtpLoad({
    host: "127.0.0.1",
    port: Number(port),
    to: String(to).split(","),
    mails: Number(mails ?? 10_000),
    connections: Number(connections ?? 50),
    mailBytes: Number(mailBytes ?? 5_120),
    run: String(Date.now()),
  })
  process.stdout.write(`${JSON.stringify(result)}\n`)
}
