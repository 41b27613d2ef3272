import { describe, expect, test } from "vitest"
import type { FetchedPath } from "@maillm/schema/Files"
import { NodeId, RequestId } from "@maillm/schema/Ids"
import type { RequestSpec } from "@maillm/schema/UserActor"
import { agentFacts, SessionRun } from "./testing/runSession.ts"
import { fetchLimit } from "./SessionState.ts"

const nodeId = NodeId.make("n1")
const thread = { subject: "Report", messageId: "<m1@example.org>", references: [] }
const byMail: Partial<RequestSpec> = { channel: "email", replyTo: { address: "ada@example.org", thread } }
const sending = (paths: ReadonlyArray<string>, casual = false): Partial<RequestSpec> => ({
  ...byMail,
  text: `send me ${paths.join(" and ")}`,
  command: { _tag: "Send", paths, casual },
})
const found = (path: string, sizeBytes = 31_000): FetchedPath => ({
  _tag: "Found",
  path,
  file: { name: path, type: "application/pdf", blob: { sha256: "ab".repeat(32), sizeBytes }, from: "asked" },
})
const missing = (path: string, ...close: ReadonlyArray<string>): FetchedPath => ({
  _tag: "Missing",
  path,
  close,
})
const fetched = (run: SessionRun, id: string, ...paths: ReadonlyArray<FetchedPath>) =>
  run.do({ _tag: "FilesFetched", requestId: RequestId.make(id), nodeId, paths })
const jobs = (run: SessionRun) =>
  run.effects.flatMap((effect) => (effect._tag === "RunJob" ? [effect.job] : []))

test("the node is asked, no turn is begun, and the answer has the file", () => {
  const run = new SessionRun().add("r1", sending(["report.pdf"]))
  expect(run.tags).toEqual(["SessionOpened", "RequestQueued", "FilesAsked"])
  expect(jobs(run)).toMatchObject([
    { _tag: "FetchFiles", requestId: "r1", nodeId: "n1", paths: ["report.pdf"], credentials: false },
  ])
  expect(run.state.queue).toEqual([])
  fetched(run, "r1", found("report.pdf"))
  expect(run.tags).toEqual(["FilesFetched", "RequestEnded", "ReplyQueued"])
  expect(run.orders).toEqual([])
  expect(run.mails).toMatchObject([
    {
      messageId: "mr1",
      outcome: "Here is report.pdf (30 KiB).",
      attachments: [{ name: "report.pdf", type: "application/pdf" }],
      files: { attached: [{ name: "report.pdf", sizeBytes: 31_000 }], left: [] },
    },
  ])
  expect(run.state.fetches).toEqual([])
})

test("told twice, it is answered once", () => {
  const run = new SessionRun().add("r1", sending(["report.pdf"]))
  fetched(run, "r1", found("report.pdf"))
  fetched(run, "r1", found("report.pdf"))
  expect(run.events).toEqual([])
  expect(run.effects).toEqual([])
})

test("beside a turn that runs, and without its place in the queue", () => {
  const run = new SessionRun()
    .add("r1")
    .taken()
    .add("r2")
    .add("r3", sending(["report.pdf"]))
  fetched(run, "r3", found("report.pdf"))
  expect(run.mails).toHaveLength(1)
  expect(run.state.current?.request.requestId).toBe("r1")
  expect(run.state.queue.map(({ requestId }) => requestId)).toEqual(["r2"])
})

test("some are there, some are not: those that are, and what comes close to the others", () => {
  const run = new SessionRun().add("r1", sending(["a.pdf", "raport.pdf", ".env"]))
  fetched(run, "r1", found("a.pdf"), missing("raport.pdf", "docs/report.pdf"), {
    _tag: "Refused",
    path: ".env",
    reason: "it may hold credentials",
  })
  const [mail] = run.mails
  expect(mail?.outcome).toBe("Here is a.pdf (30 KiB). 2 others could not be sent.")
  expect(mail?.answer).toContain(
    "`raport.pdf`: there is no such file in the workspace. These come close: `docs/report.pdf`",
  )
  expect(mail?.answer).toContain("`.env`: it may hold credentials")
  expect(run.events).toContainEqual(expect.objectContaining({ _tag: "RequestEnded", state: "done" }))
})

