import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { commandSubject, partitionOf } from "@maillm/schema/Subjects"
import { dial } from "@maillm/actors/nats/Nats"
import { runCli } from "../src/cli/testing/runCli.ts"
import { eventually } from "../src/testing/eventually.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"

describe("how they are called", () => {
  const folder = mkdtempSync(join(tmpdir(), "maillm-cli-"))
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))

  it.each([
    [["actors"]],
    [["actors", "inspect"]],
    [["dead"]],
    [["dead", "list"]],
    [["dead", "show"]],
    [["dead", "retry"]],
    [["dead", "drop"]],
  ])("%j --help", async (path) => {
    const { code, stdout, stderr } = await runCli([...path, "--help"], { folder })
    expect(stdout).toContain(["  maillm", ...path].join(" "))
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
  })

  it.each([
    [["actors", "inspect", "session"], /id/],
    [["actors", "inspect", "session", "a.b"], /id/],
    [["dead", "show"], /number/],
    [["dead", "show", "0"], /number/],
    [["dead", "drop", "all"], /number/],
    [["dead", "list", "--actor", "session.>"], /actor/],
    [["dead", "list", "--limit", "201"], /limit/],
  ] as const)("%j is refused", async (args, words) => {
    const { code, stdout, stderr } = await runCli(args, { folder })
    expect(stderr).toMatch(words)
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" })
  })

  it("without a running maillm they say so, and retry says when it does not know what", async () => {
    for (const args of [["actors"], ["dead", "list"], ["dead", "retry", "1"]]) {
      expect(await runCli(args, { folder })).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("no maillm runs"),
      })
    }
    for (const args of [
      ["dead", "retry"],
      ["dead", "retry", "1", "--actor", "session.s1"],
    ]) {
      expect(await runCli(args, { folder })).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("say which"),
      })
    }
  })
})

describe("with a running maillm", () => {
  let running: LocalProcess
  const run = (...args: ReadonlyArray<string>) => runCli(args, { folder: running.dataDir })
  const json = async (...args: ReadonlyArray<string>) => JSON.parse((await run(...args, "--json")).stdout)
  /** Publishes past every check, as a defect or a newer version would. */
  const publish = async (...messages: ReadonlyArray<readonly [subject: string, data: string]>) => {
    const configuration = readFileSync(join(running.dataDir, "nats/nats.conf"), "utf8")
    const token = /token: "([^"]+)"/.exec(configuration)?.[1] ?? ""
    const servers = `nats://127.0.0.1:${running.ports.nats}`
    const connection = await Effect.runPromise(dial({ servers, name: "test", token }))
    // Answered once it is stored.
    for (const [subject, data] of messages) await connection.request(subject, data)
    await connection.close()
  }
  const session = "s-broken"
  const letters = async (): Promise<ReadonlyArray<{ readonly sequence: number; readonly reason: string }>> =>
    (await json("dead", "list", "--actor", `session.${session}`)).letters
  beforeAll(async () => {
    running = new LocalProcess()
    await running.start()
  }, 90_000)
  afterAll(() => running.dispose())

  it("actors: every partition with its owner, and that all is well", async () => {
    const report = await eventually("every partition has an owner", async () => {
      const found = await json("actors")
      return found.state === "ok" ? found : null
    })
    expect(report.partitions).toHaveLength(32)
    expect(report.hosts).toMatchObject([{ partitions: 32, alive: true }])
    const words = await run("actors")
    expect(words.stdout).toMatch(
      /^32 partitions served[^]*partition +state +owner[^]*Hosts[^]*alive[^]*Fullest mailboxes/,
    )
    expect(words).toMatchObject({ code: 0, stderr: "" })
  })

  it("dead: a command that nobody can read is listed, shown, put back and dropped", async () => {
    await publish([commandSubject("session", session), "not a \u001b[2J command"])
    const [letter] = await eventually("the letter", async () => {
      const found = await letters()
      return found.length > 0 ? found : null
    })
    const sequence = String(letter?.sequence)
    const listed = await run("dead", "list", "--actor", `session.${session}`)
    expect(listed.stdout).toMatch(
      /session s-broken[^]*the command does not decode[^]*\d dead letters?, 1 % of what/,
    )
    const shown = await run("dead", "show", sequence)
    expect(shown.stdout).toContain("not a [2J command")
    expect(shown.stdout).not.toContain("\u001b[2J")
    expect(await json("dead", "show", sequence)).toMatchObject({
      body: "not a \u001b[2J command",
      bodyCut: false,
    })

    expect((await run("dead", "retry", sequence)).stdout).toMatch(/^Dead letter \d+ is put back on cmd\./)
    // Nothing has changed, so it comes back as another.
    const another = await eventually("another letter", async () => {
      const found = await letters()
      return found.length === 1 && String(found[0]?.sequence) !== sequence ? found[0] : null
    })
    expect(await run("dead", "retry", sequence)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/there is no dead letter/),
    })
    expect((await run("dead", "drop", String(another?.sequence))).stdout).toMatch(/is dropped/)
    expect(await letters()).toEqual([])
    await eventually("the log", () =>
      /dead letter \d+ \(cmd\.\S+\) was dropped, by user \S+ by token/.test(running.output) ? true : null,
    )
  }, 90_000)

  it("actors inspect: what an actor has, and what to do about it", async () => {
    const { id } = await json("send", "echo hello", "--wait")
    const { sessionId } = await running
      .api(`/api/requests/${id}`)
      .then((found) => (found as { request: { sessionId: string } }).request)
    const well = await run("actors", "inspect", "session", sessionId)
    expect(well.stdout).toMatch(/journal +whole, \d+ records[^]*last record +\d+ of .*Z, epoch \d+ by/)
    expect(well.code).toBe(0)
    expect(await json("actors", "inspect", "session", "never")).toMatchObject({
      partition: partitionOf("session", "never"),
      journal: { state: "empty" },
    })
    await publish(["evt.session.s-damaged", "no record"])
    const broken = await run("actors", "inspect", "session", "s-damaged")
    expect(broken.code).toBe(1)
    expect(broken.stdout).toMatch(
      /BROKEN at record \d+[^]*nats stream purge EVT --subject=evt\.session\.s-damaged/,
    )
  }, 90_000)
})
