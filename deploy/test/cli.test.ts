import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { once } from "node:events"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { ferretDbMissing, startTestFerretDb } from "@maillm/actors/readmodel/testing/TestFerretDb"
import { repository } from "../bin/launch/paths.mjs"
import { cliArguments, runCli } from "../src/cli/testing/runCli.ts"
import { eventually } from "../src/testing/eventually.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "maillm-cli-"))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

const freePorts = { MAILLM_HTTP_PORT: "0", MAILLM_SMTP_PORT: "0" }

describe("how it is called", () => {
  it.each(
    [
      [],
      ["start"],
      ["demo"],
      ["doctor"],
      ["status"],
      ["send"],
      ["mail"],
      ["mail", "extract"],
      ["mail", "check"],
      ["mail", "verify"],
      ["message"],
      ["message", "parse"],
      ["readmodel"],
      ["readmodel", "rebuild"],
    ].map((path) => [path]),
  )("%j --help", async (path) => {
    const { code, stdout, stderr } = await runCli([...path, "--help"], { folder })
    expect(stdout).toContain(["  maillm", ...path].join(" "))
    expect(stdout).toContain("DESCRIPTION")
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
  })

  it.each([
    [["doctr"], /Unknown subcommand "doctr"[^]*doctor[^]*How it is used: maillm --help/],
    [
      ["nonsense"],
      /Commands of maillm: start, demo, doctor, status, send, mail, address, sender, agents, message, policy, actors, dead, readmodel/,
    ],
    [["mail", "extrct"], /extract[^]*maillm mail --help/],
    [["doctor", "--jsn"], /--jsn[^]*--json/],
    [["send"], /Missing required argument: text/],
    [["send", "a", "b"], /Unexpected positional argument: "b"/],
    [["send", "a", "--timeout", "0"], /timeout/],
    [["send", "a", "--timeout", "soon"], /timeout/],
  ] as const)("%j is refused on standard error, with what would be right", async (args, words) => {
    const { code, stdout, stderr } = await runCli(args, { folder })
    expect(stderr).toMatch(words)
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" })
  })

  it("by the program that npx runs", async () => {
    const child = spawn(process.execPath, [join(repository, "deploy/bin/maillm.mjs"), "--version"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "ignore"],
    })
    let output = ""
    child.stdout.on("data", (bytes: Buffer) => (output += bytes.toString("utf8")))
    await once(child, "close")
    expect(output).toMatch(/^maillm v\d+\.\d+\.\d+\n$/)
    expect(child.exitCode).toBe(0)
  })
})

