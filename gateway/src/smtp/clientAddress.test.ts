import { expect, test } from "vitest"
import { clientNetwork, isLoopback, parseAddressList } from "./clientAddress.ts"

test.each([
  ["127.0.0.1", true],
  ["127.200.3.4", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["::FFFF:127.0.0.1", true],
  ["128.0.0.1", false],
  ["10.127.0.1", false],
  ["::2", false],
  ["127.0.0.1.evil.example", false],
  ["", false],
])("%s is this machine: %s", (address, expected) => expect(isLoopback(address)).toBe(expected))

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::", "2001:db8:1:2::/64"],
  ["2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["64:ff9b::192.0.2.7", "64:ff9b:0:0::/64"],
  ["", ""],
])("%s is counted as %s", (address, network) => expect(clientNetwork(address)).toBe(network))

test("a list holds addresses and networks of both families", () => {
  const list = parseAddressList("10.0.0.7, 192.0.2.0/24,2001:db8::/32")
  if ("wrong" in list) throw new Error(list.wrong)
  expect(["10.0.0.7", "::ffff:10.0.0.7", "192.0.2.255", "2001:db8:ffff::1"].every(list.has)).toBe(true)
  expect(["10.0.0.8", "192.0.3.0", "2001:db9::1", "", "nobody"].some(list.has)).toBe(false)
  expect(list.hasLoopback).toBe(false)
})

test.each(["127.0.0.1", "::1", "127.0.0.0/8", "0.0.0.0/0"])("%s names this machine", (text) => {
  const list = parseAddressList(text)
  expect("wrong" in list || list.hasLoopback).toBe(true)
})

test.each([
  "10.0.0.0/33",
  "10.0.0.0/",
  "10.0.0",
  "proxy.example",
  "::/129",
  "1.2.3.4/8/9",
  "10.0.0.7,,10.0.0.8",
  "*",
])("%s is wrong", (text) => expect(parseAddressList(text)).toHaveProperty("wrong"))
