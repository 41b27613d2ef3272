/** What a report says of one recipient (RFC 3464 §2.3). */
export interface ReportedDelivery {
  readonly action: "failed" | "delayed" | "delivered" | "relayed" | "expanded"
  /** RFC 3463; `5.0.0` where the report has none. */
  readonly status: string
  /** In the words of the server that refused, on one line. */
  readonly diagnostic: string
  /** Addresses that the report names, in lower case: as the mail was sent, and as it was refused. */
  readonly addresses: ReadonlyArray<string>
}

/** A report has some kilobytes, and then what it returns of the mail; its own part comes before that (RFC 3462 §2). */
const scannedBytes = 262_144
const recipientsRead = 20
const diagnosticLimit = 500
const boundaryLimit = 70

/**
 * The delivery status notification that a mail is; null when it is something else, such as the automatic reply of someone
 * on holiday. Reads plain text only, in one pass: whoever knows one of our bounce addresses can send anything here.
 */
export const readDeliveryReport = (raw: Uint8Array): ReadonlyArray<ReportedDelivery> | null => {
  const mail = Buffer.from(raw.subarray(0, scannedBytes)).toString("latin1").replaceAll("\r\n", "\n")
  const { body, headers } = entityOf(mail)
  const type = headers.get("content-type") ?? ""
  if (!/^multipart\/report\b/i.test(type)) return null
  const boundary = parameterOf(type, "boundary")
  if (boundary === null || boundary.length > boundaryLimit) return null
  for (const part of partsOf(body, boundary)) {
    const entity = entityOf(part)
    if (!/^message\/(global-)?delivery-status\b/i.test(entity.headers.get("content-type") ?? "")) continue
    return groupsOf(decoded(entity))
      .flatMap((fields) => deliveryOf(fields))
      .slice(0, recipientsRead)
  }
  return null
}

type Fields = ReadonlyMap<string, string>
interface Entity {
  /** Names in lower case, unfolded; the first of each. */
  readonly headers: Fields
  readonly body: string
}

const entityOf = (text: string): Entity => {
  const end = text.startsWith("\n") ? 0 : text.indexOf("\n\n")
  const head = end === -1 ? text : text.slice(0, end)
  return { headers: fieldsOf(head), body: end === -1 ? "" : text.slice(end).replace(/^\n{1,2}/, "") }
}

const fieldsOf = (head: string): Fields => {
  const fields = new Map<string, string>()
  for (const line of head.replace(/\n[ \t]+/g, " ").split("\n")) {
    const colon = line.indexOf(":")
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase()
    if (name !== "" && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim())
  }
  return fields
}

const parameterOf = (value: string, name: string): string | null => {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;"]+))`, "i").exec(value)
  return found?.[1] ?? found?.[2] ?? null
}

const partsOf = (body: string, boundary: string): ReadonlyArray<string> => {
  const parts: Array<Array<string>> = []
  for (const line of body.split("\n")) {
    const plain = line.trimEnd()
    if (plain === `--${boundary}--`) break
    if (plain === `--${boundary}`) parts.push([])
    else parts.at(-1)?.push(line)
  }
  return parts.map((lines) => lines.join("\n"))
}

/** RFC 3464 §2.1 wants seven bits; some servers encode it all the same. */
const decoded = ({ body, headers }: Entity): string => {
  const encoding = (headers.get("content-transfer-encoding") ?? "").toLowerCase()
  if (encoding === "base64") return Buffer.from(body, "base64").toString("latin1").replaceAll("\r\n", "\n")
  if (encoding !== "quoted-printable") return body
  return body
    .replace(/=[ \t]*\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The fields about the mail, then those about each recipient, blank lines between. */
const groupsOf = (text: string): ReadonlyArray<Fields> =>
  text.split(/\n[ \t]*\n/).map((group) => fieldsOf(group.replace(/^\n+/, "")))

const deliveryOf = (fields: Fields): ReadonlyArray<ReportedDelivery> => {
  const action = actions.find((known) => known === fields.get("action")?.split(/[\s(]/)[0]?.toLowerCase())
  if (action === undefined) return []
  const status = /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "")?.[0] ?? "5.0.0"
  const diagnostic = plain(withoutType(fields.get("diagnostic-code") ?? "")).slice(0, diagnosticLimit)
  const addresses = ["original-recipient", "final-recipient"].flatMap((name) => {
    const address = plain(withoutType(fields.get(name) ?? ""))
      .replace(/^<(.*)>$/, "$1")
      .toLowerCase()
    return address === "" ? [] : [address.slice(0, 320)]
  })
  return [{ action, status, diagnostic, addresses }]
}

const actions = ["failed", "delayed", "delivered", "relayed", "expanded"] as const

/** `smtp; 550 …`, `rfc822;ada@example.org`. */
const withoutType = (value: string) => value.replace(/^[a-z0-9-]+\s*;/i, "")
const plain = (value: string) =>
  value
    .replace(/[^\x20-\x7e]+/g, " ")
    .replace(/\s+/g, " ")
    .trim()
