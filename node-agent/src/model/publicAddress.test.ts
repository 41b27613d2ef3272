import { describe, expect, test } from "vitest"
import { egressHosts, hostAllowed } from "./EgressProxy.ts"
import { hostName, isPublicAddress } from "./publicAddress.ts"

describe("public addresses", () => {
  test.each([
    "1.1.1.1",
    "140.82.112.3",
    "172.15.255.255",
    "172.32.0.1",
    "100.63.0.1",
    "2606:4700::1111",
    "2a00::1",
  ])("%s is", (address) => expect(isPublicAddress(address)).toBe(true))
  test.each([
    "127.0.0.1",
    "127.255.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "198.19.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::a00:1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "2002:7f00:1::",
    "localhost",
    "",
  ])("%s is not", (address) => expect(isPublicAddress(address)).toBe(false))
})

test.each([
  ["GitHub.com", "github.com"],
  ["github.com.", "github.com"],
  ["a-b.c_d.example", "a-b.c_d.example"],
  ["localhost", "localhost"],
  ["xn--bcher-kva.example", "xn--bcher-kva.example"],
  ["127.0.0.1", null],
  ["127.1", null],
  ["2130706433", null],
  ["0x7f000001", null],
  ["0x7f.1", null],
  ["0177.0.0.1", null],
  ["1.2.3.4.", null],
  ["[::1]", null],
  ["::1", null],
  ["", null],
  [".", null],
  ["a..b", null],
  ["-a.b", null],
  ["bücher.example", null],
  ["a b.example", null],
  ["evil.example\r\nHost: x", null],
  ["a@b.example", null],
  [`${"a".repeat(64)}.example`, null],
  ["a.".repeat(127) + "example", null],
])("host name %j", (host, expected) => expect(hostName(host)).toBe(expected))

describe("the list of hosts", () => {
  test("is read from a setting, and what is wrong in it is told", () => {
    expect(egressHosts(" GitHub.com, *.npmjs.org\nexample.org ")).toEqual({
      hosts: ["github.com", "*.npmjs.org", "example.org"],
      wrong: [],
    })
    expect(egressHosts("*, *.org 10.0.0.1 https://a.b *.*.org")).toEqual({
      hosts: [],
      wrong: ["*", "*.org", "10.0.0.1", "https://a.b", "*.*.org"],
    })
    expect(egressHosts("")).toEqual({ hosts: [], wrong: [] })
  })

  test.each([
    ["github.com", true],
    ["api.github.com", false],
    ["registry.npmjs.org", true],
    ["a.b.npmjs.org", true],
    ["npmjs.org", false],
    ["evilnpmjs.org", false],
    ["github.com.evil.example", false],
  ])("%s: %s", (name, expected) => {
    expect(hostAllowed(["github.com", "*.npmjs.org"], name)).toBe(expected)
  })
})
