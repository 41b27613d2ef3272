import { expect, test } from "vitest"
import { automaticReason } from "./automatic.ts"
import { rawHeaders } from "./rawHeaders.ts"

const reason = (block: string) => automaticReason(rawHeaders(Buffer.from(`${block}\r\n\r\nbody`)))

test.each([
  ["Auto-Submitted: auto-replied", "Auto-Submitted: auto-replied"],
  ["auto-submitted : auto-generated; type=x", "Auto-Submitted: auto-generated; type=x"],
  ["Auto-Submitted: no\r\nAuto-Submitted: auto-replied", "Auto-Submitted: auto-replied"],
  ["Precedence: Bulk", "Precedence: Bulk"],
  ["List-Id: <l.example>", "List-Id: <l.example>"],
  ["X-Auto-Response-Suppress: All", "X-Auto-Response-Suppress: All"],
  ["Return-Path: <>", "Return-Path: <>"],
  ["Content-Type: multipart/report;\r\n report-type=delivery-status", "a delivery report (multipart/report)"],
  ["Received: x\r\n".repeat(101).trimEnd(), "it passed 101 servers and may be running in circles"],
  ["Subject: Automatic reply: list the files", 'an absence note ("Automatic reply: list the files")'],
  ["Subject: =?utf-8?Q?R=C3=A9ponse_automatique_:_x?=", 'an absence note ("Réponse automatique : x")'],
  ["Subject: Re: Automatic reply: fix it", null],
  ["Subject: automatic reply does not work", null],
  ["Auto-Submitted: no\r\nSubject: Precedence: bulk", null],
  ["Subject: hi", null],
])("%s", (block, expected) => {
  expect(reason(block)).toBe(expected)
})