test("nothing is there: failed, with what comes close", () => {
  const run = new SessionRun().add("r1", sending(["raport.pdf"]))
  fetched(run, "r1", missing("raport.pdf", "report.pdf"))
  expect(run.mails).toMatchObject([
    {
      outcome: "raport.pdf could not be sent.",
      attachments: [],
      answer: expect.stringContaining("`report.pdf`") as string,
    },
  ])
  expect(run.events).toContainEqual(expect.objectContaining({ _tag: "RequestEnded", state: "failed" }))
})

test("a file too large for a mail is named with its link", () => {
  const run = new SessionRun().add("r1", sending(["film.mp4"]))
  fetched(run, "r1", found("film.mp4", 20_000_000))
  expect(run.mails).toMatchObject([
    {
      attachments: [],
      files: {
        attached: [],
        left: [{ name: "film.mp4", link: "http://console/requests/r1#files-heading" }],
      },
    },
  ])
})

describe("asked in everyday words", () => {
  test("what is not there is for the agent, as it was written", () => {
    const run = new SessionRun().add("r1", sending(["report.pdf"], true))
    fetched(run, "r1", missing("report.pdf"))
    expect(run.tags).toEqual(["FetchPassedOn", "TurnOrdered"])
    expect(run.mails).toEqual([])
    expect(run.orders).toMatchObject([{ _tag: "StartTurn", text: "send me report.pdf", requestId: "r1" }])
    expect(run.state.fetches).toEqual([])
    run.taken().end({ _tag: "Answered" })
    expect(run.mails).toMatchObject([{ messageId: "mr1" }])
  })
  test("it waits for its turn where one runs", () => {
    const run = new SessionRun()
      .add("r1")
      .taken()
      .add("r2", sending(["report.pdf"], true))
    fetched(run, "r2", missing("report.pdf"))
    expect(run.tags).toEqual(["FetchPassedOn"])
    expect(run.state.queue.map(({ requestId }) => requestId)).toEqual(["r2"])
  })
  test("a shell is not given the words to run", () => {
    const run = new SessionRun(agentFacts({}, { defaultDriver: "shell" })).add(
      "r1",
      sending(["report.pdf"], true),
    )
    fetched(run, "r1", missing("report.pdf"))
    expect(run.orders).toEqual([])
    expect(run.mails).toHaveLength(1)
  })
})

test("with the class credentials allowed to agents, files that may hold some are read", () => {
  const run = new SessionRun().add("r1", {
    ...sending([".env"]),
    policy: { classes: { credentials: "allow" } },
  })
  expect(jobs(run)).toMatchObject([{ credentials: true }])
  const own = new SessionRun().add("r1", {
    ...sending([".env"]),
    policy: { ownRequests: { credentials: "allow" } },
  })
  expect(jobs(own)).toMatchObject([{ credentials: false }])
})

test("no node: said at once; a node that is away: it waits", () => {
  expect(new SessionRun(agentFacts({ nodes: [] })).add("r1", sending(["a.pdf"])).mails).toMatchObject([
    { outcome: "No file was sent.", answer: expect.stringContaining("No node answers") as string },
  ])
  const run = new SessionRun().add("r1").taken().end({ _tag: "Answered" })
  run.facts = agentFacts({ nodes: [] })
  run.add("r2", sending(["a.pdf"]))
  expect(run.events).toContainEqual({
    _tag: "FilesAsked",
    requestId: "r2",
    nodeId: "n1",
    reason: "Node n1 does not answer; the files come when it is back.",
  })
})

test("it can be cancelled, and not too many wait", () => {
  const run = new SessionRun()
  for (let i = 0; i < fetchLimit; i++) run.add(`r${i}`, sending(["a.pdf"]))
  run.add("more", sending(["a.pdf"]))
  expect(jobs(run)).toEqual([])
  expect(run.mails).toMatchObject([{ answer: expect.stringContaining("20 messages wait") as string }])
  run.do({ _tag: "CancelRequest", requestId: RequestId.make("r3"), by: "ada@example.org" })
  expect(run.events).toContainEqual(expect.objectContaining({ _tag: "RequestEnded", state: "cancelled" }))
  fetched(run, "r3", found("a.pdf"))
  expect(run.events).toEqual([])
})

test("names that hide something are shown as they are", () => {
  const run = new SessionRun().add("r1", sending(["a\u202efdp.exe`<b>"]))
  fetched(run, "r1", missing("a\u202efdp.exe`<b>"))
  const [mail] = run.mails
  expect(`${mail?.outcome}${mail?.answer}`).not.toContain("\u202e")
  expect(mail?.answer).toContain("`a\\u{202e}fdp.exe'<b>`")
})
