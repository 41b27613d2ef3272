import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { nodeFolder } from "@maillm/node-agent/files/NodeFolder"
import { eventually } from "../src/testing/eventually.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"
import { sendRaw } from "../src/testing/sendMail.ts"

const mailSizeLimitBytes = 300_000
const mebibyte = 1024 * 1024
/** Of the whole process at its highest, with two floods running and told. It stands at about 250 MiB when idle. */
const memoryLimitBytes = 1_200 * mebibyte
/** The longest that the process may leave a caller without an answer. */
const stallLimitMillis = 5_000

describe("bad input and faults, end to end (needs tmux)", () => {
  const maillm = new LocalProcess({ MAILLM_MAIL_SIZE_LIMIT: String(mailSizeLimitBytes) })
  beforeAll(async () => {
    await maillm.start()
  })
  afterAll(() => maillm.dispose())

  const send = (raw: string | Uint8Array, to = maillm.owner.address) =>
    sendRaw({ port: maillm.ports.smtp, from: maillm.owner.email, to, raw: Buffer.from(raw) })
  const mail = (text: string, more: ReadonlyArray<string> = []) =>
    [
      `From: ${maillm.owner.email}`,
      `To: ${maillm.owner.address}`,
      `Subject: ${text.slice(0, 40)}`,
      ...more,
      "",
      text,
      "",
    ].join("\r\n")

  /** What became of an accepted mail, and the reply to it, once there is one. */
  const settled = async (answer: string, deadlineMillis = 30_000) => {
    const id = /^250 .*Stored as (\w+)/.exec(answer)?.[1]
    expect(answer).toMatch(/^250 /)
    return eventually(
      `the reply to ${id}`,
      async () => {
        const messages = await maillm.messages()
        const received = messages.find((message) => message.id === id)
        const reply = messages.find(
          ({ direction, requestId, state }) =>
            direction === "out" && state === "kept" && requestId === received?.requestId,
        )
        return received === undefined || reply === undefined ? null : { received, reply }
      },
      deadlineMillis,
    )
  }

  it("an oversized mail is refused with 552", async () => {
    const big = mail("#".repeat(mailSizeLimitBytes))
    expect(await send(big)).toMatch(/^552 /)
    expect(await send(mail("echo small enough"))).toMatch(/^250 /)
  })

  it("a header or line beyond all measure is refused with 550", async () => {
    const headers = Array.from({ length: 5_000 }, (_, i) => `X-${i}: y`)
    expect(await send(mail("echo never", headers))).toMatch(/^550 5\.6\.0 The header/)
    expect(await send(mail("echo never", [`X-Long: ${"z".repeat(5_000)}`]))).toMatch(/^550 5\.6\.0 A line/)
  })

  it("an unknown recipient is refused with 550", async () => {
    for (const to of [
      `nobody@maillm.localhost`,
      `owner.${"a".repeat(26)}@maillm.localhost`,
      "a@example.org",
    ]) {
      expect(await send(mail("echo never"), to)).toMatch(/^550 /)
    }
  })

  it.each<[string, (mail: (text: string, more?: ReadonlyArray<string>) => string) => string | Uint8Array]>([
    ["no text at all", (mail) => mail("")],
    ["a multipart without its boundary", (mail) => mail("--x\r\nhello", ["Content-Type: multipart/mixed"])],
    [
      "a multipart that never ends",
      (mail) => mail("--b\r\n\r\n--b", ['Content-Type: multipart/mixed; boundary="b"']),
    ],
    [
      "parts in parts, 3,000 deep",
      (mail) => mail(deepParts(3_000), ['Content-Type: multipart/mixed; boundary="b0"']),
    ],
    ["base64 that is none", (mail) => mail("@@@=%%%", ["Content-Transfer-Encoding: base64"])],
    [
      "an unknown charset and encoding",
      (mail) =>
        mail("exit 3", ["Content-Type: text/plain; charset=klingon", "Content-Transfer-Encoding: rot13"]),
    ],
    [
      "bytes that are no text",
      (mail) => Buffer.concat([Buffer.from(mail("")), Buffer.from([0, 255, 254, 128, 27, 0, 13, 10])]),
    ],
    [
      "1,500 headers",
      (mail) =>
        mail(
          "echo fine",
          Array.from({ length: 1_500 }, (_, i) => `X-${i}: ${"y".repeat(20)}`),
        ),
    ],
    [
      "a header of 200,000 bytes",
      (mail) => mail("echo fine", [`X-Long: ${`${"z".repeat(2_000)}\r\n `.repeat(100)}z`]),
    ],
  ])("%s: kept, and answered with what came of it", async (_, make) => {
    const { received, reply } = await settled(await send(make(mail)))
    expect(["accepted", "refused"]).toContain(received.state)
    if (received.state === "refused") {
      expect(received.reasons.join()).toMatch(/\w{3,}/)
      expect(reply.text).toContain(received.reasons[0])
    } else {
      // Run, or asked about first.
      expect(reply.text).toMatch(/Exit code: \d+|^Your request is run only after your yes/)
    }
    const raw = await fetch(`http://127.0.0.1:${maillm.ports.http}/api/messages/${received.id}/raw`, {
      headers: { authorization: `Bearer ${maillm.owner.token}` },
    })
    expect(Buffer.from(await raw.arrayBuffer()).includes(Buffer.from(`From: ${maillm.owner.email}`))).toBe(
      true,
    )
  })

  it("binary and huge output of some stalls no other's request, nor fills memory", async () => {
    const floods = []
    for (const text of ["head -c 20M /dev/urandom", "seq 1 2000000"])
      floods.push(settled(await send(mail(text)), 120_000))
    await eventually("both run", async () =>
      (await maillm.requests("state=running")).length === 2 ? true : null,
    )
    const quick = await settled(await send(mail("echo quick")))
    expect(quick.reply.text).toContain("quick")
    const [[noise, numbers], longest] = await whileProbing(maillm, Promise.all(floods))
    for (const flood of [noise, numbers]) {
      expect(quick.reply.atMillis).toBeLessThan(flood?.reply.atMillis ?? 0)
    }
    expect(numbers?.reply.text).toContain("\n2000000\n")
    expect(numbers?.reply.text.length).toBeLessThan(300_000)
    expect(noise?.reply.text).toContain("Exit code: 0")
    const peak = peakMemoryBytes(maillm.pid)
    console.log(`peak memory ${(peak / mebibyte).toFixed(0)} MiB, longest answer ${longest.toFixed(0)} ms`)
    expect(longest).toBeLessThan(stallLimitMillis)
    expect(peak).toBeLessThan(memoryLimitBytes)
  }, 150_000)

  it.each(["SIGSTOP", "SIGKILL"] as const)(
    "JetStream away (%s): put off with 451, and later the same mail has one effect",
    async (signal) => {
      const raw = mail(`echo ${signal} >> effects; echo counted`, [`Message-ID: <${signal}@sender.test>`])
      const natsPid = maillm.natsPid
      process.kill(natsPid, signal)
      const first = await send(raw)
      console.log(`${signal}: ${first}`)
      if (signal === "SIGSTOP") {
        expect(first).toMatch(/^451 /)
        await eventually("not ready", async () => ((await ready(maillm)) === 503 ? true : null))
        process.kill(natsPid, "SIGCONT")
      }
      const accepted = await eventually("the mail is accepted", async () => {
        const answer = await send(raw)
        expect(answer).toMatch(/^(250|451|421) /)
        return answer.startsWith("250") ? answer : null
      })
      const { reply } = await settled(accepted, 15_000)
      expect(reply.text).toContain("counted")
      await eventually("ready again", async () => ((await ready(maillm)) === 200 ? true : null))
      // A mail behind it has been worked on too: nothing of the first can still be on its way.
      await settled(await send(mail("echo after")))
      const effects = readFileSync(join(nodeFolder(maillm.dataDir).workspace("owner"), "effects"), "utf8")
      expect(effects.split("\n").filter((line) => line === signal)).toHaveLength(1)
      expect(
        (await maillm.messages("direction=out")).filter(({ requestId }) => requestId === reply.requestId),
      ).toHaveLength(1)
    },
    90_000,
  )
})

const deepParts = (depth: number) =>
  Array.from(
    { length: depth },
    (_, i) => `--b${i}\r\nContent-Type: multipart/mixed; boundary="b${i + 1}"\r\n\r\n`,
  ).join("")

/** The outcome, and the longest that an answer to `/health` took meanwhile, in milliseconds. */
const whileProbing = async <A>(maillm: LocalProcess, work: Promise<A>): Promise<[A, number]> => {
  const probe = { over: false, longest: 0 }
  const probing = (async () => {
    while (!probe.over) {
      const begun = performance.now()
      await (await fetch(`http://127.0.0.1:${maillm.ports.http}/health`)).text()
      probe.longest = Math.max(probe.longest, performance.now() - begun)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  try {
    return [await work, probe.longest]
  } finally {
    probe.over = true
    await probing
  }
}

const ready = async (maillm: LocalProcess) =>
  (await fetch(`http://127.0.0.1:${maillm.ports.http}/ready`)).status

/** The most that was ever resident (VmHWM of Linux). */
const peakMemoryBytes = (pid: number) =>
  Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024
