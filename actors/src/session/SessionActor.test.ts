import { describe, expect, it } from "vitest"
import { MessageId, NodeId, RequestId, TurnId, UserId } from "@maillm/schema/Ids"
import type { SessionCommand, SessionEvent } from "@maillm/schema/SessionActor"
import type { NodeInfo, TurnOutcome } from "@maillm/schema/Turn"
import type { RequestSpec } from "@maillm/schema/UserActor"
import type { WorldContext } from "../world/Facts.ts"
import { testFacts, testNode } from "../world/testing/testFacts.ts"
import { SessionActor } from "./SessionActor.ts"
import { initialSession } from "./SessionState.ts"
import type { SessionState } from "./SessionState.ts"

const node = (nodeId: string, paneCount: number) => testNode(nodeId, { hostname: nodeId, paneCount })

const context = (nodes: ReadonlyArray<NodeInfo> = [node("n1", 3), node("n2", 1)]): WorldContext => ({
  now: 1_000_000,
  epoch: 7,
  commandId: "c",
  facts: testFacts({
    nodes,
    publicUrl: "http://console",
    replyLocalPart: (kind, u, id) => `${kind}.${u}.${id}.sig`,
  }),
})

const request = (id: string, patch: Partial<RequestSpec> = {}): RequestSpec => ({
  requestId: RequestId.make(id),
  userId: UserId.make("u1"),
  channel: "email",
  text: "echo hi",
  title: "Say hi",
  attachments: [],
  replyTo: {
    address: "a@b.c",
    thread: { subject: "Say hi", messageId: "<in@b.c>", references: ["<older@b.c>"] },
  },
  receivedAtMillis: 1,
  refusal: null,
  ...patch,
})

/** A session that has handled the commands, and what the last of them decided. */
const run = (
  commands: ReadonlyArray<SessionCommand>,
  at: WorldContext = context(),
  from = initialSession("s1"),
) => {
  let state: SessionState = from
  let last = SessionActor.decide(state, { _tag: "TimerFired", timer: "none", generation: 0 }, at)
  const all: Array<SessionEvent> = []
  for (const command of commands) {
    last = SessionActor.decide(state, command, at)
    all.push(...last.events)
    for (const event of last.events) state = SessionActor.evolve(state, event, at.now)
  }
  return {
    state,
    events: last.events,
    effects: last.effects,
    all,
    tags: last.events.map((event) => event._tag),
  }
}

const add = (id: string, patch: Partial<RequestSpec> = {}): SessionCommand => ({
  _tag: "AddRequest",
  request: request(id, patch),
})
const turnIdOf = (state: SessionState) => state.current?.turnId ?? TurnId.make("none")
const ended = (state: SessionState, outcome: TurnOutcome): SessionCommand => ({
  _tag: "TurnEnded",
  turnId: turnIdOf(state),
  nodeId: NodeId.make("n2"),
  result: {
    outcome,
    outputText: "hi\n",
    outputBytes: 3,
    truncated: false,
    outputBlob: null,
    startedAtMillis: 0,
    endedAtMillis: 2_100,
  },
})

