import { readFileSync } from "node:fs"
import { join } from "node:path"
import { headers as newHeaders } from "@nats-io/transport-node"
import { describe, expect, it } from "vitest"
import { deadMessage, readDeadMessage } from "./deadMessage.ts"

const utf8 = new TextEncoder()
const time = new Date(1_800_000_000_000)

const headersOf = (entries: ReadonlyArray<readonly [string, string]>) => {
  const header = newHeaders()
  for (const [name, value] of entries) header.set(name, value)
  return header
}

const command = {
  stream: "CMD",
  subject: "cmd.4.session.s1",
  sequence: 12,
  data: utf8.encode("{}"),
  reason: "it\r\nthrows",
}

describe("what is written is what is read", () => {
  it("a command, from headers alone and with its body", () => {
    const { subject, data, headers } = deadMessage(command, 1_000)
    const header = headersOf(headers)
    const read = readDeadMessage({ subject, seq: 3, time, header, data })
    expect(read?.letter).toEqual({
      sequence: 3,
      stream: "CMD",
      subject: "cmd.4.session.s1",
      originalSequence: 12,
      kind: "session",
      id: "s1",
      atMillis: time.getTime(),
      reason: "it throws",
      bodyBytes: 2,
      refusal: null,
    })
    expect(read?.body).toEqual(command.data)
    header.set("Nats-Msg-Size", "2")
    expect(readDeadMessage({ subject, seq: 3, time, header, data: null })?.letter).toEqual(read?.letter)
  })

  it.each([800, 700, 600, 500, 300])(
    "fits into %i bytes: first the reason gives way, then the body",
    (room) => {
      const large = { ...command, data: new Uint8Array(420).fill(120), reason: "r".repeat(400) }
      const { subject, data, headers } = deadMessage(large, room)
      const size = headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 12)
      expect(size + data.length).toBeLessThanOrEqual(room)
      const read = readDeadMessage({ subject, seq: 3, time, header: headersOf(headers), data })
      const isWhole = data.length === 420
      expect(isWhole).toBe(room >= 700)
      expect(read?.letter.reason.length).toBeGreaterThanOrEqual(120)
      expect(read?.letter.refusal === null).toBe(isWhole)
      if (!isWhole) expect(read?.letter.refusal).toMatch(new RegExp(`^Only ${data.length} of its 420 bytes`))
    },
  )

  it("one of a stream made anew is another one", () => {
    const idOf = (storedAt: Date) =>
      headersOf(deadMessage({ ...command, storedAt }, 1_000).headers).get("Nats-Msg-Id")
    expect(idOf(new Date(1))).not.toBe(idOf(new Date(2)))
  })
})

describe("letters of version 0.1.0", () => {
  const read = (subject: string, data: string, entries: ReadonlyArray<readonly [string, string]> = []) =>
    readDeadMessage({ subject, seq: 9, time, header: headersOf(entries), data: utf8.encode(data) })

  it("a command in JSON, whole and cut", () => {
    const about = { reason: "why", seq: 5, subject: "cmd.1.user.u1" }
    const whole = read("dead.CMD.user.u1", JSON.stringify({ ...about, data: "{}" }))
    expect(whole?.letter).toMatchObject({ originalSequence: 5, subject: "cmd.1.user.u1", refusal: null })
    expect(whole?.body).toEqual(utf8.encode("{}"))
    const cut = read("dead.CMD.user.u1", JSON.stringify({ ...about, data: "{", cutFrom: 2 }))
    expect(cut?.letter.refusal).toMatch(/^Only 1 of its 2 bytes/)
  })

  it("a record that was not folded is never put back", () => {
    const about = { reason: "why", seq: 5, subject: "evt.user.u1" }
    expect(read("dead.EVT.user.u1", JSON.stringify(about))?.letter.refusal).toMatch(/readmodel rebuild/)
  })

  it("a work item, whose place follows from its name", () => {
    const headers = [
      ["Maillm-Reason", "why"],
      ["Nats-Msg-Id", "OUTBOX/77"],
    ] as const
    const found = read("dead.OUTBOX.email.u1", "not a mail", headers)
    expect(found?.letter).toMatchObject({
      subject: "out.email.u1",
      originalSequence: 77,
      reason: "why",
      refusal: null,
    })
    expect(found?.body).toEqual(utf8.encode("not a mail"))
  })

  it("as it wrote them itself", () => {
    const path = join(import.meta.dirname, "../../../schema/fixtures/v1/dead.json")
    const letters: ReadonlyArray<{ subject: string; headers: Record<string, string>; data: unknown }> =
      JSON.parse(readFileSync(path, "utf8"))
    expect(letters.length).toBeGreaterThan(0)
    for (const { subject, headers, data } of letters) {
      const found = read(subject, JSON.stringify(data), Object.entries(headers))
      expect(found?.letter).toMatchObject({
        stream: "CMD",
        refusal: null,
        originalSequence: expect.any(Number),
      })
      expect(found?.letter.reason).toMatch(/^the command does not decode/)
      expect(JSON.parse(Buffer.from(found?.body ?? []).toString())).toMatchObject({ v: 1 })
    }
  })

  it("one that says it stood where its stream has no place is not put back", () => {
    for (const subject of ["evt.session.s1", "dead.CMD.session.s1", "cmd", ""]) {
      const body = JSON.stringify({ reason: "r", seq: 1, subject, data: "{}" })
      expect(read("dead.CMD.session.s1", body)?.letter.refusal).toMatch(/not known/)
    }
    expect(read("dead.$JS.a.b", "{}", [["Maillm-Subject", "$JS.API"]])?.letter.refusal).toMatch(/not known/)
  })

  it("their headers alone do not tell, and what is no letter at all is not put back", () => {
    const bare = { subject: "dead.CMD.user.u1", seq: 9, time, header: undefined }
    expect(readDeadMessage({ ...bare, data: null })).toBeNull()
    for (const body of ["", "null", "[1]", '"x"', "{"]) {
      expect(readDeadMessage({ ...bare, data: utf8.encode(body) })?.letter.refusal).toMatch(/not known/)
    }
  })
})
