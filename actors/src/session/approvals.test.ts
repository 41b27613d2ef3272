import { describe, expect, it } from "vitest"
import { defaultPolicy, mergePolicies } from "@maillm/schema/Policy"
import { SessionActor } from "./SessionActor.ts"
import { agentFacts, SessionRun } from "./testing/runSession.ts"

const running = () => new SessionRun().add("r1").taken()
const hour = 3_600_000

describe("an approval that a node asks for", () => {
  it("is asked by mail in the thread, with a code, and told to the user's actor", () => {
    const run = running().ask("a1")
    expect(run.tags).toEqual(["ApprovalAsked", "ReplyQueued"])
    const [mail] = run.mails
    const code = run.approval("a1")?.code ?? ""
    expect(mail?.question).toMatchObject({
      approvalId: "a1",
      code,
      command: "git push --force",
      reminder: false,
    })
    expect(code).toMatch(/^[0-9][A-HJKMNP-TV-Z][0-9A-HJKMNP-TV-Z]{3}$/)
    expect(mail).toMatchObject({
      inReplyTo: "<in@example.org>",
      messageId: `q${run.facts.approvalKey("a1").tag}`,
    })
    expect(run.told).toMatchObject([{ _tag: "NoteApproval", approvalId: "a1", code, open: true }])
    expect(run.timers.map(({ timer, atMillis }) => [timer, atMillis])).toEqual([
      ["expire", run.now + hour],
      ["remind", run.now + 30 * 60_000],
    ])
  })

  it("is asked once, however often the node says so", () => {
    const run = running().ask("a1").ask("a1")
    expect(run.events).toEqual([])
    expect(run.effects).toEqual([])
    run.answer("a1", "allow").ask("a1")
    expect(run.events).toEqual([])
    expect(run.orders).toMatchObject([{ _tag: "ResolveApproval", decision: "allow" }])
  })

  it("goes to the node with the first answer; a later one changes nothing and its sender is told", () => {
    const run = running().ask("a1").answer("a1", "deny", { via: "link", note: "not on a Friday" })
    expect(run.orders).toMatchObject([
      { _tag: "ResolveApproval", decision: "deny", note: "not on a Friday", by: "ada@example.org", epoch: 7 },
    ])
    expect(run.told).toMatchObject([{ _tag: "NoteApproval", open: false }])
    // The thread in which it was asked learns that it was answered elsewhere.
    expect(run.mails).toMatchObject([{ messageId: "da1" }])
    const replyTo = {
      address: "ada@example.org",
      thread: { subject: "Re: Fix", messageId: "<yes@example.org>", references: [] },
    }
    run.answer("a1", "allow", { via: "email", replyTo })
    expect(run.tags).toEqual(["ApprovalAnsweredLate", "ReplyQueued"])
    expect(run.orders).toEqual([])
    expect(run.mails[0]?.outcome).toContain("came too late")
    expect(run.mails[0]?.answer).toContain("Denied by ada@example.org (link)")
    expect(run.approval("a1")?.state).toBe("denied")
  })

  it("says nothing more in the thread when the answer came from there", () => {
    const run = running().ask("a1").answer("a1", "allow", { via: "email" })
    expect(run.mails).toEqual([])
    expect(run.tags).toEqual(["ApprovalAnswered"])
  })

  it("counts as denied when its time is over, and an answer that comes then is late", () => {
    const run = running().ask("a1")
    run.now += hour
    run.fire("expire", run.now)
    expect(run.approval("a1")).toMatchObject({ state: "expired", decidedBy: "nobody" })
    expect(run.orders).toMatchObject([{ _tag: "ResolveApproval", decision: "deny" }])
    run.answer("a1", "allow")
    expect(run.tags).toEqual(["ApprovalAnsweredLate"])
    const slow = running().ask("a2")
    slow.now += hour
    slow.answer("a2", "allow")
    expect(slow.tags).toContain("ApprovalAnsweredLate")
    expect(slow.approval("a2")?.state).toBe("expired")
    expect(slow.orders).toMatchObject([{ decision: "deny" }])
  })

  it("expires by the server's clock, also where this host's is a little behind", () => {
    const run = running().ask("a1")
    run.now += hour - 20
    run.fire("expire", run.now + 20)
    expect(run.approval("a1")?.state).toBe("expired")
    const reminded = running().ask("a1")
    reminded.now += hour / 2 - 20
    reminded.fire("remind", reminded.now + 20)
    expect(reminded.tags).toContain("ApprovalReminded")
  })

  it.each([
    ["behind", -5],
    ["ahead", 5],
  ])("waits as long as its node says, also where that one's clock is hours %s", (_, hours) => {
    const run = running()
    const there = run.now + hours * hour
    run.ask("a1", { askedAtMillis: there, expiresAtMillis: there + hour })
    expect(run.approval("a1")).toMatchObject({ askedAtMillis: run.now, expiresAtMillis: run.now + hour })
    expect(run.timers.map(({ atMillis }) => atMillis)).toEqual([run.now + hour, run.now + 30 * 60_000])
    const asked = run.now
    run.now = asked + 30 * 60_000
    run.fire("remind", run.now)
    expect(run.tags).toContain("ApprovalReminded")
    run.now = asked + hour - 1
    run.answer("a1", "allow")
    expect(run.approval("a1")?.state).toBe("allowed")
  })

  it("expires also among more than one record has room for", () => {
    const run = running()
    for (const id of ["a1", "a2", "a3", "a4", "a5"]) run.ask(id)
    run.now += hour
    run.fire("expire", run.now)
    const fired = new Set<number>([run.now])
    for (let [timer] = run.timers; timer !== undefined; [timer] = run.timers) {
      // A wake of the same generation would be taken for a repeat.
      expect(fired.has(timer.generation)).toBe(false)
      fired.add(timer.generation)
      run.now = timer.atMillis
      run.fire(timer.timer, timer.generation)
    }
    expect(run.state.approvals.map(({ state }) => state)).toEqual(Array(5).fill("expired"))
  })

  it("is withdrawn with its request when the turn's end could not be handled", () => {
    const run = running().ask("a1")
    const aside = { command: null, sourceId: `${run.turnId}/ended`, reason: "boom" }
    const context = { now: run.now, epoch: 7, commandId: "c", facts: run.facts }
    const events = SessionActor.settle?.(run.state, aside, context).events ?? []
    expect(events.map((event) => event._tag)).toEqual(["ApprovalAnswered", "RequestEnded", "ReplyQueued"])
  })

  it("is told of in words that stand by themselves", () => {
    const expired = running().ask("a1")
    expired.now += hour
    expired.fire("expire", expired.now)
    expect(expired.mails[0]?.outcome).toMatch(
      /^Nobody answered by .* UTC, which counts as no; no answer is needed any more\.$/,
    )
    const replyTo = {
      address: "ada@example.org",
      thread: { subject: "Re: Fix", messageId: "<y@example.org>", references: [] },
    }
    const over = running().ask("a1").end({ _tag: "Answered" }).answer("a1", "allow", { replyTo })
    expect(over.mails[0]?.answer).toMatch(/^Not needed any more at .* UTC: its turn is over\.$/)
    const link = { via: "link", by: "the link sent to ada@example.org" } as const
    const linked = running().ask("a1").answer("a1", "allow", link)
    expect(linked.mails[0]?.outcome).toMatch(/^Allowed by the link sent to ada@example\.org at .* UTC; no/)
    const twice = running().ask("a1").answer("a1", "allow").answer("a1", "allow", { via: "email", replyTo })
    expect(twice.mails[0]?.outcome).toBe("Your yes was not needed any more: the answer was yes already.")
    expect(twice.mails[0]?.answer).toMatch(/^Allowed by ada@example\.org \(console\) at .* UTC\.$/)
  })

  it("never waits longer than an agent's hook does", () => {
    const run = running()
    run.ask("a1", { expiresAtMillis: run.now + 90 * hour })
    expect(run.approval("a1")?.expiresAtMillis).toBe(run.now + 23 * hour)
  })

  it("is used once: it is consumed when what was allowed has begun", () => {
    const run = running().ask("a1").answer("a1", "allow")
    run.do({
      _tag: "CloseApproval",
      approvalId: run.state.approvals[0]!.approvalId,
      as: "consumed",
      detail: "",
    })
    expect(run.tags).toEqual(["ApprovalConsumed"])
    expect(run.approval("a1")?.state).toBe("consumed")
    run.do({
      _tag: "CloseApproval",
      approvalId: run.state.approvals[0]!.approvalId,
      as: "consumed",
      detail: "",
    })
    expect(run.events).toEqual([])
  })

  it("is cancelled with its turn", () => {
    const run = running().ask("a1").end({ _tag: "Answered" })
    expect(run.approval("a1")?.state).toBe("cancelled")
    expect(run.tags).toContain("RequestEnded")
    expect(run.told).toMatchObject([{ _tag: "NoteApproval", open: false }])
  })

  it("of a turn that is over is not asked", () => {
    const run = running().end({ _tag: "Answered" })
    run.ask("a1")
    expect(run.events).toEqual([])
  })

  it("reminds once, and a request from the console then gets a mail", () => {
    const run = new SessionRun()
      .add("r1", { channel: "console", replyTo: null, escalateTo: "ada@example.org" })
      .taken()
      .ask("a1")
    expect(run.mails).toEqual([])
    run.now += 30 * 60_000
    run.fire("remind", run.now)
    expect(run.tags).toEqual(["ApprovalReminded", "ReplyQueued"])
    expect(run.mails).toMatchObject([{ to: "ada@example.org", question: { reminder: true }, inReplyTo: "" }])
    run.fire("remind", run.now)
    expect(run.events).toEqual([])
  })

  it("is refused beyond the bound, so that no agent can ask without end", () => {
    const run = running()
    for (let i = 0; i < 50; i++) run.ask(`a${i}`)
    run.ask("b1")
    expect(run.approval("b1")?.state).toBe("denied")
    expect(run.orders).toMatchObject([{ decision: "deny" }])
  })

  it("that nobody knows is left alone", () => {
    const run = running().answer("a9", "allow")
    expect(run.events).toEqual([])
    expect(run.effects).toEqual([])
  })
})

