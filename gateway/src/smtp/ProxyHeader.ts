import { isIP } from "node:net"

/** What a listed proxy says about the connection that it makes; `length` is that of the header in bytes. */
export type ProxyHeader =
  | { readonly _tag: "Client"; readonly address: string; readonly port: number; readonly length: number }
  /** A connection of the proxy's own, such as a health check, or one it knows nothing about. */
  | { readonly _tag: "Unknown"; readonly length: number }
  | { readonly _tag: "Incomplete" }
  | { readonly _tag: "Wrong"; readonly reason: string }

/** PROXY protocol §2.1: "worst case" of version 1. */
const longestFirstVersion = 107
/** Of version 2 with its extensions. Balancers send some hundred bytes of them; a client's certificate would not fit. */
const longestSecondVersion = 4_096
const secondVersion = Buffer.from("\r\n\r\n\0\r\nQUIT\n", "latin1")
const firstVersion = Buffer.from("PROXY ", "latin1")

/**
 * Reads the header of the PROXY protocol, version 1 or 2, from the first bytes of a connection
 * (https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt).
 */
export const parseProxyHeader = (bytes: Buffer): ProxyHeader => {
  if (startsLike(bytes, firstVersion)) return parseFirst(bytes)
  if (startsLike(bytes, secondVersion)) return parseSecond(bytes)
  return wrong("it does not begin with a PROXY header")
}

const startsLike = (bytes: Buffer, start: Buffer) => {
  const length = Math.min(bytes.length, start.length)
  return bytes.subarray(0, length).equals(start.subarray(0, length))
}

const parseFirst = (bytes: Buffer): ProxyHeader => {
  const end = bytes.indexOf("\r\n")
  if (end === -1 || end + 2 > longestFirstVersion)
    return bytes.length < longestFirstVersion && end === -1
      ? { _tag: "Incomplete" }
      : wrong("its PROXY header is too long")
  const line = bytes.toString("latin1", 0, end)
  if (/^PROXY UNKNOWN( .*)?$/.test(line)) return { _tag: "Unknown", length: end + 2 }
  const [, family, address = "", , port = "", ...more] =
    /^PROXY TCP([46]) ([0-9a-fA-F.:]+) ([0-9a-fA-F.:]+) (\d{1,5}) (\d{1,5})$/.exec(line) ?? []
  if (more.length !== 1 || isIP(address) !== Number(family)) return wrong("its PROXY header is malformed")
  return client(address, Number(port), end + 2)
}

const parseSecond = (bytes: Buffer): ProxyHeader => {
  if (bytes.length < 16) return { _tag: "Incomplete" }
  const length = 16 + bytes.readUInt16BE(14)
  if (length > longestSecondVersion) return wrong("its PROXY header is too long")
  const command = bytes[12]
  if (command !== 0x20 && command !== 0x21)
    return wrong("its PROXY header is of an unknown version or command")
  if (bytes.length < length) return { _tag: "Incomplete" }
  if (command === 0x20) return { _tag: "Unknown", length }
  switch (bytes[13]) {
    case 0x11:
      if (length < 16 + 12) return wrong("its PROXY header is malformed")
      return client([...bytes.subarray(16, 20)].join("."), bytes.readUInt16BE(24), length)
    case 0x21: {
      if (length < 16 + 36) return wrong("its PROXY header is malformed")
      const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(16 + 2 * i).toString(16))
      return client(groups.join(":"), bytes.readUInt16BE(48), length)
    }
    default:
      return { _tag: "Unknown", length }
  }
}

const client = (address: string, port: number, length: number): ProxyHeader =>
  port > 65_535 ? wrong("its PROXY header is malformed") : { _tag: "Client", address, port, length }

const wrong = (reason: string): ProxyHeader => ({ _tag: "Wrong", reason })
