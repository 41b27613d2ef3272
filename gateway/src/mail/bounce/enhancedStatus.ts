/** The enhanced status of a server's reply (RFC 2034, RFC 3463): `550 5.1.1 no such user` has 5.1.1; null without. */
export const enhancedStatus = (reply: string): string | null =>
  /(?:^|\b\d{3}[ -])\s*([245]\.\d{1,3}\.\d{1,3})(?=\s|$)/m.exec(reply)?.[1] ?? null

/**
 * What says that an address is none and will stay none: no such mailbox (1), no such domain (2), not an address (3), moved
 * away (6), a domain without mail (RFC 7505), a mailbox that is disabled. A full mailbox and a policy are not among them.
 */
const deadStatuses: ReadonlySet<string> = new Set(["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"])

export const saysAddressIsNone = (status: string): boolean => deadStatuses.has(status)
