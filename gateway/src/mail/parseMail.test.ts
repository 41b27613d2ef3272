import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import * as Schema from "effect/Schema"
import { MailContent } from "@maillm/schema/Message"
import { parseMail } from "./parseMail.ts"

const domain = "maillm.localhost"
const folder = new URL("fixtures/replies/", import.meta.url)
const encodeContent = Schema.encodeUnknownSync(MailContent)

/** Fixtures are kept with LF, as editors like them; mails have CRLF. */
const parse = async (text: string) => {
  const result = await parseMail(Buffer.from(text.replace(/\r?\n/g, "\r\n")), domain)
  // Whatever it says is within the bounds that commands have.
  encodeContent(
    result._tag === "Readable" ? { _tag: "Readable", mail: { ...result.mail, attachments: [] } } : result,
  )
  return result
}
const readable = async (text: string) => {
  const result = await parse(text)
  if (result._tag === "Unreadable") throw new Error(result.reason)
  return result
}

describe("newest text of a reply", () => {
  const names = readdirSync(folder).flatMap((name) => (name.endsWith(".eml") ? [name.slice(0, -4)] : []))
  test.each(names)("%s", async (name) => {
    const { mail } = await readable(readFileSync(new URL(`${name}.eml`, folder), "utf8"))
    expect(mail.newestText).toBe(readFileSync(new URL(`${name}.newest.txt`, folder), "utf8"))
    expect(mail.from).toEqual(["ada@example.org"])
  })

  test("what was cut is kept beside it", async () => {
    const { mail } = await readable(readFileSync(new URL("thunderbird-bottom.eml", folder), "utf8"))
    expect(mail.quotedText).toContain("> Done in 2 s: exit code 0")
    expect(mail.quotedText).toContain("On 11/23/26 9:00 AM, maillm wrote:")
    expect(mail.signature).toBe("-- \nAda Lovelace")
    expect(mail.references).toEqual(["<first@example.org>", "<m1@maillm.localhost>"])
    expect(mail.inReplyTo).toBe("<m1@maillm.localhost>")
    expect(mail.dateMillis).toBe(Date.parse("2026-11-23T09:15:00Z"))
  })
})
