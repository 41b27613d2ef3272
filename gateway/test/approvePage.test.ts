import { connect } from "node:net"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { SessionId, UserId } from "@maillm/schema/Ids"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { createHmac } from "node:crypto"
import { base32 } from "@maillm/schema/base32"
import { approvalRow, fold, requestRow, sessionRow, startHttpStack, until, userRow } from "./httpStack.ts"
import type { StartedHttp } from "./httpStack.ts"
import { owner, secret, sessionCommands } from "./testStack.ts"

let stack: StartedHttp
beforeAll(async () => {
  stack = await startHttpStack()
  await fold(stack, {
    users: [userRow()],
    sessions: [sessionRow("s1", { driver: "claude" })],
    requests: [requestRow("r1", { state: "waiting", channel: "email" })],
  })
})
afterAll(() => stack.stop())

/** As actors/session/approvalLink makes it. */
const tokenOf = (id: string) => {
  const mac = createHmac("sha256", secret).update(`approval-link\0${owner.userId}\0s1\0${id}`).digest()
  return `${owner.userId}.s1.${id}.${base32(mac).slice(0, 26)}`
}
const open = (token: string, init: RequestInit = {}) =>
  fetch(`${stack.url}/approve/${token}`, { redirect: "manual", ...init })
const send = (token: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  open(token, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { origin: stack.url, "sec-fetch-site": "same-origin", ...headers },
  })
const answersTo = async (id: string) =>
  (await stack.runtime.runPromise(sessionCommands("s1"))).flatMap(({ command }) =>
    command._tag === "AnswerApproval" && command.approvalId === id ? [command] : [],
  )
const decide = async (row: ApprovalRow) => {
  await until("the answer is stored", async () => (await answersTo(row.id)).length >= 1)
  await fold(stack, { approvals: [row] })
}
const ofLink = {
  decidedBy: `the link sent to ${owner.email}`,
  decidedVia: "link" as const,
  decidedAtMillis: 1_790_000_000_000,
}

describe("opening the link", () => {
  const hostile = `<script>alert(1)</script>\u001b[2K\u202ehsup\nsecond & "third"`

  test("shows exactly what will run, with nothing of it obeyed or hidden", async () => {
    const row = approvalRow("p1", {
      command: hostile,
      cwd: "/w/<b>\u200b",
      reason: "It <i>rewrites</i> history.",
    })
    await fold(stack, { approvals: [row] })
    const response = await open(tokenOf("p1"))
    expect(response.status).toBe(200)
    const html = await response.text()
    expect(html).toContain(
      '<pre>&lt;script&gt;alert(1)&lt;/script&gt;<span class="escape">\\x1b</span>[2K<span class="escape">\\u{202e}</span>hsup\nsecond &amp; &quot;third&quot;</pre>',
    )
    expect(html).toContain("/w/&lt;b&gt;\\u{200b}")
    expect(html).toContain("It &lt;i&gt;rewrites&lt;/i&gt; history.")
    expect(html).toContain("Claude Code wants to run this")
    expect(html).toMatch(/\d+ \w{3} \d{4}, \d\d:\d\d UTC, in 7 h 59 min/)
    // Or its form would be sent with `Origin: null`, and be refused as another site's.
    expect(html).toContain('<meta name="referrer" content="same-origin">')
    expect(html).not.toMatch(/<script|<b>\u200b|<i>|[\u202e\u200b\u001b]/)
  })

  test("runs nothing, fetches nothing, is kept and indexed by nobody, and tells no other site of itself", async () => {
    const { headers } = await open(tokenOf("p1"))
    const policy = headers.get("content-security-policy") ?? ""
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; form-action 'self';/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain("unsafe")
    expect(headers.get("cache-control")).toBe("no-store")
    expect(headers.get("referrer-policy")).toBe("no-referrer")
    expect(headers.get("x-robots-tag")).toContain("noindex")
    expect(headers.get("x-frame-options")).toBe("DENY")
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8")
    expect(headers.getSetCookie()).toEqual([])
  })

  test("changes nothing, whatever is in the address: mail scanners open links", async () => {
    for (const method of ["GET", "HEAD"]) {
      const token = `${tokenOf("p1")}?decision=allow&note=x`
      expect((await open(token, { method })).status).toBe(200)
    }
    expect(await answersTo("p1")).toEqual([])
  })
})

