import { BlockList, isIP } from "node:net"

/** IPv4 that is not the public internet: RFC 6890 and its successors; clouds serve their secrets under 169.254. */
const special4: ReadonlyArray<readonly [string, number]> = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
]
/** Within 2000::/3, which is all of IPv6 that is public: what stands for or carries other addresses. */
const special6: ReadonlyArray<readonly [string, number]> = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
]

const blocked = new BlockList()
for (const [network, prefix] of special4) blocked.addSubnet(network, prefix, "ipv4")
for (const [network, prefix] of special6) blocked.addSubnet(network, prefix, "ipv6")
const global6 = new BlockList()
global6.addSubnet("2000::", 3, "ipv6")

/** Whether an IP address is one of the public internet: not this machine, not its network, not a cloud's metadata. */
export const isPublicAddress = (address: string): boolean => {
  const family = isIP(address)
  if (family === 4) return !blocked.check(address, "ipv4")
  return family === 6 && global6.check(address, "ipv6") && !blocked.check(address, "ipv6")
}

/**
 * A host name in lower case without its final dot; null for all that may stand for an address (a number in any form, IPv6)
 * and for what is no name.
 */
export const hostName = (host: string): string | null => {
  const name = host.toLowerCase().replace(/\.$/, "")
  if (
    name.length > 253 ||
    !/^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)
  )
    return null
  const last = name.slice(name.lastIndexOf(".") + 1)
  return /^(\d+|0x[0-9a-f]*)$/.test(last) ? null : name
}
