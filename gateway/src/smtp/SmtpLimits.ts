/**
 * Bounds of the server; the defaults are for one machine. Where another server's number is copied, it is named. Clients
 * on loopback are bounded in their connections only, not in how often they come or how much they send.
 */
export interface SmtpLimits {
  /** Open at the same time, those in their TLS handshake included. */
  readonly connections: number
  /** Of one network: an IPv4 address, or an IPv6 /64. Postfix has 50. */
  readonly connectionsPerNetwork: number
  /** New ones of one network in a minute; above it 421. */
  readonly connectionsPerMinute: number
  /** From one sender address and network in a minute; above it 450. Whoever has signed in is not counted. */
  readonly mailsPerMinute: number
  /** Networks, and senders, whose rates are remembered; the one not seen for the longest is forgotten first. */
  readonly rememberedClients: number
  readonly recipients: number
  /** The longest a connection may last, whatever it does; a mail that is being stored is answered first. */
  readonly sessionMillis: number
  /** The longest a client may say nothing, or take for one command. */
  readonly idleMillis: number
  /** The same once four of five `connections` are in use. Postfix has 10 s when it is short of processes. */
  readonly busyIdleMillis: number
  /** From the 354 on, a mail may be as slow as it likes for so long. */
  readonly dataGraceMillis: number
  /** The least average of a mail after that, bytes a second. Postfix has 500. */
  readonly dataBytesPerSecond: number
  /** How often the times and rates above are looked at. */
  readonly sweepMillis: number
  /** Until a listed proxy has said for whom it connects, and until a TLS handshake is done. */
  readonly handshakeMillis: number
  /** Bytes of mails being received at the same time; beyond these a mail is put off with 452. */
  readonly inFlightBytes: number
  /** Unknown recipients, and failed sign-ins, after which a connection is closed. */
  readonly refusals: number
  /** NOOP, RSET, VRFY, HELP and repeated EHLO between two mails. Postfix has 100. */
  readonly idleCommands: number
  /** The longest command line, bytes. RFC 5321 §4.5.3.1.4 asks for 512, Postfix takes 2,048. */
  readonly commandBytes: number
  readonly lines: LineLimits
}

/** Bounds of the lines of one mail. */
export interface LineLimits {
  /** Without CR LF. RFC 5321 §4.5.3.1.6 allows 998; programs that write mail by hand exceed that, none we know this. */
  readonly lineBytes: number
  /** All header lines together. Postfix takes 102,400 for one header. */
  readonly headerBytes: number
  readonly headerLines: number
  /** Received lines: more is a loop. Postfix has 50. */
  readonly hops: number
}

export const smtpLimits: SmtpLimits = {
  connections: 2_000,
  connectionsPerNetwork: 50,
  connectionsPerMinute: 120,
  mailsPerMinute: 60,
  rememberedClients: 10_000,
  recipients: 100,
  sessionMillis: 600_000,
  idleMillis: 60_000,
  busyIdleMillis: 10_000,
  dataGraceMillis: 30_000,
  dataBytesPerSecond: 500,
  sweepMillis: 1_000,
  handshakeMillis: 10_000,
  inFlightBytes: 256 * 1024 * 1024,
  refusals: 10,
  idleCommands: 100,
  commandBytes: 2_048,
  lines: { lineBytes: 4_096, headerBytes: 256 * 1024, headerLines: 2_000, hops: 50 },
}