describe("mail extract", () => {
  const extract = (input: string | Buffer, ...flags: ReadonlyArray<string>) =>
    runCli(["mail", "extract", ...flags], { folder, input })
  const reply = readFileSync(join(repository, "gateway/src/mail/fixtures/replies/gmail-top.eml"), "utf8")
  const newest = readFileSync(
    join(repository, "gateway/src/mail/fixtures/replies/gmail-top.newest.txt"),
    "utf8",
  )

  it("the newest text alone, what was quoted beside it", async () => {
    const { code, stdout } = await extract(reply.replace(/\n/g, "\r\n"), "--json")
    const { text, quoted, ...rest } = JSON.parse(stdout)
    expect(text).toBe(newest)
    expect(quoted).not.toBe("")
    expect(rest).toEqual({ signature: expect.any(String), attachments: [], automatic: false })
    expect(code).toBe(0)
  })

  it("attachments with their hash, and whether it is automatic", async () => {
    const bytes = Buffer.from("1,2\r\n\0\xff", "latin1")
    const mail = [
      "From: a@example.org",
      "Auto-Submitted: auto-replied",
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "",
      "on holiday\u001b[2J",
      "--b",
      "Content-Type: text/csv",
      "Content-Disposition: attachment; filename=figures.csv",
      "Content-Transfer-Encoding: base64",
      "",
      bytes.toString("base64"),
      "--b--",
      "",
    ].join("\r\n")
    const { stdout } = await extract(mail, "--json")
    expect(JSON.parse(stdout)).toMatchObject({
      automatic: true,
      attachments: [
        {
          name: "figures.csv",
          type: "text/csv",
          size: bytes.length,
          sha256: createHash("sha256").update(bytes).digest("hex"),
        },
      ],
    })
    const words = await extract(mail)
    expect(words.stdout).toContain("Attachment: figures.csv, text/csv, 7 bytes")
    expect(words.stdout).toContain("Automatic")
    // A terminal must not be given what a stranger's mail would have it do.
    expect(words.stdout).not.toContain("\u001b")
  })

  it("an unreadable mail, nothing, and too much", async () => {
    const broken = await extract("Content-Type: multipart/mixed; boundary=x\r\n\r\n", "--json")
    expect(JSON.parse(broken.stdout)).toEqual({
      error: expect.stringMatching(/^The mail could not be read: /),
    })
    expect(broken.code).toBe(1)
    const nothing = await extract("")
    expect(nothing).toMatchObject({ code: 1, stdout: "" })
    expect(nothing.stderr).toMatch(/^maillm: standard input is empty: give it a mail, such as .*\n$/)
    const tooMuch = await extract(Buffer.alloc(64 * 1_048_576 + 1, "a"))
    expect(tooMuch).toMatchObject({ code: 1, stdout: "" })
    expect(tooMuch.stderr).toMatch(/larger than 64 MiB/)
  })

  it("a terminal for standard input is not waited for", async () => {
    const command = [process.execPath, ...cliArguments, "mail", "extract"].join(" ")
    const child = spawn("script", ["-qec", command, "/dev/null"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 20_000,
    })
    let output = ""
    child.stdout.on("data", (bytes: Buffer) => (output += bytes.toString("utf8")))
    await once(child, "close")
    expect(output).toMatch(/there is no mail on standard input: give it one/)
    expect(child.exitCode).toBe(1)
  })
})

describe("without a running maillm", () => {
  it.each([[["status"]], [["send", "true"]], [["send", "true", "--wait"]]])(
    "%s says so",
    async ([...args]) => {
      const { code, stdout, stderr } = await runCli(args, { folder })
      expect(stderr).toBe(
        `maillm: no maillm runs on the data folder ${folder}: start it with npm start, or set MAILLM_DATA_DIR to the folder of the one that runs\n`,
      )
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" })
      const asJson = await runCli([...args, "--json"], { folder })
      expect(JSON.parse(asJson.stdout)).toEqual({ error: expect.stringContaining("no maillm runs") })
      expect(asJson).toMatchObject({ code: 1, stderr: "" })
    },
  )

  it("readmodel rebuild: no data folder, and none folded yet", async () => {
    const none = await runCli(["readmodel", "rebuild"], {
      folder,
      env: { MAILLM_DATA_DIR: join(folder, "none") },
    })
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining("MAILLM_DATA_DIR") })
    const empty = await runCli(["readmodel", "rebuild", "--json"], { folder })
    expect(JSON.parse(empty.stdout)).toMatchObject({ store: "sqlite", removed: false })
  })
})

