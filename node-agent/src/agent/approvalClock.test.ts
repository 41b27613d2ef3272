import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Queue from "effect/Queue"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { NodeId, RequestId, TurnId } from "@maillm/schema/Ids"
import { defaultPolicy } from "@maillm/schema/Policy"
import type { SessionCommand } from "@maillm/schema/SessionActor"
import { ApprovalBook } from "../approval/ApprovalBook.ts"
import { Gate } from "../approval/Gate.ts"
import { tellApprovals } from "./tellApprovals.ts"

const hour = 3_600_000
const waitMillis = 10 * 60_000
/** What an answer on its way is waited for, and more. */
const grace = 11_000

/** The host's clock is set while approvals wait; how long they wait goes by a clock that nobody sets. */
describe("an approval's time", () => {
  let folder = ""
  let book: ApprovalBook
  /** Of the clock that nobody sets. */
  let passed = 0
  let looks = 0
  let telling: Fiber.Fiber<never> | null = null
  const told: Array<SessionCommand> = []

  const open = async () => {
    const clock = () => {
      looks++
      return passed
    }
    book = await ApprovalBook.open(join(folder, "approvals.json"), clock)
  }
  const ask = async () => {
    const gate = new Gate(book, { policy: defaultPolicy, workspace: "/workspace", home: "/home/dev" })
    gate.turn = {
      turnId: TurnId.make("t1"),
      requestId: RequestId.make("r1"),
      approvalMillis: waitMillis,
      policy: defaultPolicy,
    }
    const input = { command: "git push --force origin main" }
    await gate.toolAsked({ tool: "Bash", input, cwd: "/workspace", callId: "c1" })
  }
  /** As the node agent does while the session is here. */
  const tell = () => {
    const unused = () => Effect.never
    const actors = {
      ask: unused,
      answerOf: unused,
      tell: (_: unknown, __: string, ___: string, command: unknown) =>
        Effect.sync(() => {
          told.push(command as SessionCommand)
          return {} as never
        }),
    }
    telling = Effect.runFork(
      Effect.flatMap(Queue.sliding<void>(1), (news) => {
        book.onChange = () => Queue.offerUnsafe(news, undefined)
        return tellApprovals({ actors: actors as never, nodeId: NodeId.make("n1") }, "s1", book, news)
      }),
    )
  }
  const state = () => book.entries[0]?.state
  const hostClock = (changeMillis: number) => vi.setSystemTime(Date.now() + changeMillis)
  /** Until the node has looked at the clock again, with this much passed. */
  const looked = async () => {
    const before = looks
    await vi.waitFor(() => expect(looks).toBeGreaterThan(before + 2), { timeout: 20_000, interval: 20 })
  }

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"] })
    folder = await mkdtemp(join(tmpdir(), "maillm-clock-"))
    passed = 1_000_000
    told.length = 0
    await open()
  })
  afterEach(async () => {
    if (telling !== null) await Effect.runPromise(Fiber.interrupt(telling))
    telling = null
    vi.useRealTimers()
    await rm(folder, { recursive: true })
  })

  test.each([
    ["set forward by two hours", 2 * hour],
    ["set back by two hours", -2 * hour],
    ["right", 0],
  ])("is neither shorter nor longer when the host's clock is %s", async (_, change) => {
    await ask()
    tell()
    passed += grace
    hostClock(change)
    await looked()
    expect(state()).toBe("pending")
    passed += waitMillis - grace - 1_000
    await looked()
    expect(state()).toBe("pending")
    passed += 1_000 + grace
    await vi.waitFor(() => expect(state()).toBe("denied"), { timeout: 20_000, interval: 20 })
    // The session actor learns of it, and takes no answer that would change nothing any more.
    await vi.waitFor(
      () => expect(told.map(({ _tag }) => _tag)).toEqual(["AskApproval", "CloseApproval"]),
      20_000,
    )
  })

  test("goes on where it was after a restart of the node agent", async () => {
    await ask()
    hostClock(waitMillis - 60_000)
    await open()
    await book.expire(-59_000)
    expect(state()).toBe("pending")
    await book.expire(-61_000)
    expect(state()).toBe("denied")
  })

  test("is not longer than all of it where the clock was set back while the node agent was away", async () => {
    await ask()
    hostClock(-48 * hour)
    await open()
    await book.expire(-waitMillis - 1)
    expect(state()).toBe("denied")
  })

  test("since an answer goes by that clock too", async () => {
    await ask()
    const approvalId = book.entries[0]?.ask.approvalId
    if (approvalId === undefined) throw new Error("nothing was asked")
    await book.answer({ approvalId, decision: "allow", by: "ada", via: "email", note: "" })
    hostClock(-2 * hour)
    passed += 3_000
    expect(book.sinceChange(approvalId)).toBe(3_000)
  })
})
