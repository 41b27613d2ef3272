import { isUtf8 } from "node:buffer"
import type { Socket } from "node:net"
import type { SMTPServer } from "smtp-server"
import { SMTPConnection } from "smtp-server/lib/smtp-connection.js"
import type { SmtpLimits } from "./SmtpLimits.ts"
import type { SmtpReply } from "./SmtpReply.ts"
import { strictLines } from "./strictLines.ts"

/** Of which connection, and what is decided about it before it is greeted. */
export interface ConnectionStart {
  /** Made by smtp-server when it accepts. */
  readonly id: string | undefined
  /** Of the client, which behind a proxy is not the socket's. */
  readonly remoteAddress: string
  readonly remotePort: number
  /** Why it is not wanted, told instead of a greeting. */
  readonly refusal: SmtpReply | null
  readonly limits: Pick<SmtpLimits, "idleCommands">
}

const lineFeed = 0x0a
const printable = /^[^\0-\x08\x0a-\x1f\x7f]*$/
const asciiOnly = /^[\0-\x7f]*$/

/**
 * smtp-server's connection, greeted at once, with the checks that it does not have. It overrides its `init`,
 * `connectionReady`, `send`, `_createParser` and `handler_…` methods and relies on nothing else inside it; `SmtpConnection.test.ts` says
 * for which version that was read.
 *
 * Two checks stand for the wait before the greeting: what has arrived before the greeting is written is early talk
 * (smtp-server's own check); and so is a second command before the first EHLO or HELO is answered, since a client that
 * has not seen the answer cannot know of PIPELINING (RFC 2920 §3.1). Who talks early and then waits for every reply is
 * not told from an honest sender, and does what one does.
 */
export class SmtpConnection extends SMTPConnection {
  readonly #wire: Socket
  readonly #start: ConnectionStart
  #asked = false
  #idleCommands = 0
  #answering = 0
  #lastReplyMillis = performance.now()
  readonly openedMillis = performance.now()

  constructor(server: SMTPServer, socket: Socket, start: ConnectionStart) {
    super(server, socket, { id: start.id, remoteAddress: start.remoteAddress, remotePort: start.remotePort })
    this.#wire = socket
    this.#start = start
  }

  /** How long the client has not finished a command, milliseconds; 0 while it waits for us. */
  idleMillis(nowMillis: number): number {
    return this.#answering > 0 ? 0 : nowMillis - this.#lastReplyMillis
  }

  /**
   * smtp-server waits 100 ms for early talk and then calls `connectionReady`. A client pays that for every mail which
   * it sends on a connection of its own, so it is asked after two turns of the event loop: in the first the socket is
   * polled, and what has arrived by then is read.
   */
  override init(): void {
    this.#watchFirstCommand()
    super.init()
    setImmediate(() => setImmediate(() => this.connectionReady()))
  }

  /** Also for what comes after STARTTLS, which has a parser of its own. Called before this class's own fields are there. */
  override _createParser(): ReturnType<SMTPConnection["_createParser"]> {
    return strictLines(super._createParser(), () => {
      this.send(521, "5.5.2 Lines must end in CR LF; this command has a bare CR or LF", false)
      this.close()
    })
  }

  /** Called a second time by smtp-server's timer, which is not heard. */
  override connectionReady(next?: () => void): void {
    if (this.#asked) return
    this.#asked = true
    const { refusal } = this.#start
    if (refusal === null) return super.connectionReady(next)
    this.send(refusal.responseCode, refusal.message, false)
    this.close()
  }

  override send(...reply: Parameters<SMTPConnection["send"]>): void {
    this.#lastReplyMillis = performance.now()
    super.send(...reply)
  }

  override handler_EHLO(command: Buffer, callback: () => void): void {
    if (this.openingCommand === false || !this.#tooIdle()) super.handler_EHLO(command, callback)
  }
  override handler_HELO(command: Buffer, callback: () => void): void {
    if (this.openingCommand === false || !this.#tooIdle()) super.handler_HELO(command, callback)
  }
  override handler_NOOP(command: Buffer, callback: () => void): void {
    if (!this.#tooIdle()) super.handler_NOOP(command, callback)
  }
  override handler_RSET(command: Buffer, callback: () => void): void {
    if (!this.#tooIdle()) super.handler_RSET(command, callback)
  }
  override handler_HELP(command: Buffer, callback: () => void): void {
    if (!this.#tooIdle()) super.handler_HELP(command, callback)
  }
  override handler_VRFY(command: Buffer, callback: () => void): void {
    if (!this.#tooIdle()) super.handler_VRFY(command, callback)
  }

  override handler_AUTH(command: Buffer, callback: () => void): void {
    super.handler_AUTH(command, this.#untilAnswered(callback))
  }
  override handler_MAIL(command: Buffer, callback: () => void): void {
    const unicode = /\sSMTPUTF8(\s|$)/i.test(command.toString("latin1"))
    if (this.#isWellFormed(command, unicode, callback))
      super.handler_MAIL(command, this.#untilAnswered(callback))
  }
  override handler_RCPT(command: Buffer, callback: () => void): void {
    if (this.#isWellFormed(command, this.session.envelope.smtpUtf8 === true, callback))
      super.handler_RCPT(command, this.#untilAnswered(callback))
  }
  override handler_DATA(command: Buffer, callback: () => void): void {
    this.#idleCommands = 0
    super.handler_DATA(command, callback)
  }

  #watchFirstCommand(): void {
    const onData = (bytes: Buffer) => {
      const first = bytes.indexOf(lineFeed)
      if (this.hostNameAppearsAs !== false) this.#wire.off("data", onData)
      else if (first !== -1 && first < bytes.length - 1)
        this.send(421, "5.5.0 You talk too soon: wait for the reply to EHLO", false)
    }
    this.#wire.on("data", onData)
  }

  /** Counts a command that brings no mail nearer. True when it was one too many, and the connection has ended. */
  #tooIdle(): boolean {
    this.#idleCommands++
    if (this.#idleCommands <= this.#start.limits.idleCommands) return false
    this.send(421, "4.7.0 Too many commands without a mail, closing the connection", false)
    return true
  }

  /** RFC 6531 §3.5 has 553 5.6.7 for an address that needs SMTPUTF8 where it was not asked for. */
  #isWellFormed(command: Buffer, unicode: boolean, callback: () => void): boolean {
    const text = command.toString("latin1")
    if (!printable.test(text) || !isUtf8(command)) {
      this.send(501, "5.5.2 Control characters, or bytes that are no UTF-8, in the command", false)
    } else if (!unicode && !asciiOnly.test(text)) {
      this.send(553, "5.6.7 An address beyond ASCII needs SMTPUTF8 in MAIL FROM", false)
    } else return true
    callback()
    return false
  }

  #untilAnswered(callback: () => void): () => void {
    this.#answering++
    return () => {
      this.#answering--
      this.#lastReplyMillis = performance.now()
      callback()
    }
  }
}
