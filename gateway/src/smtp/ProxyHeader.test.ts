import { isIP } from "node:net"
import { expect, test } from "vitest"
import { parseProxyHeader } from "./ProxyHeader.ts"

const second = (commandAndVersion: number, family: number, rest: Buffer) => {
  const head = Buffer.from("\r\n\r\n\0\r\nQUIT\n\0\0\0\0", "latin1")
  head[12] = commandAndVersion
  head[13] = family
  head.writeUInt16BE(rest.length, 14)
  return Buffer.concat([head, rest])
}
const inet = Buffer.from([192, 0, 2, 7, 10, 0, 0, 1, 0xc0, 0x01, 0, 25])
const inet6 = Buffer.concat([
  Buffer.from("20010db8000000000000000000000001", "hex"),
  Buffer.alloc(16),
  Buffer.from([0xc0, 0x01, 0, 25]),
])
const parts = [
  ["version 1, IPv4", Buffer.from("PROXY TCP4 192.0.2.7 10.0.0.1 49153 25\r\n"), "192.0.2.7"],
  ["version 1, IPv6", Buffer.from("PROXY TCP6 2001:db8::1 ::2 49153 25\r\n"), "2001:db8::1"],
  ["version 2, IPv4", second(0x21, 0x11, inet), "192.0.2.7"],
  ["version 2, IPv6", second(0x21, 0x21, inet6), "2001:db8:0:0:0:0:0:1"],
  ["version 2 with extensions", second(0x21, 0x11, Buffer.concat([inet, Buffer.alloc(300, 4)])), "192.0.2.7"],
] as const

test.each(parts)("%s: the client's address, and only once the header is whole", (_name, header, address) => {
  const followed = Buffer.concat([header, Buffer.from("EHLO x\r\n")])
  expect(parseProxyHeader(followed)).toEqual({ _tag: "Client", address, port: 49_153, length: header.length })
  for (let length = 0; length < header.length; length++)
    expect(parseProxyHeader(followed.subarray(0, length))).toEqual({ _tag: "Incomplete" })
})

test.each([
  ["version 1", Buffer.from("PROXY UNKNOWN\r\n")],
  ["version 1 with words after it", Buffer.from("PROXY UNKNOWN ffff::1 ::1 1 2\r\n")],
  ["version 2, of the proxy's own", second(0x20, 0, Buffer.alloc(0))],
  ["version 2, over a unix socket", second(0x21, 0x31, Buffer.alloc(216))],
])("a connection without an address: %s", (_name, header) =>
  expect(parseProxyHeader(header)).toEqual({ _tag: "Unknown", length: header.length }),
)

test.each([
  ["no header", "EHLO x\r\n"],
  ["lower case", "proxy TCP4 192.0.2.7 10.0.0.1 1 2\r\n"],
  ["a family that does not match", "PROXY TCP6 192.0.2.7 10.0.0.1 1 2\r\n"],
  ["a name for an address", "PROXY TCP4 localhost 10.0.0.1 1 2\r\n"],
  ["too few fields", "PROXY TCP4 192.0.2.7\r\n"],
  ["too many fields", "PROXY TCP4 192.0.2.7 10.0.0.1 1 2 3\r\n"],
  ["a port that is none", "PROXY TCP4 192.0.2.7 10.0.0.1 99999 25\r\n"],
  ["two blanks", "PROXY  TCP4 192.0.2.7 10.0.0.1 1 2\r\n"],
  ["another protocol", "PROXY UDP4 192.0.2.7 10.0.0.1 1 2\r\n"],
  ["no end", `PROXY TCP4 ${"1".repeat(200)}`],
  ["an end too late", `PROXY UNKNOWN ${"x".repeat(100)}\r\n`],
  ["a line that ends in LF alone, and goes on", `PROXY TCP4 192.0.2.7 10.0.0.1 1 2\n${"x".repeat(100)}`],
])("wrong: %s", (_name, text) => expect(parseProxyHeader(Buffer.from(text))).toMatchObject({ _tag: "Wrong" }))

test.each([
  ["version 3", second(0x31, 0x11, inet)],
  ["an unknown command", second(0x22, 0x11, inet)],
  ["an address cut short", second(0x21, 0x11, inet.subarray(0, 8))],
  ["an IPv6 address cut short", second(0x21, 0x21, inet)],
  ["more than 4 KiB of extensions", second(0x21, 0x11, Buffer.alloc(5_000))],
])("wrong in version 2: %s", (_name, bytes) =>
  expect(parseProxyHeader(bytes)).toMatchObject({ _tag: "Wrong" }),
)

test("any change of a header's bytes gives an answer, and never more header than there are bytes", () => {
  for (const [, header] of parts) {
    for (let at = 0; at < header.length; at++) {
      for (const value of [0, 0x0a, 0x0d, 0x20, 0x2f, 0x3a, 0x41, 0xff]) {
        const changed = Buffer.from(header)
        changed[at] = value
        const found = parseProxyHeader(changed)
        if ("length" in found) expect(found.length).toBeLessThanOrEqual(changed.length)
        if (found._tag === "Client") expect(isIP(found.address)).not.toBe(0)
      }
    }
  }
})
