import { describe, expect, it } from "vitest"
import { agentFacts, agentNode, SessionRun } from "./testing/runSession.ts"

const minute = 60_000
const two = (agents = {}) => agentFacts({ nodes: [agentNode(["shell", "claude", "codex"])] }, agents)

describe("which agent does a request", () => {
  it("is Claude Code where nobody says otherwise and a node has it, else the shell", () => {
    const unset = { defaultDriver: null }
    expect(new SessionRun(agentFacts({}, unset)).add("r1").state.driver).toBe("claude")
    expect(new SessionRun(agentFacts({ nodes: [agentNode(["shell"])] }, unset)).add("r1").state.driver).toBe(
      "shell",
    )
  })

  it("is the one that the message wishes for, and stays so in its session", () => {
    const run = new SessionRun(two()).add("r1", { driver: "codex" })
    expect(run.orders).toMatchObject([{ _tag: "StartTurn", driver: "codex" }])
    run.taken().end({ _tag: "Answered" }).add("r2")
    expect(run.orders).toMatchObject([{ driver: "codex" }])
    run.taken().end({ _tag: "Answered" }).add("r3", { driver: "claude" })
    expect(run.tags).toContain("DriverChosen")
    expect(run.orders).toMatchObject([
      { driver: "claude", preface: expect.stringContaining("Codex has worked") },
    ])
  })

  it("is another of the fail-over list while the first is at its limit", () => {
    const nodes = [agentNode(["claude", "codex"], { claude: 1_000_000 + minute })]
    const run = new SessionRun(agentFacts({ nodes }, { failover: ["codex"] })).add("r1")
    expect(run.events).toContainEqual(expect.objectContaining({ _tag: "DriverChosen", driver: "codex" }))
    expect(run.orders).toMatchObject([{ driver: "codex" }])
  })

  it("waits for the limit where there is no other", () => {
    const nodes = [agentNode(["claude"], { claude: 1_000_000 + minute })]
    const run = new SessionRun(agentFacts({ nodes })).add("r1")
    expect(run.events.at(-2)).toMatchObject({ _tag: "RequestParked", untilMillis: 1_000_000 + minute })
    // Its sender learns why nothing happens, and how to give it up.
    expect(run.mails).toMatchObject([{ outcome: expect.stringMatching(/^Waiting until/) }])
    expect(run.timers).toMatchObject([{ timer: "place", atMillis: 1_000_000 + minute }])
    run.fire("place")
    expect(run.events).toEqual([])
    run.facts = agentFacts()
    // The server's clock is a little ahead of this host's, and the timer fires only once.
    run.now += minute - 20
    run.fire("place", 1_000_000 + minute)
    expect(run.orders).toMatchObject([{ driver: "claude" }])
  })

  it("that its node cannot use is said with the remedy", () => {
    const node = {
      ...agentNode(["shell"]),
      agents: [
        {
          driver: "claude" as const,
          version: "",
          problem: "MAILLM_ANTHROPIC_API_KEY is not set",
          limitedUntilMillis: null,
        },
      ],
    }
    const run = new SessionRun(agentFacts({ nodes: [node] })).add("r1")
    expect(run.events.at(-1)).toMatchObject({
      _tag: "TurnDelayed",
      reason: "Claude Code cannot be used: MAILLM_ANTHROPIC_API_KEY is not set",
    })
  })
})

describe("an agent that could not go on", () => {
  it("is succeeded by the next of the list, in a turn of its own", () => {
    const run = new SessionRun(two({ failover: ["codex"] })).add("r1").taken()
    const first = run.turnId
    run.fail({ kind: "provider-down", message: "529" })
    expect(run.tags).toEqual(["TurnEnded", "DriverChosen", "TurnOrdered"])
    expect(run.orders).toMatchObject([{ driver: "codex", requestId: "r1" }])
    expect(run.turnId).not.toBe(first)
    run.fail({ kind: "authentication", message: "401" })
    expect(run.tags).toContain("RequestEnded")
    expect(run.mails[0]?.answer).toContain("401")
  })

  it("parks the request until the provider's reset, tells so once, and goes on by itself", () => {
    const run = new SessionRun().add("r1").taken()
    const reset = run.now + 90 * minute
    run.fail({ kind: "rate-limit", resetAtMillis: reset })
    expect(run.tags).toEqual(["TurnEnded", "RequestParked", "ReplyQueued"])
    expect(run.mails[0]?.outcome).toMatch(/^Waiting until .* UTC; it then goes on by itself\.$/)
    run.now = reset
    run.fire("place", reset)
    expect(run.tags).toEqual(["TurnOrdered"])
    run.fail({ kind: "rate-limit", resetAtMillis: reset + minute })
    expect(run.mails).toEqual([])
    run.do({ _tag: "CancelRequest", requestId: run.state.queue[0]!.requestId, by: "ada" })
    expect(run.events.at(0)).toMatchObject({ _tag: "RequestEnded", state: "cancelled" })
    expect(run.state.parked).toBeNull()
  })

  it("is tried ten times at most", () => {
    const run = new SessionRun().add("r1")
    let turns = 0
    while (run.state.current !== null && turns < 100) {
      turns++
      run.fail({ kind: "provider-down", message: "away" })
      if (run.state.parked === null) break
      run.now = run.state.parked.untilMillis
      run.fire("place")
    }
    expect(turns).toBe(10)
    expect(run.tags).toContain("RequestEnded")
  })

  it("ends its request at once where waiting does not help", () => {
    for (const kind of ["authentication", "model-not-found", "agent-broken", "other"] as const) {
      const run = new SessionRun().add("r1").fail({ kind, message: "no" })
      expect(run.events.at(-2), kind).toMatchObject({ _tag: "RequestEnded", state: "failed" })
    }
  })

  it("is not tried again once somebody asked to stop it", () => {
    const run = new SessionRun().add("r1").taken()
    run.do({ _tag: "CancelRequest", requestId: run.state.current!.request.requestId, by: "ada" })
    run.fail({ kind: "rate-limit" })
    expect(run.events.find((event) => event._tag === "RequestEnded")).toMatchObject({ state: "cancelled" })
  })

  it("that was stopped answers with words and not with its screen", () => {
    const run = new SessionRun().add("r1").taken()
    const { requestId } = run.state.current!.request
    run.do({ _tag: "CancelRequest", requestId, by: "ada" })
    run.do({
      _tag: "TurnEnded",
      turnId: run.turnId,
      nodeId: run.state.current!.nodeId,
      result: {
        outcome: { _tag: "Failed", reason: "Interrupted as asked.", ran: "unknown" },
        outputText: "▐▛███▛█ Claude Code",
        outputBytes: 9,
        truncated: false,
        outputBlob: null,
        startedAtMillis: 1,
        endedAtMillis: 2,
      },
    })
    expect(run.mails[0]?.outcome).toMatch(/^Stopped after/)
    expect(run.mails[0]?.answer).toBe("What the agent had done by then stays done.")
  })
})