describe("with a running maillm", () => {
  let running: LocalProcess
  const run = (...args: ReadonlyArray<string>) => runCli(args, { folder: running.dataDir })
  beforeAll(async () => {
    running = new LocalProcess()
    await running.start()
  }, 90_000)
  afterAll(() => running.dispose())

  it("send --wait: the answer alone on standard output; 0 only when it was done", async () => {
    const good = await run("send", "echo $((6*7)) times", "--wait")
    expect(good).toMatchObject({ code: 0, stdout: "42 times\n" })
    expect(good.stderr).toMatch(/^done: .*\(session \S+\)\n$/)
    const bad = await run("send", "cat /none; exit 3", "--wait", "--json")
    expect(bad).toMatchObject({ code: 1, stderr: "" })
    expect(JSON.parse(bad.stdout)).toMatchObject({
      state: "failed",
      answer: expect.stringContaining("/none"),
    })
  })

  it("send: goes on in a session, and says what is wrong with one", async () => {
    const first = JSON.parse((await run("send", "here=over; cd /", "--json")).stdout)
    const second = await run("send", "echo $here $PWD", "--session", first.sessionId, "--wait")
    expect(second).toMatchObject({ code: 0, stdout: "over /\n" })
    const wrong = await run("send", "true", "--session", "no-such-session", "--json")
    expect(wrong.code).toBe(1)
    expect(JSON.parse(wrong.stdout)).toEqual({ error: expect.stringMatching(/session/i) })
    const empty = await run("send", "")
    expect(empty).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^maillm: ./) })
  })

  it("send --wait gives up in time, and the request goes on", async () => {
    const late = await run("send", "cat; echo at last", "--wait", "--timeout", "1")
    expect(late).toMatchObject({ code: 1, stdout: "" })
    const id = /no answer to request (\S+) in 1 s, it is (running|queued|received)/.exec(late.stderr)?.[1]
    const { request } = await running
      .api(`/api/requests/${id}`)
      .then((detail) => detail as { request: object })
    expect(request).toMatchObject({ text: "cat; echo at last" })
    await running.api(`/api/requests/${id}/cancel`, { method: "POST" })
  })

  it("status and doctor", async () => {
    const status = await run("status", "--json")
    expect(JSON.parse(status.stdout)).toMatchObject({
      ready: true,
      url: `http://127.0.0.1:${running.ports.http}`,
      smtpPort: running.ports.smtp,
      components: expect.arrayContaining([expect.objectContaining({ name: "nats", state: "ok" })]),
      requests: expect.objectContaining({ done: expect.any(Number), failed: 1 }),
      nodes: [expect.objectContaining({ alive: true })],
    })
    expect(status.code).toBe(0)
    expect((await run("status")).stdout).toMatch(/^maillm \S+ is ready\n[^]*1 failed[^]*alive/)
    const doctor = await run("doctor")
    expect(doctor.stdout).toMatch(/✓ data folder +.*held by a running maillm/)
    expect(doctor.stdout).toMatch(new RegExp(`✓ ports +of the running maillm: HTTP ${running.ports.http}`))
    expect(doctor.stdout).toMatch(/✓ running maillm +\S+ is ready/)
    expect(doctor.code).toBe(0)
  })

  it("files of the folder that are broken, and a token that is not good", async () => {
    for (const [name, broken, words] of [
      ["ports.json", "{", /ports\.json is broken: stop maillm and start it again/],
      ["owner.json", `{"address":"a","email":"b","token":"wrong"}`, /sign|token/i],
    ] as const) {
      const file = join(running.dataDir, name)
      const kept = readFileSync(file, "utf8")
      writeFileSync(file, broken)
      try {
        const { code, stderr } = await run("status")
        expect(stderr).toMatch(words)
        expect(code).toBe(1)
        if (name === "ports.json") expect((await run("doctor")).stdout).toMatch(/✗ ports +.*is broken/)
      } finally {
        writeFileSync(file, kept)
      }
    }
  })

  it("readmodel rebuild: not while it runs; after that the next start folds all again", async () => {
    const refused = await run("readmodel", "rebuild")
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("stop it") })
    const before = await running.requests()
    expect(before.length).toBeGreaterThan(0)
    await running.end("SIGTERM")
    const file = join(running.dataDir, "readmodel.sqlite")
    writeFileSync(file, "not a database")
    expect(await run("readmodel", "rebuild")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Removed ${file}`),
    })
    expect(existsSync(file)).toBe(false)
    await running.start()
    const ids = (rows: ReadonlyArray<{ readonly id: string }>) => rows.map(({ id }) => id)
    await eventually("every request is there again", async () =>
      ids(await running.requests()).join() === ids(before).join() ? true : null,
    )
  }, 90_000)

  it.skipIf(ferretDbMissing !== undefined)(
    `readmodel rebuild in MongoDB, while it runs${ferretDbMissing === undefined ? "" : ` (${ferretDbMissing})`}`,
    async () => {
      const ferret = await startTestFerretDb()
      const env = { MAILLM_MONGODB_URL: `${ferret.url}maillm` }
      const other = new LocalProcess(env)
      try {
        await other.start()
        const at = { folder: other.dataDir, env }
        const { id } = JSON.parse((await runCli(["send", "true", "--wait", "--json"], at)).stdout)
        const rebuilt = await runCli(["readmodel", "rebuild"], at)
        expect(rebuilt).toMatchObject({
          code: 0,
          stdout: expect.stringContaining("the running maillm folds"),
        })
        await eventually("the request is there again", async () => {
          const rows = await other.requests()
          return rows.some((row) => row.id === id && row.state === "done") ? true : null
        })
        expect((await runCli(["doctor"], at)).stdout).toMatch(/✓ read model +MongoDB \S+ answers/)
      } finally {
        await other.dispose()
        await ferret.stop()
      }
    },
    120_000,
  )
})

describe("start", () => {
  it("is what npm start does: ready, and stopped by a signal", async () => {
    const child = spawn(process.execPath, [...cliArguments, "start"], {
      cwd: folder,
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: folder,
        MAILLM_DATA_DIR: folder,
        MAILLM_RUNTIME: "host",
        ...freePorts,
      },
      stdio: "ignore",
    })
    const ended = once(child, "exit")
    try {
      await eventually("ports.json", () => (existsSync(join(folder, "ports.json")) ? true : null))
      expect(await runCli(["status"], { folder })).toMatchObject({ code: 0 })
    } finally {
      child.kill("SIGTERM")
      await ended
    }
    expect(child.exitCode).toBe(0)
    const wrong = await runCli(["start"], { folder, env: { MAILLM_HTTP_PORT: "http" } })
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/^maillm does not start: MAILLM_/) })
  })
})

describe("message parse", () => {
  const parse = (input: string | Buffer, ...flags: ReadonlyArray<string>) =>
    runCli(["message", "parse", ...flags], { folder, input })

  it.each([
    ["yes 7f3k2\n", { intent: "approve", code: "7F3K2" }],
    ["no, use a branch\r\n", { intent: "deny", code: null, note: "use a branch" }],
    ["/agent codex\nfix it\n", { intent: "request", text: "fix it\n", driver: "codex", repo: null }],
    ["", { intent: "unclear", about: "nothing", reason: expect.stringContaining("no text") }],
    [" \n\t\n", { intent: "unclear", about: "nothing", reason: expect.stringContaining("no text") }],
    [
      "a".repeat(1_048_576),
      { intent: "unclear", about: "nothing", reason: expect.stringContaining("262144") },
    ],
  ] as const)("%j as JSON", async (input, message) => {
    const { code, stdout, stderr } = await parse(input, "--json")
    expect(JSON.parse(stdout)).toEqual(message)
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
  })

  it("in words, with nothing that moves a terminal", async () => {
    const { code, stdout } = await parse("/new clear \u001b[2J the screen")
    expect(stdout).toBe("A request in a new session:\n\nclear [2J the screen\n")
    expect(code).toBe(0)
  })

  it("reads 1 MiB, and refuses more", async () => {
    const full = await parse("a".repeat(1_048_576), "--json")
    expect(JSON.parse(full.stdout)).toMatchObject({
      intent: "unclear",
      reason: expect.stringContaining("262144"),
    })
    expect(full.code).toBe(0)
    const { code, stdout } = await parse("a".repeat(1_048_577), "--json")
    expect(JSON.parse(stdout)).toEqual({ error: expect.stringContaining("larger than 1 MiB") })
    expect(code).toBe(1)
  })
})
