import { expect, test } from "vitest"
import { submissionWay } from "./submissionWay.ts"

const way = (
  head: string,
  remoteAddress = "127.0.0.1",
  authenticatedAs: string | null = null,
  trust = true,
) =>
  submissionWay(
    Buffer.from(`${head}\r\n\r\nReceived: in the text`),
    { remoteAddress, authenticatedAs },
    trust,
  )

test.each<[string, string | null]>([
  ["From: ada@example.org", "this-machine"],
  ["X-Received: x\r\nSubject: Received: x", "this-machine"],
  ["Received: from mx.example by localhost (Postfix)", null],
  ["Subject: x\r\nreceived : from a by b", null],
  ["Subject: x\r\n Received: folded", null],
  ["Subject: x\nReceived: bare", null],
  ["Subject: x\n\nReceived: in the text", "this-machine"],
  ["Subject: x\n\r\nReceived: in the text", "this-machine"],
  ["Subject: x\r\n\nReceived: in the text", "this-machine"],
  ["Subject: x\r\rReceived: for a reader who ends lines with CR", null],
])("%j over loopback", (head, expected) => {
  expect(way(head)).toBe(expected)
})

test("over the network nothing is taken for handed in here, but what came after signing in", () => {
  expect(way("From: ada@example.org", "192.0.2.1")).toBeNull()
  expect(way("From: ada@example.org", "127.0.0.1.evil")).toBeNull()
  expect(way("Received: x", "192.0.2.1", "ada@example.org")).toBe("signed-in")
  expect(way("From: ada@example.org", "::1")).toBe("this-machine")
  expect(way("From: ada@example.org", "::ffff:127.0.0.1")).toBe("this-machine")
})

test("where this machine brings in mail from outside, loopback says nothing", () => {
  expect(way("From: ada@example.org", "127.0.0.1", null, false)).toBeNull()
  expect(way("From: ada@example.org", "127.0.0.1", "ada@example.org", false)).toBe("signed-in")
})
