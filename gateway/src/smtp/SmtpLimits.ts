/** Bounds of the server. The defaults are for one machine. */
export interface SmtpLimits {
  readonly connections: number
  readonly connectionsPerAddress: number
  readonly recipients: number
  /** The longest a connection may last, whatever it does. */
  readonly sessionMillis: number
  /** The longest a client may say nothing. */
  readonly idleMillis: number
  /** Bytes of mails being received at the same time; beyond these a mail is put off with 452. */
  readonly inFlightBytes: number
  /** Unknown recipients, and failed sign-ins, after which a connection is closed. */
  readonly refusals: number
}

export const smtpLimits: SmtpLimits = {
  connections: 512,
  connectionsPerAddress: 128,
  recipients: 100,
  sessionMillis: 600_000,
  idleMillis: 60_000,
  inFlightBytes: 256 * 1024 * 1024,
  refusals: 10,
}
