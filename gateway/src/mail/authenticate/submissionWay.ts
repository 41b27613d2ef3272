import type { Envelope } from "@maillm/schema/Message"

/** Servers put their header on top. A mail with more before its first empty line is not an honest one either way. */
const lookedAtBytes = 64 * 1024

const isThisMachine = (address: string) =>
  address === "::1" || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address)

/** Whether a connection came over loopback. */
export const cameFromThisMachine = ({ remoteAddress }: Pick<Envelope, "remoteAddress">) =>
  isThisMachine(remoteAddress)

/**
 * How a mail was handed in by whoever wrote it; null for one that other mail servers have passed on, whose author has to
 * be proven. Every server that relays a mail puts a Received header on it (RFC 5321 §4.4), a program that hands one in
 * does not: so a stranger's mail that a Postfix of this machine delivers over loopback is told from the owner's own.
 */
export const submissionWay = (
  raw: Uint8Array,
  envelope: Pick<Envelope, "authenticatedAs" | "remoteAddress">,
  trustThisMachine: boolean,
): "signed-in" | "this-machine" | null => {
  if (envelope.authenticatedAs !== null) return "signed-in"
  if (!trustThisMachine || !cameFromThisMachine(envelope)) return null
  return hasReceived(raw) ? null : "this-machine"
}

/** However it is written: what some reader may take for a Received counts as one. */
const hasReceived = (raw: Uint8Array): boolean => {
  const looked = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, lookedAtBytes))
  // An empty line, whatever line ends around it; -1 wraps round to "no end".
  const end = Math.min(looked.indexOf("\n\n") >>> 0, looked.indexOf("\n\r\n") >>> 0)
  return /(?:^|[\r\n])[ \t]*received\s*:/i.test(looked.toString("latin1", 0, end))
}
