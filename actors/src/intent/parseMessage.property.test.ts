import * as Schema from "effect/Schema"
import { Message, messageTextLimit } from "@maillm/schema/Intent"
import { describe, expect, it } from "vitest"
import { isPlainCode } from "./approvalCode.ts"
import { parseMessage } from "./parseMessage.ts"
import { readPhrases } from "./phrases.ts"
import { approvals, denials } from "./testing/answerExamples.ts"
import { neverApprovals, requests } from "./testing/hostileExamples.ts"
import { tokenise } from "./tokenise.ts"

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

const pick = <A>(random: () => number, from: ReadonlyArray<A>): A => {
  const value = from[Math.floor(random() * from.length)]
  if (value === undefined) throw new Error("nothing to pick from")
  return value
}

const check = Schema.decodeUnknownSync(Message)
const yes = Object.values(approvals).flat()
const every = [...yes, ...Object.values(denials).flat(), ...neverApprovals, ...requests]
/** The words of tasks, but for letters alone ("I") and those that change nothing beside a yes. */
const words = [...new Set(requests.flatMap((text) => text.split(/[^\p{L}\p{N}'-]+/u)))].filter(
  (word) =>
    word.length > 1 &&
    !isPlainCode(word) &&
    readPhrases(tokenise(word, 10)).some(
      ({ kind }) => !["polite", "weak", "yes", "name", "ask"].includes(kind),
    ),
)

describe("whatever it is given", () => {
  it("answers with a message of the schema, and keeps a request's bytes", () => {
    const random = seeded(1)
    const shards = [
      "/",
      "/new",
      "/agent ",
      "/repo ",
      "/approve ",
      "7F3K2",
      "\n",
      "> ",
      "\u200b",
      "\ud800",
      "👍",
      "?",
    ]
    for (let round = 0; round < 4_000; round += 1) {
      let text = ""
      for (let length = Math.floor(random() * 12); length > 0; length -= 1) {
        const what = random()
        if (what < 0.4) text += pick(random, every)
        else if (what < 0.7) text += pick(random, shards)
        else text += String.fromCodePoint(Math.floor(random() * 0x11_0000))
        if (random() < 0.5) text += " "
      }
      const message = parseMessage(text)
      expect(check(message)).toEqual(message)
      if (message.intent === "request" || message.intent === "new")
        expect(text.endsWith(message.text)).toBe(true)
    }
  })

  it("and every approval stands for the same one in any case and with blanks around", () => {
    for (const text of yes)
      for (const other of [text.toUpperCase(), ` \n${text}\n `, text.replaceAll(" ", "  ")])
        expect([other, parseMessage(other).intent]).toEqual([other, "approve"])
  })
})

describe("no approval", () => {
  it("with any word of a task beside it", () => {
    const random = seeded(2)
    expect(words.length).toBeGreaterThan(200)
    for (const text of yes)
      for (let round = 0; round < 12; round += 1) {
        const word = pick(random, words)
        for (const added of [`${text} ${word}`, `${word} ${text}`, `${text}\n\n${word}`, `${text}, ${word}`])
          expect([added, parseMessage(added).intent]).not.toEqual([added, "approve"])
      }
  })

  it("with letters at random beside it", () => {
    const random = seeded(3)
    const letters = Array.from("abcdefghijklmnopqrstuvwxyz")
    for (let round = 0; round < 5_000; round += 1) {
      let word = ""
      for (let length = 5 + Math.floor(random() * 20); length > 0; length -= 1) word += pick(random, letters)
      if (readPhrases(tokenise(word, 2)).some(({ kind }) => kind !== "other")) continue
      const added = `${pick(random, yes)} ${word}`
      expect([added, parseMessage(added).intent]).not.toEqual([added, "approve"])
    }
  })

  it("with a no beside it", () => {
    const random = seeded(4)
    const no = Object.values(denials).flat()
    for (let round = 0; round < 3_000; round += 1) {
      const both = [pick(random, yes), pick(random, no)]
      if (random() < 0.5) both.reverse()
      const added = both.join(pick(random, [" ", ", ", ".\n", " / "]))
      expect([added, parseMessage(added).intent]).not.toEqual([added, "approve"])
    }
  })

  it("by quoted lines, or beside them", () => {
    for (const text of yes) {
      const quoted = text.replace(/^/gm, "> ")
      for (const added of [
        quoted,
        `${quoted}\n\nfix it`,
        `fix it\n${quoted}`,
        `${text}\n> no`,
        `> no\n${text}`,
      ])
        expect([added, parseMessage(added).intent]).not.toEqual([added, "approve"])
    }
  })

  it("with anything invisible in it", () => {
    const random = seeded(5)
    const invisible = Array.from(
      "\u200b\u200c\u200d\u200e\u202a\u202e\u2060\u2066\u2069\ufeff\u00ad\u061c\u180e\u034f\u115f\u3164",
    )
    for (let round = 0; round < 3_000; round += 1) {
      const text = pick(random, yes).trim()
      const at = Math.floor(random() * (text.length + 1))
      const added = text.slice(0, at) + pick(random, invisible) + text.slice(at)
      expect([added, parseMessage(added).intent]).not.toEqual([added, "approve"])
    }
  })
})

describe("large texts", () => {
  const sizes = [65_536, messageTextLimit]
  it.each([
    "a",
    " ",
    "\n",
    "/",
    "/new ",
    "/new\n",
    "/repo ",
    "/agent codex\n",
    "/deny ",
    "yes ",
    "yes, ",
    "no, ",
    "no ",
    "thanks ",
    "> yes\n",
    ">",
    "好",
    "👍",
    "\u200b",
    "\u0301\u0323",
    "7F3K2 ",
    "'",
    "a-",
    "<",
    "\r",
    "yes\u00a0",
    "/repo https://a/%",
    "@codex ",
  ])("%j over and over: in linear time, never an approval", (unit) => {
    for (const size of sizes) {
      const text = unit.repeat(Math.ceil(size / unit.length)).slice(0, size)
      const before = process.cpuUsage()
      const { intent } = parseMessage(text)
      const { system, user } = process.cpuUsage(before)
      // Some milliseconds, of the processor for the machine may be busy; a quadratic step would take minutes.
      expect((system + user) / 1_000).toBeLessThan(1_000)
      expect(intent).not.toBe("approve")
    }
  })

  it("are requests up to the limit, and refused above it", () => {
    expect(parseMessage("x".repeat(messageTextLimit))).toMatchObject({ intent: "request" })
    expect(parseMessage("x".repeat(messageTextLimit + 1))).toMatchObject({
      intent: "unclear",
      about: "nothing",
    })
  })
})