describe("SessionActor", () => {
  it("opens, queues and orders the first request on the node with the fewest panes", () => {
    const { tags, effects, state } = run([add("r1")])
    expect(tags).toEqual(["SessionOpened", "RequestQueued", "TurnOrdered"])
    expect(state.nodeId).toBe("n2")
    const order = effects.find((effect) => effect._tag === "OrderNode")
    expect(order?.order).toMatchObject({ _tag: "StartTurn", epoch: 7, text: "echo hi", requestId: "r1" })
  })

  it("runs one turn at a time and starts the next when one ends", () => {
    const first = run([add("r1"), add("r2")])
    expect(first.tags).toEqual(["RequestQueued"])
    const second = run([ended(first.state, { _tag: "Exited", exitCode: 0 })], context(), first.state)
    expect(second.tags).toEqual(["TurnEnded", "RequestEnded", "ReplyQueued", "TurnOrdered"])
    expect(second.state.current?.request.requestId).toBe("r2")
  })

  it.each<[TurnOutcome, string, string]>([
    [{ _tag: "Exited", exitCode: 0 }, "done", "Done in 2.1 s."],
    [{ _tag: "Exited", exitCode: 3 }, "failed", "Failed with exit code 3 after 2.1 s."],
    [{ _tag: "PaneEnded", exitCode: 0, signal: null }, "done", "Done in 2.1 s; the shell has ended."],
    [
      { _tag: "PaneEnded", exitCode: null, signal: 9 },
      "failed",
      "The shell was ended by signal 9 after 2.1 s.",
    ],
    [
      { _tag: "Failed", reason: "The host restarted.", ran: "unknown" },
      "failed",
      "This was interrupted; how far it got is not known.",
    ],
    [{ _tag: "Failed", reason: "tmux is missing.", ran: "no" }, "failed", "This could not be run."],
  ])("says how it ended: %j", (outcome, state, words) => {
    const before = run([add("r1")]).state
    const { events } = run([ended(before, outcome)], context(), before)
    expect(events.find((event) => event._tag === "RequestEnded")).toMatchObject({ state, outcome: words })
  })

  it("replies in the thread, from the session's signed address, with an id that follows from the request", () => {
    const before = run([add("r1")]).state
    const { effects } = run([ended(before, { _tag: "Exited", exitCode: 0 })], context(), before)
    const mail = effects.find((effect) => effect._tag === "SendMail")?.mail
    expect(mail).toMatchObject({
      to: "a@b.c",
      subject: "Re: Say hi",
      inReplyTo: "<in@b.c>",
      references: ["<older@b.c>", "<in@b.c>"],
      internetMessageId: "<mr1.s1@maillm.test>",
      fromAddress: "session.u1.s1.sig@maillm.test",
      answer: "hi",
      link: "http://console/requests/r1",
    })
  })

  it("ignores what it has seen: a request, a taken turn, an end, a sent mail", () => {
    const one = run([add("r1")]).state
    expect(run([add("r1")], context(), one).events).toEqual([])
    const done = run([ended(one, { _tag: "Exited", exitCode: 0 })], context(), one).state
    expect(run([ended(one, { _tag: "Exited", exitCode: 0 })], context(), done).events).toEqual([])
    const sent: SessionCommand = {
      _tag: "MailSent",
      messageId: MessageId.make("mr1"),
      via: "outbox",
      raw: { sha256: "a".repeat(64), sizeBytes: 1 },
      detail: "",
    }
    const after = run([sent], context(), done)
    expect(after.tags).toEqual(["ReplySent"])
    expect(run([sent], context(), after.state).events).toEqual([])
  })

  it("answers what cannot be run, and runs the next", () => {
    const { tags, effects } = run([add("r1", { refusal: "There is no text." })])
    expect(tags).toEqual(["SessionOpened", "RequestQueued", "RequestEnded", "ReplyQueued"])
    expect(effects.find((effect) => effect._tag === "SendMail")?.mail.answer).toBe("There is no text.")
  })

  it("refuses the request over the bound of the queue, keeping the others", () => {
    const many = Array.from({ length: 102 }, (_, i) => add(`r${i}`))
    const { state, events } = run(many)
    expect(state.queue).toHaveLength(100)
    expect(events.find((event) => event._tag === "RequestEnded")).toMatchObject({
      requestId: "r101",
      state: "failed",
    })
  })

  it("waits for a node, says so once, and goes on when one is there", () => {
    const alone = run([add("r1")], context([]))
    expect(alone.tags).toEqual(["SessionOpened", "RequestQueued", "TurnDelayed"])
    const again = run([{ _tag: "TimerFired", timer: "place", generation: 1 }], context([]), alone.state)
    expect(again.events).toEqual([])
    expect(again.effects.map((effect) => effect._tag)).toEqual(["SetTimer"])
    expect(run([{ _tag: "TimerFired", timer: "place", generation: 2 }], context(), alone.state).tags).toEqual(
      ["TurnOrdered"],
    )
  })

  it("stays with the node that has its pane, even while that does not answer", () => {
    const one = run([add("r1")]).state
    const done = run([ended(one, { _tag: "Exited", exitCode: 0 })], context(), one).state
    const next = run([add("r2")], context([node("n1", 0)]), done)
    expect(next.tags).toEqual(["RequestQueued", "TurnOrdered", "TurnDelayed"])
    expect(next.state.current?.nodeId).toBe("n2")
  })

  it("cancels: a queued request at once, a running one by an interrupt, a finished one not at all", () => {
    const two = run([add("r1"), add("r2")]).state
    const queued = run(
      [{ _tag: "CancelRequest", requestId: RequestId.make("r2"), by: "ada" }],
      context(),
      two,
    )
    expect(queued.events[0]).toMatchObject({ _tag: "RequestEnded", state: "cancelled" })
    const running = run(
      [{ _tag: "CancelRequest", requestId: RequestId.make("r1"), by: "ada" }],
      context(),
      two,
    )
    expect(running.tags).toEqual(["CancelAsked"])
    expect(running.effects[0]).toMatchObject({ _tag: "OrderNode", order: { _tag: "InterruptTurn" } })
    const end = run([ended(running.state, { _tag: "Exited", exitCode: 130 })], context(), running.state)
    expect(end.events[1]).toMatchObject({
      _tag: "RequestEnded",
      state: "cancelled",
      outcome: "Stopped after 2.1 s, as ada asked.",
    })
    const late = run([ended(running.state, { _tag: "Exited", exitCode: 0 })], context(), running.state)
    expect(late.events[1]).toMatchObject({ _tag: "RequestEnded", state: "done" })
  })
})

