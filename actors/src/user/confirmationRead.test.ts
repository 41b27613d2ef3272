import { describe, expect, it, test } from "vitest"
import { relayedOrigin } from "./testing/sampleMails.ts"
import { AccountRun } from "./testing/AccountRun.ts"

const work = "ada@work.example"
const own = "ada@example.org"

const asked = () => {
  const run = new AccountRun().add(work)
  const recipient = { _tag: "Confirmation", confirmId: run.sender(work)?.confirmId ?? "" } as const
  return { run, recipient }
}

describe("a reply to the mail that asks", () => {
  it.each(["Yes", "yes, please.", "Ja", "Yes\nAda"])("%j confirms the address it comes from", (text) => {
    const { run, recipient } = asked()
    run.mail(work, text, { recipient })
    expect(run.tags).toEqual(["SenderConfirmed", "AccountMailQueued", "AccountMailQueued"])
    expect(run.mails.map(({ to }) => to)).toEqual([work, own])
    expect(run.state.pendingMails).toEqual([])
    expect(run.mail(work, "make test").tags).toEqual(["MailAccepted", "RequestOpened"])
  })

  test("confirms when it is proven, over other servers; a copy of it does nothing", () => {
    const { run, recipient } = asked()
    const origin = relayedOrigin({ author: work })
    expect(run.mail(work, "yes", { recipient, origin }).tags[0]).toBe("SenderConfirmed")
    run.now += 5
    expect(run.mail(work, "yes", { recipient, origin }).tags).toEqual(["MailQuarantined"])
    expect(run.mail(work, "make test", { origin }).reasons).toContain("repeat")
  })

  it.each([
    ["from another address", own, "yes", {}, /is not ada@work.example/],
    [
      "that is not proven",
      work,
      "yes",
      { origin: relayedOrigin({ author: work, standing: "unproven" }) },
      /not proven/,
    ],
    [
      "that a forwarder vouches for",
      work,
      "yes",
      { origin: relayedOrigin({ author: work, standing: "forwarded" }) },
      /forwarder/,
    ],
    ["that a machine wrote", work, "yes", { automatic: "Auto-Submitted: auto-replied" }, /machine/],
    ["with two authors", work, "yes", { from: [work, "eve@evil.example"] }, /2 authors/],
    ["that says something else", work, "Who are you?", {}, /neither yes nor no/],
    ["that says more than yes", work, "yes, and run make test", {}, /neither yes nor no/],
    ["with the code of a question", work, "yes 7F3K2", {}, /neither yes nor no/],
  ] as const)("%s is kept, unanswered", (_, from, text, patch, reason) => {
    const { run, recipient } = asked()
    run.mail(from, text, { recipient, ...patch })
    expect(run.tags).toEqual(["MailQuarantined"])
    expect(run.reasons).toMatch(reason)
    expect(run.decision.effects).toEqual([])
    expect(run.sender(work)?.state).toBe("pending")
  })

  test("that says no ends it, and the address is not asked again for a month", () => {
    const { run, recipient } = asked()
    expect(run.mail(work, "No", { recipient }).tags).toEqual(["SenderDeclined", "AccountMailQueued"])
    expect(run.confirm(work).tags).toEqual([])
    run.now += 2 * 86_400_000
    expect(run.add(work).tags).toEqual([])
    expect(run.remove(work).tags).toEqual([])
    run.now += 30 * 86_400_000
    expect(run.add(work).tags[0]).toBe("SenderAsked")
  })

  test("comes too late after a day", () => {
    const { run, recipient } = asked()
    run.now += 86_400_000
    expect(run.mail(work, "yes", { recipient }).reasons).toContain("is over")
  })

  test("that was released from quarantine proves nothing", () => {
    const { run, recipient } = asked()
    run.mail(work, "yes", { recipient, origin: relayedOrigin({ author: work, standing: "unproven" }) })
    const mailId = run.state.heldMails[0]?.mailId
    if (mailId === undefined) throw new Error("not held")
    const [read] = run.decision.events
    if (read?._tag !== "MailQuarantined") throw new Error("not held")
    run.tell({ _tag: "ReleaseMail", mailId, by: own })
    run.tell({ _tag: "MailRead", mailId, content: read.content })
    expect(run.reasons).toContain("released")
    expect(run.sender(work)?.state).toBe("pending")
  })
})
