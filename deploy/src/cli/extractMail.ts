import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import { MailParser } from "@maillm/gateway/mail/MailParser"
import type { ParseResult } from "@maillm/gateway/mail/parseMail"
import { CliFailure } from "./CliFailure.ts"
import { printable } from "./printable.ts"
import { readInput } from "./readInput.ts"

const limitBytes = 64 * 1_048_576

/** `maillm mail extract`: reads a raw mail with the gateway's own reader, within its bounds of time and memory. */
export const extractMail = async (json: boolean): Promise<boolean> => {
  // Our own address in the first line of a quote is known by it.
  const domain = process.env["MAILLM_DOMAIN"] ?? "maillm.localhost"
  const raw = await readInput("mail", "maillm mail extract < mail.eml", limitBytes)
  const result = await Effect.runPromise(
    MailParser.use(({ parse }) => parse(raw)).pipe(Effect.provide(MailParser.layerOf(domain))),
  )
  if (result._tag === "Unreadable") throw new CliFailure(result.reason)
  const extract = extractOf(result)
  console.log(json ? JSON.stringify(extract) : inWords(extract))
  return true
}

const extractOf = ({ mail, attachments }: Extract<ParseResult, { readonly _tag: "Readable" }>) => ({
  text: mail.newestText,
  quoted: mail.quotedText,
  signature: mail.signature,
  attachments: attachments.map(({ name, type, bytes }) => ({
    name,
    type,
    size: bytes.byteLength,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  })),
  automatic: mail.automatic !== null,
})

const inWords = ({ text, quoted, attachments, automatic }: ReturnType<typeof extractOf>): string =>
  printable(
    [
      text === "" ? "(no newest text)" : text,
      "",
      ...(automatic ? ["Automatic: it was not written by a person just now"] : []),
      ...(quoted === "" ? [] : [`Left out: ${quoted.split("\n").length} quoted lines`]),
      ...attachments.map(({ name, type, size }) => `Attachment: ${name}, ${type}, ${size} bytes`),
    ]
      .join("\n")
      .trimEnd(),
  )
