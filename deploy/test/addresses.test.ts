import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Schema from "effect/Schema"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { AddressBook } from "@maillm/schema/api/AddressesApi"
import { ApprovalRow, TimelineRow } from "@maillm/schema/ReadModel"
import type { MessageRow } from "@maillm/schema/ReadModel"
import { runCli } from "../src/cli/testing/runCli.ts"
import { askingMail } from "../src/testing/askingMail.ts"
import { eventually } from "../src/testing/eventually.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"
import { sendMail, sendRaw } from "../src/testing/sendMail.ts"

const decodeBook = Schema.decodeUnknownSync(AddressBook)
const decodeApprovals = Schema.decodeUnknownSync(Schema.Array(ApprovalRow))
const decodeAudit = Schema.decodeUnknownSync(Schema.Array(TimelineRow))
const unknown = "550 5.1.1 No such recipient here"

describe("how the commands are called", () => {
  const folder = mkdtempSync(join(tmpdir(), "maillm-cli-"))
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))

  it.each([
    [["address"]],
    [["address", "list"]],
    [["address", "rotate"]],
    [["address", "revoke"]],
    [["sender"]],
    [["sender", "list"]],
    [["sender", "add"]],
    [["sender", "remove"]],
    [["sender", "primary"]],
  ])("%j --help", async (path) => {
    const { code, stdout, stderr } = await runCli([...path, "--help"], { folder })
    expect(stdout).toContain(["  maillm", ...path].join(" "))
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
  })

  it.each([
    [["address", "revoke"], /address/],
    [["address", "rotate", "--grace-days", "91"], /grace-days/],
    [["sender", "add"], /address/],
  ] as const)("%j is refused", async (args, words) => {
    const { code, stdout, stderr } = await runCli(args, { folder })
    expect(stderr).toMatch(words)
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" })
  })
})