describe("a yes for the rest of the session", () => {
  it("changes what the turn and later ones are judged by", () => {
    const run = running().ask("a1", { class: "git-push" }).answer("a1", "allow", { remember: true })
    expect(run.tags).toContain("SessionPolicySet")
    expect(run.orders).toMatchObject([{ policy: { classes: { "git-push": "allow", privilege: "ask" } } }])
    run.end({ _tag: "Answered" }).add("r2")
    expect(run.orders).toMatchObject([{ _tag: "StartTurn", policy: { classes: { "git-push": "allow" } } }])
  })

  it("is not to be had for what destroys, leaks or escalates, nor against a denial", () => {
    const run = running().ask("a1", { class: "privilege" }).answer("a1", "allow", { remember: true })
    expect(run.tags).not.toContain("SessionPolicySet")
    const denied = new SessionRun(
      agentFacts({ policy: mergePolicies(defaultPolicy, { classes: { "git-push": "deny" } }) }),
    )
    denied.add("r1").taken().ask("a1", { class: "git-push" }).answer("a1", "allow", { remember: true })
    expect(denied.orders).toMatchObject([{ policy: { classes: { "git-push": "deny" } } }])
  })

  it("goes over the account's own layer, which goes with the request", () => {
    const run = new SessionRun().add("r1", { policy: { classes: { "git-push": "deny", publish: "allow" } } })
    expect(run.orders).toMatchObject([{ policy: { classes: { "git-push": "deny", publish: "allow" } } }])
  })
})

