import type { SMTPServer, SMTPServerSession } from "smtp-server"
import { ConnectionLimits } from "./ConnectionLimits.ts"
import type { Target } from "./recipients.ts"
import type { SmtpLimits } from "./SmtpLimits.ts"
import { SmtpReply } from "./SmtpReply.ts"

/** What is known of one connection. */
interface Client {
  /** Recipients accepted in this transaction, by address in lower case. */
  targets: Map<string, Target>
  refusals: number
  /** A whole mail is in and is being stored. */
  storing: boolean
}

/** The open connections of one server. */
export class SmtpSessions {
  readonly #limits: SmtpLimits
  readonly #open: ConnectionLimits
  readonly #clients = new Map<string, Client>()
  #server: SMTPServer | undefined

  constructor(limits: SmtpLimits) {
    this.#limits = limits
    this.#open = new ConnectionLimits(limits.connectionsPerAddress, limits.sessionMillis)
  }

  attach(server: SMTPServer): void {
    this.#server = server
  }

  /** Null, or why this connection is not wanted. */
  open(session: SMTPServerSession): SmtpReply | null {
    const onDeadline = () => this.#hangUp(session.id, "4.4.2 The connection has lasted too long")
    return this.#open.open(session.id, session.remoteAddress, onDeadline)
      ? null
      : new SmtpReply(421, "4.7.0 Too many connections from your address, try again later")
  }

  close(session: SMTPServerSession): void {
    this.#open.close(session.id)
    this.#clients.delete(session.id)
  }

  of(session: SMTPServerSession): Client {
    const known = this.#clients.get(session.id)
    if (known !== undefined) return known
    const made: Client = { targets: new Map(), refusals: 0, storing: false }
    this.#clients.set(session.id, made)
    return made
  }

  /** The reply given, or after too many of them the end of the connection: nobody gets to guess at length. */
  refuse(session: SMTPServerSession, reply: SmtpReply): SmtpReply {
    const client = this.of(session)
    client.refusals++
    return client.refusals > this.#limits.refusals
      ? new SmtpReply(421, "4.7.0 Too many refusals, closing the connection")
      : reply
  }

  /** Ends all connections but those whose mail is being stored, which may hear their 250 yet. */
  dismiss(): void {
    for (const connection of this.#server?.connections ?? []) {
      if (this.#clients.get(connection.id)?.storing !== true) {
        connection.send(421, "4.3.2 Shutting down, try again in a moment")
      }
    }
  }

  #hangUp(sessionId: string, text: string): void {
    for (const connection of this.#server?.connections ?? []) {
      if (connection.id === sessionId) connection.send(421, text)
    }
  }
}