describe("addresses, from their making to their end (needs tmux)", () => {
  const maillm = new LocalProcess()
  beforeAll(async () => {
    await maillm.start()
  }, 60_000)
  afterAll(() => maillm.dispose())

  const cli = async (...args: ReadonlyArray<string>) => {
    const { code, stderr, stdout } = await runCli([...args, "--json"], { folder: maillm.dataDir })
    return { code, said: stdout + stderr, book: code === 0 ? decodeBook(JSON.parse(stdout)) : null }
  }
  let count = 0
  const send = (
    from: string,
    to: string,
    text: string,
    more: { readonly inReplyTo?: string; readonly subject?: string } = {},
  ) =>
    sendMail({
      port: maillm.ports.smtp,
      from,
      to,
      subject: `Mail ${++count}`,
      text,
      messageId: `<${count}.${Date.now()}@sender.test>`,
      ...more,
    })
  const message = (answer: string, state: MessageRow["state"]) => {
    const id = /Stored as (\w+)/.exec(answer)?.[1]
    return eventually(`${id} is ${state}`, async () => {
      const row = (await maillm.messages()).find((one) => one.id === id)
      return row?.state === state ? row : null
    })
  }
  const out = (what: string, fits: (mail: MessageRow) => boolean) =>
    eventually(
      what,
      async () =>
        (await maillm.messages("direction=out")).find((mail) => mail.state === "kept" && fits(mail)) ?? null,
    )
  const replyTo = (row: MessageRow) =>
    out(`a reply to ${row.id}`, ({ requestId }) => requestId === row.requestId)
  /** What the SMTP server says to a mail for that address. */
  const answerOf = (to: string) =>
    sendRaw({
      port: maillm.ports.smtp,
      from: maillm.owner.email,
      to,
      raw: Buffer.from("From: x@y.example\r\n\r\nhi\r\n"),
    })

  it("a new private address works at once, the former one goes on for its grace, and owner.json follows", async () => {
    const former = maillm.owner.address
    const { book, code } = await cli("address", "rotate")
    expect(code).toBe(0)
    expect(book?.addresses).toMatchObject([{ state: "current" }, { address: former, state: "ending" }])
    const now = await eventually("owner.json names it", () =>
      maillm.owner.address === former ? null : maillm.owner,
    )
    expect(now.address).toBe(book?.address)
    for (const to of [former, now.address])
      expect(
        (await replyTo(await message(await send(now.email, to, "echo taken"), "accepted"))).text,
      ).toContain("taken")
    expect(
      (await cli("address", "list")).book?.addresses.map(({ lastMailAtMillis }) => lastMailAtMillis),
    ).toEqual([expect.any(Number), expect.any(Number)])
  }, 60_000)

  it("without grace, and revoked, they are refused like one that never was, also after a restart", async () => {
    const [current, ending] = (await cli("address", "list")).book?.addresses ?? []
    if (current === undefined || ending === undefined) throw new Error("two are listed")
    expect(await cli("address", "revoke", current.address)).toMatchObject({
      code: 1,
      said: expect.stringContaining("graceDays 0"),
    })
    await cli("address", "revoke", ending.address)
    await cli("address", "rotate", "--grace-days", "0")
    const refused = (address: string) =>
      eventually(`${address} is refused`, async () => ((await answerOf(address)) === unknown ? true : null))
    await refused(ending.address)
    await refused(current.address)
    expect(await answerOf(`owner.${"q".repeat(26)}@maillm.localhost`)).toBe(unknown)
    const { address, email } = maillm.owner
    await maillm.end("SIGTERM")
    await maillm.start()
    expect(maillm.owner.address).toBe(address)
    expect(await answerOf(current.address)).toBe(unknown)
    expect(await answerOf(ending.address)).toBe(unknown)
    await replyTo(await message(await send(email, address, "echo after"), "accepted"))
  }, 90_000)

  it("another address of the owner commands once it is confirmed by a reply, and answers go there", async () => {
    const second = "ada@work.example"
    const { address, email } = maillm.owner
    const { book } = await cli("sender", "add", second)
    expect(book?.senders).toMatchObject([
      { address: email, state: "confirmed", primary: true },
      { address: second, state: "pending", primary: false },
    ])
    const before = await message(await send(second, address, "echo too early"), "quarantined")
    expect(before.reasons).toEqual([`its author ${second} is not ${email}`])
    const asked = await askingMail(maillm, second)
    expect(asked.row).toMatchObject({ sessionId: null, requestId: null, from: "" })
    expect(asked.row.text).not.toMatch(/confirm\//)
    expect(asked.source).not.toContain(address.split("@")[0])
    // Not from another address, and not with more than a yes.
    await message(await send(email, asked.from, "yes"), "quarantined")
    await message(await send(second, asked.from, "What is this?"), "quarantined")
    const inReplyTo = asked.row.internetMessageId
    await message(await send(second, asked.from, "Yes", { inReplyTo }), "answered")
    await out("the primary address is told", ({ subject, to }) => to === email && subject.includes(second))
    const done = await message(await send(second, address, "echo from work"), "accepted")
    const reply = await replyTo(done)
    expect({ to: reply.to, text: reply.text }).toMatchObject({
      to: second,
      text: expect.stringContaining("from work"),
    })
    // Used up: the same address confirms nothing any more.
    await message(await send(second, asked.from, "yes"), "quarantined")
  }, 60_000)

  it("another is confirmed with the link by who is signed in; opening it does nothing", async () => {
    const third = "ada@home.example"
    await cli("sender", "add", third)
    const link = new URL((await askingMail(maillm, third)).link)
    expect((await fetch(link)).status).toBe(200)
    const token = link.pathname.split("/").at(-1) ?? ""
    const confirm = (sent: string, headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${maillm.ports.http}/api/senders/confirm`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ token: sent }),
      })
    const bearer = { authorization: `Bearer ${maillm.owner.token}` }
    expect((await confirm(token, {})).status).toBe(401)
    expect((await confirm(`${token.slice(0, -1)}${token.endsWith("a") ? "b" : "a"}`, bearer)).status).toBe(
      404,
    )
    const stateOf = async () =>
      (await cli("sender", "list")).book?.senders.find(({ address }) => address === third)?.state
    expect(await stateOf()).toBe("pending")
    expect((await confirm(token, bearer)).status).toBe(202)
    expect(await stateOf()).toBe("confirmed")
    expect((await confirm(token, bearer)).status).toBe(202)
  }, 60_000)

  it("the primary one is chosen, one is removed, the last one stays; the audit has it all", async () => {
    const { address, email } = maillm.owner
    const second = "ada@work.example"
    await cli("sender", "primary", second)
    await eventually("owner.json names it", () => (maillm.owner.email === second ? true : null))
    await cli("sender", "remove", email)
    const held = await message(await send(email, address, "echo removed"), "quarantined")
    expect(held.reasons.join()).toContain(`its author ${email} is not one of ${second}, ada@home.example`)
    await cli("sender", "remove", "ada@home.example")
    expect(await cli("sender", "remove", second)).toMatchObject({
      code: 1,
      said: expect.stringContaining("your only confirmed address"),
    })
    const steps = decodeAudit(await maillm.api("/api/audit?limit=200")).map(({ type }) => type)
    for (const type of [
      "AddressRotated",
      "AddressRevoked",
      "SenderAsked",
      "SenderConfirmed",
      "SenderRemoved",
      "PrimarySet",
    ])
      expect(steps).toContain(type)
  }, 60_000)

  it("of two questions each is answered through its own address, whatever is left of the thread", async () => {
    const { address, email } = maillm.owner
    const pending = async () => decodeApprovals(await maillm.api("/api/approvals?state=pending"))
    const ask = async (file: string) => {
      const row = await message(
        await send(email, address, `git push --force origin main; echo ran > ${file}`),
        "accepted",
      )
      const approval = await eventually(
        `the question of ${file}`,
        async () => (await pending()).find(({ requestId }) => requestId === row.requestId) ?? null,
      )
      const mail = await out(
        "its mail",
        ({ id, requestId }) => id.startsWith("q") && requestId === row.requestId,
      )
      return { approval, mail }
    }
    const first = await ask("first")
    const second = await ask("second")
    expect(new Set([first.mail.from, second.mail.from]).size).toBe(2)
    // A client that keeps neither In-Reply-To nor the subject.
    await message(await send(email, second.mail.from, "no, it is Friday"), "answered")
    const decided = (id: string) =>
      eventually("it is decided", async () => {
        const row = decodeApprovals(await maillm.api("/api/approvals?limit=50")).find((one) => one.id === id)
        return row !== undefined && row.state !== "pending" ? row : null
      })
    expect(await decided(second.approval.id)).toMatchObject({
      state: "denied",
      note: "it is Friday",
      decidedBy: email,
      decidedVia: "email",
    })
    expect((await pending()).map(({ id }) => id)).toEqual([first.approval.id])
    await message(await send(email, second.mail.from, "yes"), "answered")
    const late = await out("it is told to be late", ({ text }) => text.includes("came too late"))
    expect(late.text).toContain(`Denied by ${email} (email)`)
    await message(await send(email, first.mail.from, "yes"), "answered")
    expect((await decided(first.approval.id)).state).toMatch(/^(allowed|consumed)$/)
  }, 90_000)
})
