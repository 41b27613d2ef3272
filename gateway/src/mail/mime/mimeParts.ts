import PostalMime, { decodeWords } from "postal-mime"
import type { Email } from "postal-mime"
import { signedContent } from "./signedContent.ts"

/** One part of a mail that holds no others. */
export interface MimePart {
  /** Lower case, without parameters. */
  readonly type: string
  readonly parameters: Readonly<Record<string, string>>
  /** `attachment`, `inline` or empty. */
  readonly disposition: string
  /** As the mail gives it, decoded; null when it gives none. */
  readonly fileName: string | null
  readonly bytes: Uint8Array
  /** The multiparts around it, outermost first: `mixed`, `alternative` … */
  readonly within: ReadonlyArray<string>
  /** Number of the multipart/alternative around it, or null. */
  readonly alternative: number | null
}

export interface MimeMail {
  readonly email: Email
  readonly parts: ReadonlyArray<MimePart>
}

/** Parts within each other, and mails' own limits are those of postal-mime: 2 MiB of headers in all parts. */
const nestingLimit = 100

/**
 * Reads a mail into its parts, in their order. postal-mime joins the texts of all parts and forgets where they came
 * from; which part is the text, which a file, and how its lines are to be read is for us to say, so we take the tree
 * that it has read. Rejects on mails that it refuses.
 */
export const mimeParts = async (raw: Uint8Array, level = 0): Promise<MimeMail> => {
  const parser = new PostalMime({
    forceRfc822Attachments: true,
    attachmentEncoding: "arraybuffer",
    maxNestingDepth: nestingLimit,
  })
  const email = await parser.parse(raw)
  const root: unknown = Reflect.get(parser, "root")
  if (!isNode(root)) throw new TypeError("this version of postal-mime keeps no tree")
  const parts: Array<MimePart> = []
  let alternatives = 0
  const walk = (node: Node, within: ReadonlyArray<string>, alternative: number | null): void => {
    const { multipart } = node.contentType
    if (multipart !== false) {
      const inner = multipart === "alternative" ? alternatives++ : alternative
      for (const child of node.childNodes) if (isNode(child)) walk(child, [...within, multipart], inner)
      return
    }
    if (node.content !== null) parts.push(partOf(node, node.content, within, alternative))
    for (const child of node.childNodes) if (isNode(child)) walk(child, within, alternative)
  }
  walk(root, [], null)
  return { email, parts: level >= signedLimit ? parts : await withSignedContent(parts, level) }
}

/** Signed mails within each other that are opened. */
const signedLimit = 3

/** A signed mail in one piece gives its parts for itself. */
const withSignedContent = async (
  parts: ReadonlyArray<MimePart>,
  level: number,
): Promise<ReadonlyArray<MimePart>> => {
  const all: Array<MimePart> = []
  for (const part of parts) {
    const content = /^application\/(?:x-)?pkcs7-mime$/.test(part.type) ? signedContent(part.bytes) : null
    if (content === null) all.push(part)
    else all.push(...(await mimeParts(content, level + 1)).parts)
  }
  return all
}

const partOf = (
  node: Node,
  content: ArrayBuffer,
  within: ReadonlyArray<string>,
  alternative: number | null,
): MimePart => {
  const { value, params } = node.contentType.parsed
  const disposition = node.contentDisposition.parsed
  const name = disposition.params["filename"] ?? params["name"]
  return {
    type: value,
    parameters: params,
    disposition: disposition.value,
    fileName: name === undefined || name === "" ? null : decodeWords(name),
    bytes: within.length > 0 ? withoutLastBreak(node, content) : new Uint8Array(content),
    within,
    alternative,
  }
}

/** The line break before a delimiter belongs to the delimiter (RFC 2046 §5.1.1); postal-mime ends every line with one. */
const withoutLastBreak = (node: Node, content: ArrayBuffer): Uint8Array => {
  const bytes = new Uint8Array(content)
  const encoded = node.contentTransferEncoding.encoding.includes("base64")
  return encoded || bytes.at(-1) !== 0x0a ? bytes : bytes.subarray(0, -1)
}

interface Structured {
  readonly value: string
  readonly params: Readonly<Record<string, string>>
}
/** What is used of postal-mime's nodes; it does not publish their type. */
interface Node {
  readonly childNodes: ReadonlyArray<unknown>
  readonly contentType: { readonly multipart: string | false; readonly parsed: Structured }
  readonly contentDisposition: { readonly parsed: Structured }
  readonly contentTransferEncoding: { readonly encoding: string }
  readonly content: ArrayBuffer | null
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null
const isStructured = (value: unknown): value is Structured =>
  isRecord(value) &&
  typeof value["value"] === "string" &&
  isRecord(value["params"]) &&
  Object.values(value["params"]).every((each) => typeof each === "string")
const isNode = (value: unknown): value is Node =>
  isRecord(value) &&
  Array.isArray(value["childNodes"]) &&
  isRecord(value["contentType"]) &&
  (value["contentType"]["multipart"] === false || typeof value["contentType"]["multipart"] === "string") &&
  isStructured(value["contentType"]["parsed"]) &&
  isRecord(value["contentDisposition"]) &&
  isStructured(value["contentDisposition"]["parsed"]) &&
  isRecord(value["contentTransferEncoding"]) &&
  typeof value["contentTransferEncoding"]["encoding"] === "string" &&
  (value["content"] === null || value["content"] instanceof ArrayBuffer)
