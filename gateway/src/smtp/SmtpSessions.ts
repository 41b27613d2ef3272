import type { SMTPServerDataStream, SMTPServerSession } from "smtp-server"
import { clientNetwork, isLoopback } from "./clientAddress.ts"
import { ConnectionLimits } from "./ConnectionLimits.ts"
import { RateLimit } from "./RateLimit.ts"
import type { Target } from "./recipients.ts"
import type { SmtpConnection } from "./SmtpConnection.ts"
import type { SmtpLimits } from "./SmtpLimits.ts"
import { SmtpReply } from "./SmtpReply.ts"

/** What is known of one connection. */
interface Client {
  /** Recipients accepted in this transaction, by address in lower case. */
  targets: Map<string, Target>
  refusals: number
  /** A whole mail is in and is being stored. */
  storing: boolean
  /** The mail that is coming in. */
  receiving: { readonly stream: SMTPServerDataStream; readonly sinceMillis: number } | null
}

/** Share of the connections in use from which on idle ones are let go sooner. */
const busyShare = 0.8

/** The open connections of all listeners, and what they are held to. */
export class SmtpSessions {
  readonly #limits: SmtpLimits
  readonly #admission: ConnectionLimits
  readonly #mailRate: RateLimit
  readonly #connections = new Map<
    string,
    { readonly connection: SmtpConnection; readonly leave: () => void }
  >()
  readonly #clients = new Map<string, Client>()

  constructor(limits: SmtpLimits) {
    this.#limits = limits
    this.#admission = new ConnectionLimits(limits)
    this.#mailRate = new RateLimit(limits.mailsPerMinute, limits.rememberedClients)
  }

  get open(): number {
    return this.#admission.open
  }

  /** Why this connection is not wanted; or what is to be called at its end, once or more. */
  admit(address: string): SmtpReply | { readonly leave: () => void } {
    const refusal = this.#admission.admit(address, performance.now())
    if (refusal !== null) return refusal
    let left = false
    return {
      leave: () => {
        if (!left) this.#admission.close(address)
        left = true
      },
    }
  }

  track(connection: SmtpConnection, leave: () => void): void {
    this.#connections.set(connection.id, { connection, leave })
  }

  close(session: SMTPServerSession): void {
    this.#connections.get(session.id)?.leave()
    this.#connections.delete(session.id)
    this.#clients.delete(session.id)
  }

  of(session: SMTPServerSession): Client {
    const known = this.#clients.get(session.id)
    if (known !== undefined) return known
    const made: Client = { targets: new Map(), refusals: 0, storing: false, receiving: null }
    this.#clients.set(session.id, made)
    return made
  }

  /**
   * Counts a mail by its sender and the network it comes from: by the sender alone, anyone could use up another's
   * share. Null, or why it has to wait. This machine and who has signed in are not counted.
   */
  countMail(session: SMTPServerSession, sender: string): SmtpReply | null {
    if (isLoopback(session.remoteAddress) || session.user) return null
    const key = `${clientNetwork(session.remoteAddress)} ${sender.toLowerCase()}`
    const seconds = this.#mailRate.take(key, performance.now())
    return seconds === 0
      ? null
      : new SmtpReply(450, `4.7.28 Too many mails from this sender, try again in ${seconds} s`)
  }

  /** A mail comes in from now on, and has to come fast enough. */
  receive(session: SMTPServerSession, stream: SMTPServerDataStream): void {
    this.of(session).receiving = { stream, sinceMillis: performance.now() }
  }

  /** The reply given, or after too many of them the end of the connection: nobody gets to guess at length. */
  refuse(session: SMTPServerSession, reply: SmtpReply): SmtpReply {
    const client = this.of(session)
    client.refusals++
    return client.refusals > this.#limits.refusals
      ? new SmtpReply(421, "4.7.0 Too many refusals, closing the connection")
      : reply
  }

  /** Ends the connections that have lasted too long, are idle, or send too slowly. */
  sweep(nowMillis = performance.now()): void {
    const busy = this.open >= this.#limits.connections * busyShare
    for (const { connection } of this.#connections.values()) {
      const reason = this.#overdue(connection, nowMillis, busy)
      if (reason !== null) connection.send(421, reason, false)
    }
  }

  /** Ends all connections but those whose mail is being stored, which may hear their 250 yet. */
  dismiss(): void {
    for (const { connection } of this.#connections.values()) {
      if (this.#clients.get(connection.id)?.storing !== true) {
        connection.send(421, "4.3.2 Shutting down, try again in a moment", false)
      }
    }
  }

  #overdue(connection: SmtpConnection, nowMillis: number, busy: boolean): string | null {
    const { busyIdleMillis, dataBytesPerSecond, dataGraceMillis, idleMillis, sessionMillis } = this.#limits
    const client = this.#clients.get(connection.id)
    if (client?.storing === true) return null
    if (nowMillis - connection.openedMillis > sessionMillis) return "4.4.2 The connection has lasted too long"
    const mail = client?.receiving ?? null
    if (mail !== null) {
      const millis = nowMillis - mail.sinceMillis
      if (millis <= (busy ? Math.min(busyIdleMillis, dataGraceMillis) : dataGraceMillis)) return null
      return (mail.stream.byteLength * 1_000) / millis >= dataBytesPerSecond
        ? null
        : `4.4.2 The mail comes too slowly: ${dataBytesPerSecond} bytes a second are the least`
    }
    if (busy && connection.idleMillis(nowMillis) > busyIdleMillis)
      return "4.3.2 Too many connections, and this one is idle"
    return connection.idleMillis(nowMillis) > idleMillis ? "4.4.2 Timeout, closing the connection" : null
  }
}
