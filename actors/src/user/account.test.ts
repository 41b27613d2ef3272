import fc from "fast-check"
import { describe, expect, it, test } from "vitest"
import {
  confirmedSenders,
  endedLimit,
  isWorking,
  mailsPerAddress,
  mailsPerUser,
  senderLimit,
  workingLimit,
} from "@maillm/schema/Account"
import { AccountRun, localPart } from "./testing/AccountRun.ts"

const day = 86_400_000
const own = "ada@example.org"
const work = "Ada@work.example"

describe("private addresses", () => {
  test("a new one takes the place of the old one, which goes on for its grace", () => {
    const run = new AccountRun().rotate("b", 7 * day)
    expect(run.decision.effects).toEqual([
      { _tag: "BindAddress", localPart: localPart("b"), userId: "u1" },
      { _tag: "RetireAddress", localPart: localPart("a"), userId: "u1", endsAtMillis: run.now + 7 * day },
      {
        _tag: "AnnounceAccount",
        userId: "u1",
        account: { email: own, privateLocalPart: localPart("b") },
      },
    ])
    expect(run.mail(own, "echo hi", { to: localPart("a") }).tags).toContain("MailAccepted")
    run.now += 7 * day
    run.mail(own, "echo hi", { to: localPart("a") })
    expect(run.tags).toEqual(["MailQuarantined"])
    expect(run.reasons).toContain("had ended")
    expect(run.mail(own, "echo hi", { to: localPart("b") }).tags).toContain("MailAccepted")
    expect(run.state.addresses).toMatchObject([
      { localPart: localPart("a"), ended: { how: "rotated", by: own } },
      { localPart: localPart("b"), lastMailAtMillis: run.now, endsAtMillis: null },
    ])
  })

  test("without a grace it ends at once, also for mail that a gateway took in the moment between", () => {
    const run = new AccountRun().rotate("b", 0)
    expect(run.decision.effects).toContainEqual({
      _tag: "RetireAddress",
      localPart: localPart("a"),
      userId: "u1",
      endsAtMillis: run.now,
    })
    expect(run.mail(own, "echo hi", { to: localPart("a").toUpperCase() }).tags).toEqual(["MailQuarantined"])
  })

  test("one in its grace can be revoked; the one that is given out, an unknown one and one that has ended cannot", () => {
    const run = new AccountRun().rotate("b", 7 * day)
    expect(run.revoke("a").tags).toEqual(["AddressRevoked"])
    expect(run.state.addresses[0]).toMatchObject({ endsAtMillis: run.now, ended: { how: "revoked" } })
    for (const letter of ["a", "b", "z"])
      expect(run.revoke(letter).decision).toEqual({ events: [], effects: [] })
  })

  test("none is given out twice, neither by a rotation nor by what a data folder remembers", () => {
    const run = new AccountRun().rotate("b", 0).rotate("a", 0)
    expect(run.decision.events).toEqual([])
    const create = { _tag: "CreateUser", name: "Ada", privateLocalPart: localPart("a") } as const
    run.tell({ ...create, email: own })
    expect(run.decision).toMatchObject({
      events: [],
      effects: [{ _tag: "AnnounceAccount", account: { privateLocalPart: localPart("b") } }],
    })
    run.tell({ ...create, email: "ada@new.example" })
    expect(run.state.privateLocalPart).toBe(localPart("b"))
    expect(run.decision.effects.map(({ _tag }) => _tag)).toEqual(["AnnounceAccount"])
  })

  test("ten take mail at the most, and as many as that are remembered that took some", () => {
    const run = new AccountRun()
    const letters = "bcdefghijklmnopqrstuvwxyz".split("")
    for (const letter of letters) run.rotate(letter, 7 * day)
    expect(run.state.addresses.filter((address) => isWorking(address, run.now))).toHaveLength(workingLimit)
    run.now += 8 * day
    for (const letter of letters) for (const other of letters) run.rotate(`${letter}${other}`, 0)
    expect(run.state.addresses).toHaveLength(endedLimit + 1)
  })
})

