import { generateKeyPairSync } from "node:crypto"
import { dkimSign, sealMessage } from "mailauth"

/** Friday noon: what the samples call now. */
export const sampleNow = Date.parse("2026-11-27T12:00:00Z")

/** Headers that a signature has to cover, as the settings have them by default. */
export const signedHeaders = ["from", "to", "subject", "date", "message-id", "content-type"]

export interface SigningKey {
  readonly domain: string
  readonly selector: string
  readonly privateKey: string
  /** Its record in the DNS. */
  readonly record: string
}

/** A key as a domain would publish it. RSA of 2,048 bits takes a tenth of a second: make it once. */
export const makeKey = (
  domain: string,
  selector: string,
  options: { readonly bits?: number; readonly ed25519?: boolean; readonly flags?: string } = {},
): SigningKey => {
  const { bits = 2_048, ed25519 = false, flags } = options
  const { privateKey, publicKey } = ed25519
    ? generateKeyPairSync("ed25519")
    : generateKeyPairSync("rsa", { modulusLength: bits })
  const der = publicKey.export({ type: "spki", format: "der" })
  const value = (ed25519 ? der.subarray(-32) : der).toString("base64")
  return {
    domain,
    selector,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    record: `v=DKIM1; k=${ed25519 ? "ed25519" : "rsa"};${flags === undefined ? "" : ` t=${flags};`} p=${value}`,
  }
}

/** Zone entries of keys. */
export const keyRecords = (...keys: ReadonlyArray<SigningKey>): Record<string, ReadonlyArray<string>> =>
  Object.fromEntries(
    keys.map(({ domain, record, selector }) => [`${selector}._domainkey.${domain} TXT`, [record]]),
  )

/** A mail of Ada's, its headers changed by name; null leaves one out. Lines end in CRLF. */
export const compose = (
  change: Readonly<Record<string, string | null>> = {},
  body = "make test\r\n",
): string => {
  const headers: Readonly<Record<string, string | null>> = {
    From: "Ada <ada@example.org>",
    To: "ada.private@maillm.test",
    Subject: "Run the tests",
    Date: "Fri, 27 Nov 2026 11:59:00 +0000",
    "Message-ID": "<first@example.org>",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    ...change,
  }
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  )
  return `${lines.join("\r\n")}\r\n\r\n${body}`
}

export interface SignOptions {
  readonly headers?: ReadonlyArray<string>
  readonly algorithm?: string
  readonly bodyLength?: number
  readonly signedAt?: Date
  readonly expires?: Date
}

const keyOf = ({ domain, privateKey, selector }: SigningKey) => ({
  signingDomain: domain,
  selector,
  privateKey,
})
/** Its types ask for a key that `signatureData` replaces. */
const unused = { signingDomain: "", selector: "", privateKey: "" }

/** The mail with a DKIM-Signature before it. */
export const sign = async (raw: string, key: SigningKey, options: SignOptions = {}): Promise<string> => {
  const { algorithm, bodyLength, expires, headers = signedHeaders, signedAt = new Date(sampleNow) } = options
  const { errors, signatures } = await dkimSign(Buffer.from(raw, "latin1"), {
    ...unused,
    headerList: [...headers],
    signTime: signedAt,
    canonicalization: "relaxed/relaxed",
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(expires === undefined ? {} : { expires }),
    signatureData: [{ ...keyOf(key), ...(bodyLength === undefined ? {} : { maxBodyLength: bodyLength }) }],
  })
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  return `${signatures.trimEnd()}\r\n${raw}`
}

/** The mail with an ARC set of a forwarder before it, which says what the forwarder saw. */
export const seal = async (
  raw: string,
  key: SigningKey,
  authResults = `mx.${key.domain}; dkim=pass header.d=example.org; dmarc=pass header.from=example.org`,
): Promise<string> => {
  const set = await sealMessage(Buffer.from(raw, "latin1"), {
    ...keyOf(key),
    authResults,
    cv: "none",
    signTime: new Date(sampleNow),
    headerList: [...signedHeaders, "dkim-signature"],
  })
  return `${set.toString("latin1").trimEnd()}\r\n${raw}`
}