describe("a command that could not be handled", () => {
  const settle = (state: SessionState, command: SessionCommand | null, sourceId = "", at = context()) => {
    const decision = SessionActor.settle?.(state, { command, sourceId, reason: "Error: boom" }, at)
    const events = decision?.events ?? []
    return {
      tags: events.map((event) => event._tag),
      ended: events.find((event) => event._tag === "RequestEnded"),
      mail: events.find((event) => event._tag === "ReplyQueued")?.mail,
      effects: decision?.effects ?? [],
      state: events.reduce((before, event) => SessionActor.evolve(before, event, at.now), state),
    }
  }
  const due = { _tag: "SetTimer", timer: "place", generation: 1_000_000, atMillis: 1_000_000 }

  it("a new request is ended as failed and answered, and its text is not kept whole", () => {
    const large = add("r1", { text: "x".repeat(200_000) })
    const { tags, ended, mail, state, effects } = settle(initialSession("s1"), large)
    expect(tags).toEqual(["SessionOpened", "RequestQueued", "RequestEnded", "ReplyQueued"])
    expect(ended).toMatchObject({ requestId: "r1", state: "failed" })
    expect(mail?.answer).toMatch(/could not handle it: Error: boom\. It was not run/)
    expect(JSON.stringify(effects).length).toBeLessThan(5_000)
    expect(effects.at(-1)).toEqual(due)
    expect(state).toMatchObject({ queue: [], current: null, knownRequests: ["r1"] })
    // A dead letter that is put back does not run what was answered.
    expect(SessionActor.decide(state, large, context()).events).toEqual([])
  })

  it("one that is known already is left as it is", () => {
    const { state } = run([add("r1")])
    expect(settle(state, add("r1")).tags).toEqual([])
  })

  it.each([["by its command"], ["by its id alone"]])(
    "an end of a turn, %s: its request ends, the next goes on",
    (how) => {
      const { state } = run([add("r1"), add("r2")])
      const { turnId } = state.current ?? { turnId: "none" }
      const command = ended(state, { _tag: "Exited", exitCode: 0 })
      const settled =
        how === "by its command" ? settle(state, command) : settle(state, null, `${turnId}/ended`)
      expect(settled.tags).toEqual(["RequestEnded", "ReplyQueued"])
      expect(settled.ended).toMatchObject({ requestId: "r1", state: "failed" })
      expect(settled.mail?.answer).toMatch(/was not run a second time/)
      expect(settled.effects.at(-1)).toEqual(due)
      const timer: SessionCommand = { _tag: "TimerFired", timer: "place", generation: 1_000_000 }
      expect(run([timer], context(), settled.state).state.current?.request.requestId).toBe("r2")
    },
  )

  it("placing that fails ends the request that was to be placed", () => {
    const { state } = run([add("r1"), add("r2")], context([]))
    const settled = settle(state, { _tag: "TimerFired", timer: "place", generation: 1 })
    expect(settled.ended).toMatchObject({ requestId: "r1" })
    expect(settled.state.queue.map(({ requestId }) => requestId)).toEqual(["r2"])
  })

  it.each<[string, SessionCommand | null, string]>([
    ["another turn's end", null, "t-other/ended"],
    ["what nobody can read", null, ""],
    ["a timer that only tells", { _tag: "TimerFired", timer: "take", generation: 1 }, ""],
    ["a wish to cancel", { _tag: "CancelRequest", requestId: RequestId.make("r1"), by: "a" }, ""],
  ])("%s changes nothing", (_, command, sourceId) => {
    const { state } = run([add("r1")])
    expect(settle(state, command, sourceId).tags).toEqual([])
  })
})