describe("sender addresses", () => {
  test("one that is asked may not act until it is confirmed", () => {
    const run = new AccountRun().add(work)
    expect(run.tags).toEqual(["SenderAsked", "AccountMailQueued"])
    expect(run.mail(work, "echo hi").reasons).toContain("its author Ada@work.example is not ada@example.org")
    expect(run.confirm(work).tags).toEqual(["SenderConfirmed", "AccountMailQueued"])
    const tags = run.mail("ada@WORK.example", "echo hi").tags
    expect(tags).toEqual(["MailAccepted", "RequestOpened"])
    // The answer goes where the request came from; what is no answer, to the primary address.
    expect(run.told).toMatchObject([{ command: { request: { replyTo: { address: work } } } }])
    expect(run.mail(own, "echo hi").told).toMatchObject([
      { command: { request: { replyTo: { address: own } } } },
    ])
    expect(run.state.email).toBe(own)
  })

  test("the mail that asks tells a stranger nothing that commands, and the primary address hears of a new one", () => {
    const run = new AccountRun().add(work)
    const [asking] = run.mails
    const confirmId = run.sender(work)?.confirmId ?? ""
    expect(asking).toMatchObject({
      to: work,
      account: true,
      fromAddress: `confirmation.${confirmId}@maillm.test`,
      link: `http://console/confirm/${confirmId}`,
    })
    expect(JSON.stringify(asking)).not.toContain(localPart("a"))
    expect(JSON.stringify(asking)).not.toContain(own)
    expect(run.confirm(work).mails).toMatchObject([{ to: own, subject: expect.stringContaining(work) }])
  })

  test("a confirmation is good for a day, once, and only the newest", () => {
    const late = new AccountRun().add(work)
    late.now += day
    expect(late.confirm(work).tags).toEqual([])
    const twice = new AccountRun().add(work)
    const old = twice.sender(work)?.confirmId ?? ""
    twice.now += 1
    twice.add(work)
    expect(twice.tell({ _tag: "ConfirmSender", confirmId: old, by: own }).tags).toEqual([])
    expect(twice.confirm(work).tags[0]).toBe("SenderConfirmed")
    expect(twice.confirm(work).tags).toEqual([])
  })

  test("nobody is pestered: so many mails a day to one address and by one user, also when it is removed in between", () => {
    const run = new AccountRun()
    const asked = (address: string) => run.add(address).mails.length
    for (let i = 0; i < mailsPerAddress; i++) {
      expect(asked(work)).toBe(1)
      run.remove(work)
    }
    expect(asked(work)).toBe(0)
    for (let i = mailsPerAddress; i < mailsPerUser; i++) expect(asked(`a${i}@work.example`)).toBe(1)
    expect(asked("one-more@work.example")).toBe(0)
    run.now += day
    expect(asked(work)).toBe(1)
  })

  it.each([
    "no address",
    "ada@maillm.test",
    "Ada <ada@work.example>",
    "a@b@c",
    "ada@work.example,eve@evil.example",
    "ada@work.example\r\nBcc: eve@evil.example",
    "a\u202e@work.example",
    `${"a".repeat(65)}@work.example`,
    own,
  ])("%j is not asked", (address) => {
    expect(new AccountRun().add(address).decision).toEqual({ events: [], effects: [] })
  })

  test("twenty at the most", () => {
    const run = new AccountRun()
    for (let i = 0; i < 2 * senderLimit; i++) {
      run.now += day
      run.add(`a${i}@work.example`).confirm(`a${i}@work.example`)
    }
    expect(confirmedSenders(run.state.senders)).toHaveLength(senderLimit)
  })

  test("the last one cannot be removed; without the primary one another takes its place", () => {
    const run = new AccountRun()
    expect(run.remove(own).tags).toEqual([])
    run.add(work)
    expect(run.remove(own).tags).toEqual([])
    run.confirm(work).remove(own.toUpperCase())
    expect(run.state.email).toBe(work)
    expect(run.mail(own, "echo hi").tags).toEqual(["MailQuarantined"])
    expect(run.remove(work).tags).toEqual([])
    // The settings say the same at every start, and that is no news.
    run.tell({ _tag: "CreateUser", name: "Ada", email: own, privateLocalPart: localPart("a") })
    expect(run.mail(own, "echo hi").tags).toEqual(["MailQuarantined"])
  })

  test("the primary one is one that is confirmed", () => {
    const run = new AccountRun().add(work)
    expect(run.primary(work).tags).toEqual([])
    expect(run.confirm(work).primary("ada@work.example").tags).toEqual(["PrimarySet"])
    expect(run.state.email).toBe(work)
    expect(run.decision.effects).toMatchObject([{ _tag: "AnnounceAccount", account: { email: work } }])
  })
})

test("whatever is asked: one address is given out, what has ended stays so, and somebody may command", () => {
  const address = fc.constantFrom(own, work, "b@b.example", "c@c.example")
  const step = fc.oneof(
    fc.record({
      do: fc.constant("rotate" as const),
      letter: fc.constantFrom("a", "b", "c", "d"),
      grace: fc.nat(day),
    }),
    fc.record({ do: fc.constant("revoke" as const), letter: fc.constantFrom("a", "b", "c", "d") }),
    fc.record({
      do: fc.constantFrom("add" as const, "confirm" as const, "remove" as const, "primary" as const),
      address,
    }),
    fc.record({ do: fc.constant("wait" as const), millis: fc.nat(2 * day) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const run = new AccountRun()
      const over = new Set<string>()
      for (const one of steps) {
        if (one.do === "rotate") run.rotate(one.letter, one.grace)
        else if (one.do === "revoke") run.revoke(one.letter)
        else if (one.do === "wait") run.now += one.millis
        else run[one.do](one.address)
        const { addresses, asked, email, privateLocalPart, senders } = run.state
        expect(addresses.filter(({ endsAtMillis }) => endsAtMillis === null)).toMatchObject([
          { localPart: privateLocalPart },
        ])
        for (const known of addresses) {
          if (!isWorking(known, run.now)) over.add(known.localPart)
          else expect(over.has(known.localPart)).toBe(false)
        }
        expect(confirmedSenders(senders).map((sender) => sender.address)).toContain(email)
        expect(asked.filter(({ atMillis }) => atMillis > run.now - day).length).toBeLessThanOrEqual(
          mailsPerUser,
        )
      }
    }),
  )
})