describe("the spending cap", () => {
  it("is asked of the user's actor before every turn of an agent, and only then", () => {
    const run = new SessionRun(agentFacts({}, { spendingCapMicroUsd: 5_000_000 })).add("r1")
    expect(run.orders).toEqual([])
    expect(run.told).toEqual([{ _tag: "AskTurnLeave", sessionId: "s1", requestId: "r1" }])
    run.fire("place")
    expect(run.effects).toEqual([])
    const { requestId } = run.state.queue[0]!
    run.do({ _tag: "TurnLeave", requestId, allowed: true, reason: "" })
    expect(run.tags).toEqual(["TurnLeaveGiven", "TurnOrdered"])
    run.taken().end({ _tag: "Answered" }, { costMicroUsd: 1_200_000 })
    expect(run.told).toMatchObject([{ _tag: "NoteCost", costMicroUsd: 1_200_000 }])
    expect(run.mails[0]?.facts).toContainEqual({ label: "Cost", value: "$1.20 (10 tokens in, 2 out)" })
    const shell = new SessionRun(
      agentFacts({}, { spendingCapMicroUsd: 5_000_000, defaultDriver: "shell" }),
    ).add("r1")
    expect(shell.orders).toMatchObject([{ _tag: "StartTurn" }])
  })

  it("stops the request when it is reached", () => {
    const run = new SessionRun(agentFacts({}, { spendingCapMicroUsd: 5_000_000 })).add("r1")
    const { requestId } = run.state.queue[0]!
    run.do({ _tag: "TurnLeave", requestId, allowed: false, reason: "The cap is $5.00." })
    expect(run.events[0]).toMatchObject({ _tag: "RequestEnded", state: "failed" })
    expect(run.mails[0]?.answer).toContain("The cap is $5.00.")
  })
})

describe("messages for maillm itself", () => {
  it("say what a session does", () => {
    const run = new SessionRun().add("r1").taken().ask("a1").add("r2")
    run.add("r3", { command: { _tag: "Status", known: "Spent this month: $1.00." } })
    expect(run.tags).toEqual(["RequestQueued", "RequestEnded", "ReplyQueued"])
    expect(run.mails[0]?.outcome).toBe("1 question waits for your answer.")
    expect(run.mails[0]?.answer).toContain(`yes ${run.approval("a1")?.code}`)
    expect(run.mails[0]?.answer).toContain("- Waiting: Fix the tests")
    expect(run.mails[0]?.answer).toContain("Spent this month: $1.00.")
    expect(run.state.queue.map(({ requestId }) => requestId)).toEqual(["r2"])
  })

  it("stop what runs and cancel what waits", () => {
    const run = new SessionRun()
      .add("r1")
      .taken()
      .add("r2")
      .add("r3", { command: { _tag: "Stop" } })
    expect(run.orders).toMatchObject([{ _tag: "InterruptTurn" }])
    expect(run.state.queue).toEqual([])
    expect(run.mails.at(-1)).toMatchObject({
      outcome: 'Stopping "Fix the tests".',
      answer: "1 that waited is cancelled.",
    })
  })
})

describe("a repository", () => {
  const repository = { url: "https://example.org/a.git", branch: null }
  it("goes with every turn of the session that began with it", () => {
    const run = new SessionRun().add("r1", { repository })
    expect(run.orders).toMatchObject([{ repository }])
    run.end({ _tag: "Answered" }).add("r2")
    expect(run.orders).toMatchObject([{ repository }])
  })

  it("is for agents: the shell refuses it and says so", () => {
    const run = new SessionRun(agentFacts({}, { defaultDriver: "shell" })).add("r1", { repository })
    expect(run.events.at(-2)).toMatchObject({ _tag: "RequestEnded", state: "failed" })
  })

  it("cannot be changed later", () => {
    const run = new SessionRun().add("r1").end({ _tag: "Answered" }).add("r2", { repository })
    expect(run.events.at(-2)).toMatchObject({ _tag: "RequestEnded", state: "failed" })
  })
})
