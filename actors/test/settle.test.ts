import * as Effect from "effect/Effect"
import { afterEach, expect, it } from "vitest"
import { SessionProtocol } from "@maillm/schema/ActorProtocol"
import { NodeId, RequestId, TurnId, UserId } from "@maillm/schema/Ids"
import type { SessionCommand } from "@maillm/schema/SessionActor"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { actorCellsWith } from "../src/runtime/actorCells.ts"
import { SessionActor } from "../src/session/SessionActor.ts"
import { testFacts, testNode } from "../src/world/testing/testFacts.ts"
import { eventually, recordsOf, startHost } from "./testHost.ts"

const cleanups: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const facts = () => testFacts({ nodes: [testNode("n1")] })

const add = (requestId: string): SessionCommand => ({
  _tag: "AddRequest",
  request: {
    requestId: RequestId.make(requestId),
    userId: UserId.make("u1"),
    channel: "email",
    text: "ls",
    title: "ls",
    attachments: [],
    replyTo: { address: "a@b.c", thread: { subject: "ls", messageId: "<1@b.c>", references: [] } },
    receivedAtMillis: 1,
    refusal: null,
  },
})

it("an answer that NATS does not take as a record fails its request with a reply, and the next one runs", async () => {
  const server = await startTestNats({ maxPayload: "1MB" })
  cleanups.push(() => server.stop())
  const host = await startHost(server, "h1", [actorCellsWith(SessionActor, facts)])
  cleanups.push(host.close)
  const tell = (id: string, command: SessionCommand) =>
    Effect.runPromise(host.client.tell(SessionProtocol, "s1", id, command))
  const events = async () =>
    (await recordsOf(host.nats, "evt.session.s1")).flatMap(({ record }) => record.events)
  const ordered = async (requestId: string) =>
    (await events()).find((event) => event._tag === "TurnOrdered" && event.requestId === requestId)
  await tell("a1", add("r1"))
  await tell("a2", add("r2"))
  const turn = await eventually("the first turn", async () => (await ordered("r1")) ?? null)
  const turnId = TurnId.make(turn._tag === "TurnOrdered" ? turn.turnId : "none")
  await tell(`${turnId}/ended`, {
    _tag: "TurnEnded",
    turnId,
    nodeId: NodeId.make("n1"),
    result: {
      outcome: { _tag: "Exited", exitCode: 0 },
      // Fits into a command, and not thrice into a record.
      outputText: "界".repeat(262_144),
      outputBytes: 786_432,
      truncated: false,
      outputBlob: null,
      startedAtMillis: 1,
      endedAtMillis: 2,
    },
  })
  await eventually("the second turn", async () => (await ordered("r2")) ?? null)
  expect((await events()).map((event) => event._tag)).toEqual([
    "SessionOpened",
    "RequestQueued",
    "TurnOrdered",
    "RequestQueued",
    "CommandFailed",
    "RequestEnded",
    "ReplyQueued",
    "TurnOrdered",
  ])
  const mail = await host.nats.jsm.streams.getMessage("OUTBOX", { last_by_subj: "out.email.u1" })
  expect(mail?.string()).toMatch(/its result is lost/)
  expect(mail?.string()).toMatch(/raise max_payload/)
  expect((await host.nats.jsm.streams.info("DEAD")).state.messages).toBe(1)
})
