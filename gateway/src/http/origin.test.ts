import { describe, expect, test } from "vitest"
import { isForeign, isOwnHost, isProvenOwn } from "./origin.ts"

const loopback = { bind: "127.0.0.1", publicUrl: null }
const everywhere = { bind: "0.0.0.0", publicUrl: "https://agents.example.org" }

describe("Host", () => {
  test.each([
    ["localhost:4000", loopback, true],
    ["127.0.0.1:4000", loopback, true],
    ["[::1]:4000", loopback, true],
    ["MAILLM.localhost", loopback, true],
    ["192.0.2.1:4000", loopback, false],
    ["evil.example:4000", loopback, false],
    ["localhost.evil.example", loopback, false],
    ["127.0.0.1.evil.example", loopback, false],
    ["127.0.0.1@evil.example", loopback, false],
    ["", loopback, false],
    [undefined, loopback, false],
    ["agents.example.org", everywhere, true],
    ["192.0.2.1:4000", everywhere, true],
    ["[2001:db8::1]:4000", everywhere, true],
    ["evil.example", everywhere, false],
    ["[2001:db8::1]", { bind: "2001:db8::1", publicUrl: null }, true],
  ])("%s", (host, own, expected) => {
    expect(isOwnHost(host, own)).toBe(expected)
  })
})

describe("Origin and Sec-Fetch-Site", () => {
  const host = "127.0.0.1:4000"
  test.each([
    // origin, fetchSite, foreign, proven own
    ["http://127.0.0.1:4000", undefined, false, true],
    ["http://127.0.0.1:4001", "same-site", true, false],
    ["http://localhost:4000", undefined, true, false],
    ["https://evil.example", "cross-site", true, false],
    ["null", undefined, true, false],
    ["file://127.0.0.1:4000", undefined, true, false],
    [undefined, "same-origin", false, true],
    [undefined, "cross-site", true, false],
    [undefined, "none", false, false],
    [undefined, undefined, false, false],
  ])("origin %s, site %s", (origin, fetchSite, foreign, own) => {
    expect(isForeign({ host, origin, fetchSite })).toBe(foreign)
    expect(isProvenOwn({ host, origin, fetchSite })).toBe(own)
  })

  test("a default port is no other host", () => {
    const headers = { host: "agents.example.org", origin: "https://agents.example.org:443" }
    expect(isProvenOwn({ ...headers, fetchSite: undefined })).toBe(true)
  })
})