describe("answering", () => {
  test("allow: the session is told, and the page then shows what was decided", async () => {
    await fold(stack, { approvals: [approvalRow("q1")] })
    const sent = send(tokenOf("q1"), { decision: "allow", note: "only\r\nonce" })
    await decide(approvalRow("q1", { state: "allowed", note: "only\nonce", ...ofLink }))
    const response = await sent
    expect(response.status).toBe(303)
    expect(response.headers.get("location")).toBe(`/approve/${tokenOf("q1")}`)
    expect(await answersTo("q1")).toMatchObject([
      {
        decision: "allow",
        via: "link",
        by: `the link sent to ${owner.email}`,
        note: "only\nonce",
        replyTo: null,
      },
    ])
    const html = await (await open(tokenOf("q1"))).text()
    expect(html).toContain("This was allowed")
    expect(html).toContain(`By the link sent to ${owner.email}, 21 Sep 2026, 14:13 UTC.`)
    expect(html).not.toContain("<form")
  })

  test("twice is once; the other answer afterwards shows what was decided", async () => {
    for (const decision of ["allow", "deny"])
      expect((await send(tokenOf("q1"), { decision })).status).toBe(303)
    expect(await answersTo("q1")).toHaveLength(1)
  })

  test("somebody else was first: the page says who, when and by which way", async () => {
    await fold(stack, { approvals: [approvalRow("q2")] })
    const sent = send(tokenOf("q2"), { decision: "allow" })
    const first = { decidedBy: owner.email, decidedVia: "email" as const, decidedAtMillis: 1_790_000_000_000 }
    await decide(approvalRow("q2", { state: "denied", note: "use a branch", ...first }))
    expect((await sent).status).toBe(303)
    const html = await (await open(tokenOf("q2"))).text()
    expect(html).toContain(`By ${owner.email}, by email, 21 Sep 2026, 14:13 UTC.`)
    expect(html).toContain("use a branch")
  })

  test("a session that does not say yet what it was is not said for it", async () => {
    await fold(stack, { approvals: [approvalRow("q3")] })
    const response = await send(tokenOf("q3"), { decision: "deny" })
    expect(response.status).toBe(202)
    const html = await response.text()
    expect(html).toContain("Your answer is stored")
    expect(html).not.toMatch(/was denied|<form/)
    expect(await answersTo("q3")).toHaveLength(1)
  })

  test.each([
    ["expired", { expiresAtMillis: Date.now() - 60_000 }, "This has expired"],
    ["cancelled", { state: "cancelled", decidedBy: "the turn has ended" }, "No answer is needed any more"],
  ] as const)("%s: nothing is stored, and the page says so", async (id, change, title) => {
    await fold(stack, { approvals: [approvalRow(id, change)] })
    expect((await send(tokenOf(id), { decision: "allow" })).status).toBe(303)
    expect(await answersTo(id)).toEqual([])
    const html = await (await open(tokenOf(id))).text()
    expect(html).toContain(title)
    expect(html).not.toContain("<form")
  })

  test.each([
    ["a page of another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, 403],
    ["a page without an origin", { origin: "null", "sec-fetch-site": "cross-site" }, 403],
  ])("not from %s", async (_, headers, status) => {
    await fold(stack, { approvals: [approvalRow("q4")] })
    expect((await send(tokenOf("q4"), { decision: "allow" }, headers)).status).toBe(status)
    expect(await answersTo("q4")).toEqual([])
  })

  test.each([
    [{}],
    [{ decision: "maybe" }],
    [{ decision: "allow", note: "x".repeat(3_000) }],
  ] as ReadonlyArray<[Record<string, string>]>)("%j is no answer", async (fields) => {
    await fold(stack, { approvals: [approvalRow("q4")] })
    expect((await send(tokenOf("q4"), fields)).status).toBe(400)
    expect(await answersTo("q4")).toEqual([])
  })

  test("a body that is none is refused, and the server goes on", async () => {
    const response = await open(tokenOf("q4"), { method: "POST", body: "x".repeat(300_000) })
    expect(response.status).toBe(413)
    expect((await open(tokenOf("q4"), { method: "POST", body: new Uint8Array([255, 0, 61]) })).status).toBe(
      400,
    )
    expect(await answersTo("q4")).toEqual([])
  })
})

describe("wrong links", () => {
  test("an approval of another user or session than the link's is not shown", async () => {
    await fold(stack, {
      approvals: [
        approvalRow("w1", { userId: UserId.make("u2") }),
        approvalRow("w2", { sessionId: SessionId.make("s2") }),
      ],
    })
    for (const id of ["w1", "w2", "not-folded-yet"]) {
      const response = await open(tokenOf(id))
      expect(response.status).toBe(503)
      expect(await response.text()).toContain("Not readable yet")
    }
  })

  test("are 404, then 429 after ten different ones; a right one goes on working", async () => {
    const statuses: Array<number> = []
    for (let i = 0; i < 12; i++)
      statuses.push((await open(`u1.s1.p1.${"a".repeat(25)}${"abcdefghijkl"[i]}`)).status)
    expect(statuses).toEqual([...Array<number>(10).fill(404), 429, 429])
    const locked = await open("x")
    expect(locked.headers.get("retry-after")).toMatch(/^\d+$/)
    expect(locked.headers.get("content-security-policy")).toContain("default-src 'none'")
    expect((await open(tokenOf("p1"))).status).toBe(200)
  })

  test.each([
    "//evil.example/approve/x",
    "/approve/..%2f..%2fetc",
    "/approve/",
    "/approve/a/b",
    "/approve/%ff",
  ])("%s is nothing", async (target) => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(stack.port, "127.0.0.1")
      let text = ""
      socket.on("data", (bytes) => (text += bytes.toString()))
      socket.once("end", () => resolve(text))
      socket.once("error", reject)
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 (400|404|429|503)/)
  })
})
