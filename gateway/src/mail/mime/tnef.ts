/**
 * What an Exchange server puts into winmail.dat instead of MIME: Transport Neutral Encapsulation Format (MS-OXTNEF).
 * Only what a request needs is read: the files, and the text if there is any. The one library for it is not kept up,
 * and reads with no bounds.
 */
export interface TnefContent {
  readonly files: ReadonlyArray<{ readonly name: string; readonly bytes: Uint8Array }>
  /** Plain text, or empty. */
  readonly text: string
  readonly html: string
}

const signature = 0x223e9f78
const attachmentsLimit = 100
/** Properties read of one list; real ones have some hundred. */
const propertiesLimit = 5_000

const attribute = {
  body: 0x0002800c,
  title: 0x00018010,
  data: 0x0006800f,
  rendering: 0x00069002,
  attachment: 0x00069005,
  message: 0x00069003,
  codePage: 0x00069007,
}
const property = {
  longName: 0x3707,
  name: 0x3704,
  data: 0x3701,
  body: 0x1000,
  html: 0x1013,
  codePage: 0x3fde,
}

/** Null when it is no TNEF, or broken before anything could be read. */
export const readTnef = (bytes: Uint8Array): TnefContent | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 6 || view.getUint32(0, true) !== signature) return null
  const files: Array<{ name: string; bytes: Uint8Array }> = []
  let text = ""
  let html = ""
  let charset = "windows-1252"
  // level (1), attribute (4), length (4), data, checksum (2)
  for (let at = 6; at + 9 <= bytes.length;) {
    const id = view.getUint32(at + 1, true)
    const length = view.getUint32(at + 5, true)
    const end = at + 9 + length
    if (end > bytes.length) break
    const data = bytes.subarray(at + 9, end)
    const file = files.at(-1)
    if (id === attribute.codePage && length >= 4) charset = codePageName(view.getUint32(at + 9, true))
    else if (id === attribute.body) text = decoded(data, charset)
    else if (id === attribute.rendering) {
      if (files.length >= attachmentsLimit) break
      files.push({ name: "", bytes: new Uint8Array() })
    } else if (id === attribute.title && file !== undefined) file.name = decoded(data, charset)
    else if (id === attribute.data && file !== undefined) file.bytes = data
    else if (id === attribute.attachment && file !== undefined) {
      const known = mapiProperties(data)
      file.name = nameOf(known, charset) || file.name
      const content = known.get(property.data)?.bytes
      if (file.bytes.length === 0 && content !== undefined) file.bytes = content
    } else if (id === attribute.message) {
      const known = mapiProperties(data)
      text ||= textOf(known.get(property.body), charset)
      html ||= textOf(known.get(property.html), "utf-8")
    }
    at = end + 2
  }
  return files.length === 0 && text === "" && html === ""
    ? null
    : { files: files.filter((file) => file.bytes.length > 0), text, html }
}

interface Property {
  readonly type: number
  readonly bytes: Uint8Array
}

const sizes: Readonly<Record<number, number>> = {
  2: 2,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  0xa: 4,
  0xb: 2,
  0x14: 8,
  0x40: 8,
  0x48: 16,
}
const hasVariableSize = (type: number) => type === 0x1e || type === 0x1f || type === 0x0d || type === 0x102

/** A list of MAPI properties, first value of each; as far as it can be read. */
const mapiProperties = (data: Uint8Array): ReadonlyMap<number, Property> => {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const found = new Map<number, Property>()
  const count = Math.min(propertiesLimit, data.length < 4 ? 0 : view.getUint32(0, true))
  let at = 4
  const number = (): number => {
    if (at + 4 > data.length) throw new RangeError("cut off")
    const value = view.getUint32(at, true)
    at += 4
    return value
  }
  const padded = (length: number) => length + ((4 - (length % 4)) % 4)
  try {
    for (let i = 0; i < count; i++) {
      const tag = number()
      const id = tag >>> 16
      const type = tag & 0xefff
      const many = (tag & 0x1000) !== 0
      if (id >= 0x8000) {
        at += 16
        const kind = number()
        const length = number()
        if (kind === 1) at += padded(length)
      }
      const variable = hasVariableSize(type)
      const values = many || variable ? number() : 1
      for (let j = 0; j < values; j++) {
        const length = variable ? number() : (sizes[type] ?? Number.NaN)
        if (!Number.isFinite(length) || at + length > data.length) return found
        // An object's data begin with the id of its interface.
        const skip = type === 0x0d ? Math.min(16, length) : 0
        if (!found.has(id)) found.set(id, { type, bytes: data.subarray(at + skip, at + length) })
        at += padded(length)
      }
    }
  } catch {
    // What was read so far counts.
  }
  return found
}

const textOf = (given: Property | undefined, charset: string): string =>
  given === undefined ? "" : decoded(given.bytes, given.type === 0x1f ? "utf-16le" : charset)
const nameOf = (known: ReadonlyMap<number, Property>, charset: string): string =>
  textOf(known.get(property.longName), charset) || textOf(known.get(property.name), charset)

const decoded = (bytes: Uint8Array, charset: string): string => {
  let text: string
  try {
    text = new TextDecoder(charset).decode(bytes)
  } catch {
    text = new TextDecoder("windows-1252").decode(bytes)
  }
  return text.replace(/\0+$/, "")
}

const codePageName = (page: number): string => {
  if (page === 65_001) return "utf-8"
  if (page === 932) return "shift_jis"
  if (page === 936) return "gbk"
  if (page === 949) return "euc-kr"
  if (page === 950) return "big5"
  return page >= 1_250 && page <= 1_258 ? `windows-${page}` : "windows-1252"
}
