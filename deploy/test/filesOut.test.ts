import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { crc32, deflateSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { parseMail } from "@maillm/gateway/mail/parseMail"
import { nodeFolder } from "@maillm/node-agent/files/NodeFolder"
import type { MessageRow } from "@maillm/schema/ReadModel"
import { AgentInstallation } from "../src/testing/AgentInstallation.ts"
import { eventually } from "../src/testing/eventually.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"
import { sendMail } from "../src/testing/sendMail.ts"
import { WatchedBrowser } from "../src/testing/WatchedBrowser.ts"

const chromiumPath = process.env["MAILLM_TEST_CHROMIUM"] ?? "/usr/bin/chromium"

/** A mail of ours as it went out. */
const wire = async (maillm: LocalProcess, { id }: MessageRow) => {
  const response = await fetch(`http://127.0.0.1:${maillm.ports.http}/api/messages/${id}/raw`, {
    headers: { authorization: `Bearer ${maillm.owner.token}` },
  })
  const raw = Buffer.from(await response.arrayBuffer())
  const parsed = await parseMail(raw, "maillm.localhost")
  if (parsed._tag === "Unreadable") throw new Error(parsed.reason)
  return { raw: raw.toString("latin1"), files: parsed.attachments }
}

const chunk = (type: string, data: Buffer) => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
/** A grey picture of 8 by 8 pixels. */
const picture = Buffer.concat([
  Buffer.from("\u0089PNG\r\n\u001a\n", "latin1"),
  chunk("IHDR", Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 0, 0, 0, 0])),
  chunk("IDAT", deflateSync(Buffer.alloc(8 * 9, 90))),
  chunk("IEND", Buffer.alloc(0)),
])

