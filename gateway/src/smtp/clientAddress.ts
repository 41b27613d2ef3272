import { BlockList, isIP, isIPv4, isIPv6 } from "node:net"

/** Of this machine, in the forms that sockets give (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export const isLoopback = (address: string): boolean => {
  const plain = unmapped(address)
  return plain === "::1" || (isIPv4(plain) && plain.startsWith("127."))
}

/**
 * What limits go by: an IPv4 address, or the /64 of an IPv6 one, since that much is the least that a customer gets
 * (RFC 6177) and any of its 2^64 addresses is theirs to take.
 */
export const clientNetwork = (address: string): string => {
  const plain = unmapped(address)
  if (!isIPv6(plain)) return plain
  // A URL's parser writes any IPv6 address in the one way of RFC 5952, without a zone and without an IPv4 tail.
  const host = new URL(`http://[${plain.replace(/%.*$/, "")}]/`).hostname.slice(1, -1)
  const [head = "", tail] = host.split("::")
  const before = head === "" ? [] : head.split(":")
  const after = tail === undefined || tail === "" ? [] : tail.split(":")
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length
  const groups = [...before, ...Array.from({ length: zeros }, () => "0"), ...after]
  return `${groups.slice(0, 4).join(":")}::/64`
}

/** A set of addresses and networks. */
export interface AddressList {
  readonly has: (address: string) => boolean
  /** Whether it names this machine. */
  readonly hasLoopback: boolean
}

export const noAddresses: AddressList = { has: () => false, hasLoopback: false }

/** Reads addresses and networks such as `10.0.0.7, 192.0.2.0/24, 2001:db8::/32`; answers the first wrong one otherwise. */
export const parseAddressList = (text: string): AddressList | { readonly wrong: string } => {
  const list = new BlockList()
  for (const entry of text.split(",").map((part) => part.trim())) {
    const [address = "", prefix, ...more] = entry.split("/")
    const family = isIP(address)
    const bits = family === 4 ? 32 : 128
    if (family === 0 || more.length > 0) return { wrong: entry }
    if (prefix !== undefined && (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits)) return { wrong: entry }
    list.addSubnet(address, prefix === undefined ? bits : Number(prefix), family === 4 ? "ipv4" : "ipv6")
  }
  const has = (address: string) => {
    const plain = unmapped(address)
    const family = isIP(plain)
    return family !== 0 && list.check(plain, family === 4 ? "ipv4" : "ipv6")
  }
  return { has, hasLoopback: has("127.0.0.1") || has("::1") }
}

/** A listener for both families reports an IPv4 client as an IPv6 address (RFC 4291 §2.5.5.2). */
const unmapped = (address: string) => address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, "")
