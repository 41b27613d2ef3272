import fc from "fast-check"
import { expect, test } from "vitest"
import * as Schema from "effect/Schema"
import { MailContent } from "@maillm/schema/Message"
import { heldOutFour } from "./fixtures/corpus/heldOutFour.ts"
import { heldOutOne } from "./fixtures/corpus/heldOutOne.ts"
import { heldOutThree } from "./fixtures/corpus/heldOutThree.ts"
import { heldOutTwo } from "./fixtures/corpus/heldOutTwo.ts"
import { cite, plainPart, rawMail } from "./fixtures/corpus/rawMail.ts"
import { replySamples } from "./fixtures/corpus/replySamples.ts"
import { specialSamples } from "./fixtures/corpus/specialSamples.ts"
import { trickySamples } from "./fixtures/corpus/trickySamples.ts"
import { parseMail } from "./parseMail.ts"

/**
 * Properties of the reader for mails that nobody wrote: generated ones, and the corpus with bytes changed. A failure
 * names its seed; `MAILLM_FUZZ_SEED` runs it again, `MAILLM_FUZZ_SECONDS` runs longer.
 */
const seed = Number(process.env["MAILLM_FUZZ_SEED"] ?? Date.now() % 2 ** 31)
const seconds = Number(process.env["MAILLM_FUZZ_SECONDS"] ?? 3)
const settings = {
  seed,
  numRuns: 100_000,
  interruptAfterTimeLimit: seconds * 1_000,
  markInterruptAsFailure: false,
}
const timeoutMillis = (seconds + 60) * 1_000

const corpus = [
  replySamples,
  specialSamples,
  trickySamples,
  heldOutOne,
  heldOutTwo,
  heldOutThree,
  heldOutFour,
].flat()
const isContent = Schema.is(MailContent)

const read = async (raw: Uint8Array) => {
  const result = await parseMail(raw, "maillm.localhost")
  const content =
    result._tag === "Readable" ? { _tag: "Readable", mail: { ...result.mail, attachments: [] } } : result
  expect(isContent(content), JSON.stringify(content).slice(0, 500)).toBe(true)
  if (result._tag === "Readable") {
    const names = result.attachments.map(({ name }) => name)
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[^/\\\p{Cc}.-][^/\\\p{Cc}]{0,254}$/u)
  }
  return result
}
const newestOf = async (raw: Uint8Array) => {
  const result = await read(raw)
  return result._tag === "Readable" ? result.mail.newestText : null
}

/** What is done to a mail's bytes: [what, where, with what]. */
const change = fc.tuple(
  fc.constantFrom("flip", "cut", "repeat", "insert", "swap"),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.oneof(
    fc.constantFrom(
      "\r\n\r\n",
      "--",
      "> ",
      "\r\n-- \r\n",
      "<div>",
      "</div>",
      "<blockquote>",
      "=",
      "\0",
      "\xff",
      "From: x@y.z\r\n",
      "<style>",
      "&#0;",
      "\r\n.\r\n",
    ),
    fc.string({ maxLength: 12 }),
  ),
)
const changed = (raw: Uint8Array, changes: ReadonlyArray<readonly [string, number, string]>): Uint8Array => {
  let bytes = Buffer.from(raw)
  for (const [what, where, text] of changes) {
    const at = Math.floor(where * bytes.length)
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
    if (what === "flip" && bytes.length > 0) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 0x55
    else if (what === "cut") bytes = Buffer.concat([before, after.subarray(40)])
    else if (what === "repeat") bytes = Buffer.concat([before, after.subarray(0, 60), after])
    else if (what === "insert") bytes = Buffer.concat([before, Buffer.from(text, "latin1"), after])
    else if (what === "swap") bytes = Buffer.concat([after.subarray(0, 50), before, after.subarray(50)])
  }
  return bytes
}

test(`the corpus with bytes changed (seed ${seed})`, { timeout: timeoutMillis }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...corpus),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      async ({ raw }, changes) => {
        const mail = changed(raw, changes)
        const [first, second] = [await read(mail), await read(mail)]
        expect(second).toEqual(first)
      },
    ),
    settings,
  )
})

const word = fc.constantFrom(
  "run",
  "the",
  "tests",
  "and",
  "then",
  "deploy",
  "it",
  "to",
  "staging",
  "src/a.ts",
  "42",
  "please",
  "日本",
  "привет",
  "שלום",
  "x > 3",
  "a|b",
  "`ls`",
)
const sentence = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => `${words.join(" ")}.`)
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 4 })
const ownText = fc
  .array(paragraph, { minLength: 1, maxLength: 3 })
  .map((all) => all.map((lines) => lines.join("\n")).join("\n\n"))
const marker = fc.integer({ min: 1e8, max: 1e9 }).map((number) => `QUOTED${number}`)
const attribution = fc.constantFrom(
  "On Mon, Nov 23, 2026 at 9:00 AM Bob <bob@example.org> wrote:",
  "Am 23.11.26 um 09:00 schrieb Bob:",
  "Le 23/11/2026 à 09:00, Bob a écrit :",
  "2026年11月23日(月) 9:00 Bob <bob@example.org>:",
  "23.11.2026 09:00, Bob пишет:",
  "Bob <bob@example.org> writes:",
)

test(
  `what is only quoted is never newest, and what is own is kept (seed ${seed})`,
  { timeout: timeoutMillis },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        ownText,
        marker,
        attribution,
        fc.boolean(),
        ownText,
        async (own, mark, head, top, old) => {
          const quote = `${head}\n${cite(`${mark}\n${old}`.split("\n"))}`
          const raw = rawMail(plainPart(top ? `${own}\n\n${quote}\n` : `${quote}\n\n${own}\n`))
          const newest = await newestOf(raw)
          expect(newest).not.toContain("QUOTED")
          expect(newest).toBe(own)
        },
      ),
      settings,
    )
  },
)

test("a newest text read again is the same", { timeout: timeoutMillis }, async () => {
  for (const { name, raw } of corpus) {
    const newest = await newestOf(raw)
    const again = await newestOf(
      rawMail(plainPart(newest ?? "", "base64"), { fresh: true, subject: "again" }),
    )
    expect(again, name).toBe(newest)
  }
})

test(
  `own text of any characters comes out of HTML and of plain text (seed ${seed})`,
  { timeout: timeoutMillis },
  async () => {
    const line = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), async (lines) => {
        await read(rawMail(plainPart(lines.join("\n"), "base64"), { fresh: true }))
        const html = lines.map((each) => `<div>${each}</div>`).join("<br>")
        await read(
          rawMail(
            `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(html).toString("base64")}`,
          ),
        )
      }),
      settings,
    )
  },
)
