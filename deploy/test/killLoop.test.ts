import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { eventually } from "../src/testing/eventually.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"
import { sendMail } from "../src/testing/sendMail.ts"

const mails = 200
const kills = 30

/** A small seeded generator (mulberry32), so that a failing run can be run again. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

describe("kill -9 of the whole process at random moments", () => {
  const maillm = new LocalProcess()
  afterAll(() => maillm.dispose())

  it(`${mails} mails through ${kills} kills: each has one effect and one reply`, async () => {
    const seed = Number(process.env["MAILLM_TEST_SEED"] ?? Date.now() % 1_000_000)
    console.log(`seed ${seed} (MAILLM_TEST_SEED)`)
    const next = random(seed)
    await maillm.start()
    const { owner } = maillm
    const log = join(maillm.dataDir, "numbers.txt")

    /** Repeats a mail, byte for byte, until the server has said 250; as any sender would. */
    const deliver = async (n: number) => {
      await eventually(
        `mail ${n} is accepted`,
        async () => {
          try {
            return await sendMail({
              port: maillm.ports.smtp,
              from: owner.email,
              to: owner.address,
              subject: `number ${n}`,
              messageId: `<number-${n}@sender.test>`,
              text: `echo ${n} >> ${log}; echo wrote ${n}`,
            })
          } catch {
            return null
          }
        },
        120_000,
      )
    }
    let sentAll = false
    const sending = (async () => {
      for (let n = 1; n <= mails; n++) await deliver(n)
      sentAll = true
    })()

    for (let kill = 0; kill < kills; kill++) {
      await new Promise((resolve) => setTimeout(resolve, next() * 1_500))
      // Now and then NATS dies in the same moment.
      if (next() < 0.3) process.kill(maillm.natsPid, "SIGKILL")
      await maillm.end("SIGKILL")
      await maillm.start()
    }
    await sending
    expect(sentAll).toBe(true)

    const replies = await eventually(
      "every mail is answered",
      async () => {
        const out = await allReplies(maillm)
        return out.length >= mails && out.every(({ state }) => state === "kept") ? out : null
      },
      180_000,
    )
    const strange = replies.filter(({ text }) => !text.startsWith("Done in"))
    expect(strange.map(({ subject, text }) => `${subject}: ${text}`)).toEqual([])
    const written = readFileSync(log, "utf8").trim().split("\n").map(Number)
    const expected = Array.from({ length: mails }, (_, i) => i + 1)
    expect(written.toSorted((a, b) => a - b)).toEqual(expected)
    const answered = replies
      .map(({ inReplyTo }) => Number(/^<number-(\d+)@/.exec(inReplyTo)?.[1]))
      .toSorted((a, b) => a - b)
    expect(answered).toEqual(expected)
    for (const reply of replies) expect(reply.text).toContain(`wrote ${/\d+/.exec(reply.subject)?.[0]}`)
  }, 600_000)
})

const allReplies = async (maillm: LocalProcess) => {
  const found = []
  let before = ""
  for (;;) {
    const page = await maillm.messages(`direction=out&limit=200${before}`)
    found.push(...page)
    const last = page.at(-1)
    if (page.length < 200 || last === undefined) return found
    before = `&before=${last.atMillis}`
  }
}
