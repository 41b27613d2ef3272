import { createHash, sign } from "node:crypto"
import type { DkimKey } from "./DkimKey.ts"

export interface DkimSignature {
  readonly key: DkimKey
  /** Of the author's address or above it, so that the signature counts for DMARC. */
  readonly domain: string
  readonly selector: string
  /** In the signature's `t=`: a mail signed again at the same time has the same bytes. */
  readonly atMillis: number
}

/**
 * Signed once more often than they are there, so that a second one put in on the way breaks the signature
 * (RFC 6376 §8.15). Those that are absent may not be added either.
 */
const signedNames = [
  "From",
  "Sender",
  "Reply-To",
  "To",
  "Cc",
  "Subject",
  "Date",
  "Message-ID",
  "In-Reply-To",
  "References",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
  "Auto-Submitted",
] as const

/**
 * The mail with a DKIM-Signature before it (RFC 6376, RFC 8463), header and body relaxed. Neither nodemailer nor
 * mailauth can sign a header that is not there. Lines have to end in CR LF.
 */
export const signMail = (raw: Uint8Array, signature: DkimSignature): Uint8Array => {
  const { headers, body } = splitMail(Buffer.from(raw).toString("latin1"))
  const { names, lines } = chosenHeaders(headers)
  const { algorithm, privateKey } = signature.key
  const unsigned = signatureHeader(
    signature,
    names,
    createHash("sha256").update(relaxedBody(body), "latin1").digest("base64"),
  )
  const signed = Buffer.from([...lines, relaxedHeader(unsigned)].join("\r\n"), "latin1")
  // RFC 8463 §3: Ed25519 signs the hash.
  const value =
    algorithm === "rsa"
      ? sign("sha256", signed, privateKey)
      : sign(null, createHash("sha256").update(signed).digest(), privateKey)
  const folded = value.toString("base64").replace(/.{1,72}/g, "\r\n $&")
  return Buffer.concat([Buffer.from(`${unsigned}${folded}\r\n`, "latin1"), raw])
}

const signatureHeader = (
  { key, domain, selector, atMillis }: DkimSignature,
  names: ReadonlyArray<string>,
  bodyHash: string,
): string =>
  [
    `DKIM-Signature: v=1; a=${key.algorithm}-sha256; c=relaxed/relaxed; q=dns/txt;`,
    ` d=${domain};`,
    ` s=${selector}; t=${Math.floor(atMillis / 1_000)};`,
    ...foldedNames(names),
    ` bh=${bodyHash};`,
    " b=",
  ].join("\r\n")

/** `h=` in lines of some 72 characters. */
const foldedNames = (names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = " h="
  for (const [index, name] of names.entries()) {
    const part = index === names.length - 1 ? `${name};` : `${name}:`
    if (line.length + part.length > 72) {
      lines.push(line)
      line = "  "
    }
    line += part
  }
  return [...lines, line]
}

interface MailHeader {
  /** In lower case. */
  readonly name: string
  /** As it stands, folded, without its last line's end. */
  readonly text: string
}

const splitMail = (mail: string): { readonly headers: ReadonlyArray<MailHeader>; readonly body: string } => {
  const end = mail.indexOf("\r\n\r\n")
  const head = end === -1 ? mail.replace(/\r\n$/, "") : mail.slice(0, end)
  const headers = head.split(/\r\n(?![ \t])/).map((text) => ({
    name: text
      .slice(0, Math.max(0, text.indexOf(":")))
      .trim()
      .toLowerCase(),
    text,
  }))
  return { headers, body: end === -1 ? "" : mail.slice(end + 4) }
}

/** What is signed, from the last of each name up, and the names for `h=`, each once more than it is there. */
const chosenHeaders = (headers: ReadonlyArray<MailHeader>) => {
  const names: Array<string> = []
  const lines: Array<string> = []
  for (const name of signedNames) {
    const found = headers.filter((header) => header.name === name.toLowerCase()).toReversed()
    lines.push(...found.map(({ text }) => relaxedHeader(text)))
    names.push(...found.map(() => name), name)
  }
  return { names, lines }
}

/** RFC 6376 §3.4.2; without its line end. */
const relaxedHeader = (text: string): string => {
  const colon = text.indexOf(":")
  const value = text
    .slice(colon + 1)
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ")
    .replace(/^ | $/g, "")
  return `${text
    .slice(0, colon)
    .replace(/[ \t]+$/, "")
    .toLowerCase()}:${value}`
}

/** RFC 6376 §3.4.4. */
const relaxedBody = (body: string): string => {
  const lines = body.split("\r\n").map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""))
  while (lines.length > 0 && lines.at(-1) === "") lines.pop()
  return lines.length === 0 ? "" : `${lines.join("\r\n")}\r\n`
}