describe("a request that the policy asks about", () => {
  const dangerous = (patch = {}) =>
    new SessionRun(agentFacts({}, { defaultDriver: "shell" })).add("r1", { text: "rm -rf /etc", ...patch })

  it("waits for its sender, and runs after a yes", () => {
    const run = dangerous()
    expect(run.tags).toEqual(["SessionOpened", "RequestQueued", "ApprovalAsked", "ReplyQueued"])
    expect(run.orders).toEqual([])
    const [approval] = run.state.approvals
    run.answer(approval?.approvalId ?? "", "allow", { via: "email" })
    expect(run.tags).toEqual(["ApprovalAnswered", "TurnOrdered"])
    expect(run.orders).toMatchObject([{ _tag: "StartTurn", text: "rm -rf /etc" }])
  })

  it("keeps the order of its session: what comes behind it waits too", () => {
    const run = dangerous().add("r2", { text: "ls" })
    expect(run.tags).toEqual(["RequestQueued"])
    const [approval] = run.state.approvals
    run.answer(approval?.approvalId ?? "", "deny", { note: "wrong machine" })
    expect(run.tags).toContain("RequestEnded")
    expect(run.events.find((event) => event._tag === "RequestEnded")).toMatchObject({
      requestId: "r1",
      state: "cancelled",
      outcome: "Not run: ada@example.org said no (wrong machine).",
    })
    expect(run.orders).toMatchObject([{ _tag: "StartTurn", requestId: "r2" }])
  })

  it("expires", () => {
    const run = dangerous()
    run.now += 8 * hour
    run.fire("expire", run.now)
    expect(run.events.find((event) => event._tag === "RequestEnded")).toMatchObject({ state: "expired" })
    expect(run.state.queue).toEqual([])
    // One mail, which answers the request.
    expect(run.mails.map(({ outcome }) => outcome)).toEqual(["Not run: nobody said yes in time."])
  })

  it("can be cancelled while it waits", () => {
    const run = dangerous()
    run.do({ _tag: "CancelRequest", requestId: run.state.queue[0]!.requestId, by: "ada" })
    expect(run.state.approvals[0]?.state).toBe("cancelled")
    expect(run.state.queue).toEqual([])
  })

  it("is not run where the policy denies it", () => {
    const facts = agentFacts({}, { defaultDriver: "shell" })
    const classes = { ...facts.policy.classes, "delete-outside-workspace": "deny" as const }
    const run = new SessionRun({ ...facts, policy: { ...facts.policy, classes } }).add("r1", {
      text: "rm -rf /etc",
    })
    expect(run.events.at(-2)).toMatchObject({ _tag: "RequestEnded", state: "failed" })
    expect(run.orders).toEqual([])
  })
})