describe("files out of a shell's workspace, by mail (needs tmux)", () => {
  const maillm = new LocalProcess({ MAILLM_DRIVER: "shell", MAILLM_RUNTIME: "host" })
  let workspace: string
  let count = 0
  beforeAll(async () => {
    await maillm.start()
    workspace = nodeFolder(maillm.dataDir).workspace("owner")
    mkdirSync(join(workspace, "docs"), { recursive: true })
  }, 90_000)
  afterAll(() => maillm.dispose())

  const write = (text: string) => {
    const messageId = `<files-${++count}@sender.test>`
    return sendMail({
      port: maillm.ports.smtp,
      from: maillm.owner.email,
      to: maillm.owner.address,
      subject: `Files ${count}`,
      messageId,
      text,
    }).then(() => messageId)
  }
  const answerTo = (messageId: string) =>
    eventually(
      `the answer to ${messageId}`,
      async () =>
        (await maillm.messages()).find(
          ({ direction, inReplyTo, state }) =>
            direction === "out" && inReplyTo === messageId && state === "kept",
        ) ?? null,
      25_000,
    )
  const ask = async (text: string) => {
    const mail = await answerTo(await write(text))
    return { mail, ...(await wire(maillm, mail)) }
  }

  it("“send me report.pdf” is answered with its bytes, without a turn", async () => {
    const report = Buffer.concat([
      Buffer.from("%PDF-1.7\n"),
      Buffer.from(Array.from({ length: 50_000 }, (_, i) => i % 256)),
    ])
    writeFileSync(join(workspace, "docs/report.pdf"), report)
    const { files, mail } = await ask("Please send me docs/report.pdf, thanks!")
    expect(mail.text).toMatch(/^Here is report\.pdf \(49 KiB\)\./)
    expect(mail.text).toContain("Attached: report.pdf (49 KiB)")
    expect(files.map(({ name, type }) => [name, type])).toEqual([["report.pdf", "application/pdf"]])
    expect(report.equals(files[0]?.bytes ?? Buffer.alloc(0))).toBe(true)
    const request = await maillm.api(`/api/requests/${mail.requestId}`)
    expect(request).toMatchObject({
      state: "done",
      request: { turnId: null, files: { sent: [{ name: "report.pdf" }] } },
    })
  })

  it("/send says what comes close, and sends no credentials and nothing from outside", async () => {
    writeFileSync(join(workspace, ".env"), "TOKEN=very-secret")
    writeFileSync(join(maillm.dataDir, "beside.txt"), "not for sending")
    const { files, mail, raw } = await ask("/send docs/raport.pdf .env ../../beside.txt /etc/passwd")
    expect(files).toEqual([])
    expect(mail.text).toContain("docs/report.pdf")
    expect(mail.text).toContain("credentials")
    expect(mail.text).toContain("outside the workspace")
    expect(raw).not.toMatch(/very-secret|not for sending|root:x/)
  })

  it("what a turn copies to $MAILLM_OUTBOX is attached; a picture is shown; without a question", async () => {
    writeFileSync(join(workspace, "plot.png"), picture)
    const { files, mail, raw } = await ask('echo "a,b" >data.csv && cp data.csv plot.png "$MAILLM_OUTBOX"')
    expect(mail.text).toMatch(/^Done in/)
    expect(mail.text).toContain(`Attached: data.csv (4 B), plot.png (${picture.length} B)`)
    const bytesOf = (wanted: string) => Buffer.from(files.find(({ name }) => name === wanted)?.bytes ?? [])
    expect(files).toHaveLength(2)
    expect(bytesOf("data.csv").toString()).toBe("a,b\n")
    expect(bytesOf("plot.png").equals(picture)).toBe(true)
    expect(raw).toMatch(/<img src=3D"cid:|<img src="cid:/)
    expect(raw).toContain("multipart/related")
    const [sent] = (await maillm.messages()).filter(({ requestId }) => requestId === mail.requestId)
    expect(sent?.attachments).toHaveLength(2)
  })

  it("the console gives a picture as one, and anything else as bytes to keep", async () => {
    const [request] = await maillm.requests()
    const sent = request?.files?.sent ?? []
    const types = await Promise.all(
      sent.map(async ({ blob, name }) => {
        const response = await fetch(
          `http://127.0.0.1:${maillm.ports.http}/api/blobs/${blob.sha256}?requestId=${request?.id}`,
          { headers: { authorization: `Bearer ${maillm.owner.token}` } },
        )
        await response.arrayBuffer()
        const { headers } = response
        return [name, headers.get("content-type"), headers.get("content-disposition")?.split(";")[0]]
      }),
    )
    expect(types).toEqual([
      ["data.csv", "application/octet-stream", "attachment"],
      ["plot.png", "image/png", "attachment"],
    ])
  })

  it.skipIf(!existsSync(chromiumPath))(
    "the request's page shows the picture (needs Chromium)",
    async () => {
      const [request] = await maillm.requests()
      const link = await maillm.signInLink()
      const browser = await WatchedBrowser.open(chromiumPath, new URL(link).origin)
      try {
        const page = await browser.page()
        await page.goto(link)
        await page.getByRole("heading", { name: "Requests", exact: true }).waitFor()
        await page.goto(`${new URL(link).origin}/requests/${request?.id}`)
        await page.getByRole("img", { name: "plot.png" }).waitFor()
        const width = await eventually("the picture is drawn", async () => {
          const drawn: unknown = await page.evaluate(
            "document.querySelector('.files-picture img').naturalWidth",
          )
          return drawn === 0 ? null : drawn
        })
        expect(width).toBe(8)
        await page.getByRole("link", { name: /data\.csv/ }).waitFor()
        expect(browser.faults).toEqual([])
        await page.close()
      } finally {
        await browser.close()
      }
    },
    60_000,
  )

  it("what is too large for a mail is named with its link, and there it is", async () => {
    const { files, mail } = await ask(
      'head -c 9000000 /dev/zero >"$MAILLM_OUTBOX/large.bin"; ln -s ../../../plot.png "$MAILLM_OUTBOX/x"',
    )
    expect(files).toEqual([])
    expect(mail.text).toMatch(
      /Not attached: large\.bin \(8\.6 MiB, more than the 7 MiB that a mail carries\): http:\S+\/requests\/\S+#files-heading/,
    )
    expect(mail.text).toMatch(/Not attached: x \(it is a link/)
    const [blob] = (await maillm.requests())
      .flatMap(({ files: all }) => all?.sent ?? [])
      .filter(({ name }) => name === "large.bin")
    expect(blob?.blob.sizeBytes).toBe(9_000_000)
  })

  it("a file is sent while a turn runs", async () => {
    const running = await write("until [ -e go ]; do sleep 0.1; done; echo went on")
    await eventually(
      "it runs",
      async () => (await maillm.requests()).find(({ state }) => state === "running") ?? null,
      20_000,
    )
    const { files } = await ask("/send docs/report.pdf")
    expect(files.map(({ name }) => name)).toEqual(["report.pdf"])
    writeFileSync(join(workspace, "go"), "")
    expect((await answerTo(running)).text).toContain("went on")
  })

  it("the recording comes along when it is asked for", async () => {
    const { files, mail } = await ask("/recording echo on the record")
    expect(files.map(({ name }) => name)).toEqual(["recording.cast"])
    expect(Buffer.from(files[0]?.bytes ?? []).toString()).toContain("on the record")
    expect(mail.text).toContain("Attached: recording.cast")
  })

  it("kill -9 between the file and its answer: one answer, with the file", async () => {
    const text = 'echo once >>times.txt; head -c 5000000 /dev/zero >"$MAILLM_OUTBOX/once.bin"'
    const sent = await write(text)
    await eventually("the turn has run", () => {
      try {
        return readFileSync(join(workspace, "times.txt"), "utf8")
      } catch {
        return null
      }
    })
    await maillm.end("SIGKILL")
    await maillm.start()
    const mail = await answerTo(sent)
    const { files } = await wire(maillm, mail)
    expect(files.map(({ bytes, name }) => [name, bytes.length])).toEqual([["once.bin", 5_000_000]])
    expect(readFileSync(join(workspace, "times.txt"), "utf8")).toBe("once\n")
    const { files: after, mail: next } = await ask("echo next")
    expect(after).toEqual([])
    expect(next.text).not.toContain("once.bin")
    expect((await maillm.messages()).filter(({ inReplyTo }) => inReplyTo === sent)).toHaveLength(1)
  }, 90_000)
})

describe.skipIf(!process.env["MAILLM_TEST_CLAUDE"])("files of an agent (needs claude and tmux)", () => {
  let at: AgentInstallation
  beforeAll(async () => {
    at = await AgentInstallation.open({ MAILLM_RUNTIME: "host" })
  }, 90_000)
  afterAll(() => at.dispose())

  it("it is told of its outbox, and what it puts there comes unasked with its answer", async () => {
    const picturePath = join(at.workspace, "source.bin")
    mkdirSync(at.workspace, { recursive: true })
    writeFileSync(picturePath, picture)
    const sent = await at.mail(
      'RUN: cp source.bin chart.png; echo words > words.txt; cp words.txt "$MAILLM_OUTBOX"\nSAY: Here you are.',
    )
    const answer = await at.answerTo(sent)
    expect(answer.text).toContain("Here you are.")
    expect(answer.text).toContain(`Attached: words.txt (6 B), chart.png (${picture.length} B)`)
    const { files, raw } = await wire(at.maillm, answer)
    expect(files.map(({ name }) => name).toSorted()).toContain("chart.png")
    expect(raw).toContain("multipart/related")
    const turn = await at.api.waitForTurn(({ lastUserText }) => lastUserText.includes("source.bin"), 1_000)
    expect(JSON.stringify(turn)).toContain(".maillm/outbox/")
  }, 90_000)

  it("what is asked for casually and is not there is the agent's to do", async () => {
    const sent = await at.mail("send me nowhere.pdf")
    const answer = await at.answerTo(sent)
    const { request } = await at.request(answer.requestId ?? "")
    expect(request.turnId).not.toBeNull()
    expect(request.text).toBe("send me nowhere.pdf")
  }, 90_000)
})
