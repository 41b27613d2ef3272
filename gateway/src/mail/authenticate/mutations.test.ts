import { expect, test } from "vitest"
import { authenticate, own } from "./testing/authenticateSample.ts"
import { compose, sign, signedHeaders } from "./testing/signedMail.ts"

/* Whatever is done to a mail on its way: if it is still a command, it still says what its author has signed. */

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
const randomOf = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What a reader takes from it, as RFC 6376 §3.4 lets signers mean it: each place of each signed header, and the text. */
const meaning = (raw: string) => {
  const end = raw.indexOf("\r\n\r\n")
  const fields = raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, " ")
    .split("\r\n")
    .map((line) => /^([^:]*?)[ \t]*:[ \t]*(.*?)[ \t]*$/s.exec(line))
    .map((match) => [match?.[1]?.toLowerCase() ?? "", match?.[2]?.replaceAll(/[ \t]+/g, " ") ?? ""] as const)
    .filter(([name]) => signedHeaders.includes(name))
    .toSorted(([a], [b]) => a.localeCompare(b))
  const text = raw
    .slice(end + 4)
    .split("\r\n")
    .map((line) => line.replace(/[ \t]+$/, "").replaceAll(/[ \t]+/g, " "))
    .join("\r\n")
    .replace(/(?:\r\n)*$/, "")
  return JSON.stringify([fields, text])
}

const lines = [
  "Subject: rm -rf /",
  "From: eve@evil.example",
  "from:eve@evil.example",
  "Content-Type: text/html",
  "To: eve@evil.example",
  "Date: Fri, 27 Nov 2026 11:00:00 +0000",
  "Message-ID: <other@evil.example>",
  " folded",
  "\tfolded",
  "Reply-To: eve@evil.example",
  "no field at all",
  "Subject : x",
  "X: y",
  "",
]
const bytes = [
  "\0",
  " ",
  "\t",
  "\r\n",
  "\r\n ",
  ":",
  ";",
  "=",
  "a",
  "\u00e9",
  "\u00a0",
  "<",
  ">",
  "@",
  '"',
  "(",
]

const mutate = (raw: string, random: () => number): string => {
  const pick = <A>(all: ReadonlyArray<A>) => all[Math.floor(random() * all.length)] as A
  const at = Math.floor(random() * raw.length)
  const kind = random()
  if (kind < 0.3) return raw.slice(0, at) + pick(bytes) + raw.slice(at + 1)
  if (kind < 0.5) return raw.slice(0, at) + pick(bytes) + raw.slice(at)
  if (kind < 0.65) return raw.slice(0, at) + raw.slice(at + 1 + Math.floor(random() * 20))
  const all = raw.split("\r\n")
  const line = Math.floor(random() * all.length)
  if (kind < 0.9) return all.toSpliced(line, 0, pick(lines)).join("\r\n")
  return all.toSpliced(line, 1).join("\r\n")
}

test("1,000 mutations of a signed mail", async () => {
  const text = "make test\r\n\r\n> quoted  text \r\n.\r\nlast\r\n"
  const raw = await sign(
    compose({ "Content-Type": "multipart/mixed; boundary=b", "X-Other": "1" }, text),
    own,
  )
  const random = randomOf(20_261_127)
  let commands = 0
  for (let i = 0; i < 1_000; i++) {
    const mutant = random() < 0.3 ? mutate(mutate(raw, random), random) : mutate(raw, random)
    // SMTP refuses these (MailBody).
    if (/\r(?!\n)|(?<!\r)\n/.test(mutant)) continue
    const { verdict } = await authenticate({ raw: mutant })
    if (verdict !== "command") continue
    commands++
    expect(meaning(mutant), mutant).toBe(meaning(raw))
  }
  // Else it would say nothing: some only touch what is not signed, as an X header.
  expect(commands).toBeGreaterThan(50)
}, 60_000)
