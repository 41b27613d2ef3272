import { NodeId, RequestId, SessionId, TurnId, UserId } from "@maillm/schema/Ids"
import type { SessionEvent } from "@maillm/schema/SessionActor"
import type { TurnResult } from "@maillm/schema/Turn"
import type { RequestSpec } from "@maillm/schema/UserActor"
import { beforeEach, describe, expect, test } from "vitest"
import { recordOf } from "../../test/projector/syntheticRecords.ts"
import type { StoredRows } from "../readmodel/ReadModel.ts"
import { foldBatch } from "./Batch.ts"

const requestId = RequestId.make("r1")
const sessionId = SessionId.make("s1")
const turnId = TurnId.make("t1")
const nodeId = NodeId.make("node-x")
const raw = { sha256: "a".repeat(64), sizeBytes: 5_120 }
const request: RequestSpec = {
  requestId,
  userId: UserId.make("ada"),
  channel: "console",
  text: "send me a.pdf",
  title: "Report",
  attachments: [],
  replyTo: null,
  receivedAtMillis: 1_000,
  refusal: null,
}
const result: TurnResult = {
  outcome: { _tag: "Answered" },
  outputText: "",
  outputBytes: 0,
  truncated: false,
  outputBlob: null,
  startedAtMillis: 10_000,
  endedAtMillis: 11_000,
  answer: "Here.",
}
const ended: SessionEvent = {
  _tag: "RequestEnded",
  requestId,
  state: "done",
  outcome: "Here is a.pdf.",
  by: "maillm",
}

let rows: StoredRows
let sequence: number
beforeEach(() => {
  rows = {
    users: new Map(),
    requests: new Map(),
    sessions: new Map(),
    messages: new Map(),
    approvals: new Map(),
  }
  sequence = 0
})

/** Folds one record of these events; answers what the timeline says about them. */
const session = (...events: ReadonlyArray<SessionEvent>) => {
  sequence++
  const record = recordOf({ kind: "session", id: "s1", events }, 1_000 * sequence, sequence)
  const { single, together } = foldBatch([{ sequence, record }], rows)
  expect(single.map((one) => one.failure)).toEqual([null])
  const stored = <Row extends { readonly id: string }>(changed: ReadonlyArray<Row>) =>
    new Map(changed.map((row) => [row.id, { row, evtSeq: sequence }] as const))
  rows = {
    ...rows,
    requests: new Map([...rows.requests, ...stored(together.requests)]),
    sessions: new Map([...rows.sessions, ...stored(together.sessions)]),
  }
  return together.timeline.map((row) => row.summary)
}
const theRequest = () => rows.requests.get("r1")?.row
const theSession = () => rows.sessions.get(sessionId)?.row

describe("a message that asks for files", () => {
  const file = { name: "a.pdf", type: "application/pdf", blob: raw, from: "asked" } as const
  const asked: SessionEvent = { _tag: "FilesAsked", requestId, nodeId, reason: "" }
  beforeEach(() => {
    session({ _tag: "SessionOpened", title: "Report", driver: "claude" }, { _tag: "RequestQueued", request })
  })
  test("keeps its session idle, and its row has what was sent and what was not", () => {
    expect(session(asked)).toEqual(["Node node-x is asked for the files"])
    expect(theRequest()).toMatchObject({ state: "running", nodeId: "node-x" })
    expect(theSession()).toMatchObject({ state: "idle" })
    const paths = [
      { _tag: "Found", path: "docs/a.pdf", file },
      { _tag: "Missing", path: "b.pdf", close: [] },
      { _tag: "Refused", path: ".env", reason: "it may hold credentials" },
    ] as const
    expect(session({ _tag: "FilesFetched", requestId, nodeId, paths }, ended)[0]).toBe(
      "Read a.pdf out of the workspace; not sent: b.pdf, .env",
    )
    expect(theRequest()).toMatchObject({
      state: "done",
      files: {
        sent: [file],
        left: [
          { name: "b.pdf", reason: "is not in the workspace" },
          { name: ".env", reason: "it may hold credentials" },
        ],
      },
    })
  })
  test("waits where its node is away, and goes on as a request where the agent is asked", () => {
    session({ ...asked, reason: "Node node-x does not answer." })
    expect(theRequest()).toMatchObject({ state: "waiting", stateReason: "Node node-x does not answer." })
    session({
      _tag: "FetchPassedOn",
      requestId,
      reason: "a.pdf is not in the workspace: the agent is asked.",
    })
    expect(theRequest()).toMatchObject({ state: "queued", stateReason: "" })
    expect(theSession()).toMatchObject({ state: "queued" })
    session(
      { _tag: "TurnOrdered", turnId, requestId, nodeId },
      { _tag: "TurnTaken", turnId, requestId, nodeId, runtime: "host", startedAtMillis: 10_000 },
    )
    const files = { sent: [{ ...file, from: "outbox" as const }], left: [], leftCount: 0 }
    expect(session({ _tag: "TurnEnded", turnId, requestId, result: { ...result, files } })).toEqual([
      "Answered after 1.0 s, 1 file for the answer",
    ])
    expect(theRequest()).toMatchObject({ files })
  })
})
