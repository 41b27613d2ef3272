/**
 * What an S/MIME mail of one piece holds: `application/pkcs7-mime` with signed data, as Outlook sends it where "clear
 * text" is off (RFC 8551 §3.5.2). Nothing is verified by it; who sent the mail is for DKIM to say.
 */
export const signedContent = (bytes: Uint8Array): Uint8Array | null => {
  const content = children(readElement(bytes, 0))
  if (content === null || !isObjectId(content[0], signedData)) return null
  const signed = children(children(content[1] ?? null)?.[0] ?? null)
  // version, digestAlgorithms, encapContentInfo (RFC 5652 §5.1)
  const inner = children(signed?.[2] ?? null)
  if (inner === null || !isObjectId(inner[0], data)) return null
  const text = children(inner[1] ?? null)?.[0]
  return text === undefined ? null : octets(text, 0)
}

const signedData = "2a864886f70d010702"
const data = "2a864886f70d010701"
/** Pieces of one string, and strings within each other. */
const piecesLimit = 100_000
const nestingLimit = 8

interface Element {
  readonly tag: number
  readonly constructed: boolean
  /** Null for what goes on until its end is marked (BER). */
  readonly content: Uint8Array
  /** Bytes up to the next element. */
  readonly length: number
}

const readElement = (bytes: Uint8Array, at: number): Element | null => {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null
  const constructed = (tag & 0x20) !== 0
  if (first === 0x80) return constructed ? unbounded(bytes, at, tag) : null
  const count = first < 0x80 ? 0 : first & 0x7f
  if (count > 4) return null
  let length = count === 0 ? first : 0
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0)
  const start = at + 2 + count
  if (start + length > bytes.length) return null
  return { tag, constructed, content: bytes.subarray(start, start + length), length: 2 + count + length }
}

/** One whose end is two zeros behind its last child. */
const unbounded = (bytes: Uint8Array, at: number, tag: number, depth = 0): Element | null => {
  if (depth > 2 * nestingLimit) return null
  let end = at + 2
  for (let i = 0; i < piecesLimit; i++) {
    if (bytes[end] === 0 && bytes[end + 1] === 0) {
      return { tag, constructed: true, content: bytes.subarray(at + 2, end), length: end + 2 - at }
    }
    const inner =
      bytes[end + 1] === 0x80 ? unbounded(bytes, end, bytes[end] ?? 0, depth + 1) : readElement(bytes, end)
    if (inner === null) return null
    end += inner.length
  }
  return null
}

const children = (element: Element | null): ReadonlyArray<Element> | null => {
  if (element === null || !element.constructed) return null
  const found: Array<Element> = []
  for (let at = 0; at < element.content.length && found.length < piecesLimit;) {
    const child = readElement(element.content, at)
    if (child === null) break
    found.push(child)
    at += child.length
  }
  return found
}

const isObjectId = (element: Element | undefined, hex: string) =>
  element?.tag === 0x06 && Buffer.from(element.content).toString("hex") === hex

/** A string, in one piece or in several. */
const octets = (element: Element, depth: number): Uint8Array | null => {
  if (!element.constructed) return element.tag === 0x04 ? element.content : null
  if (depth > nestingLimit) return null
  const pieces = (children(element) ?? []).map((piece) => octets(piece, depth + 1))
  return Buffer.concat(pieces.filter((piece) => piece !== null))
}
