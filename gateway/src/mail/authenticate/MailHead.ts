export interface HeadField {
  /** Lower case. */
  readonly name: string
  /** Unfolded: one line. */
  readonly value: string
  /** It stands on several lines. */
  readonly folded: boolean
}

/** The header block of a mail as the strictest reader sees it. */
export interface MailHead {
  readonly fields: ReadonlyArray<HeadField>
  /**
   * What about it is against RFC 5322 §2.2 in a way that different readers understand differently, in words for the
   * console. On such differences spoofing lives: nobody can say what a mail says that has one.
   */
  readonly faults: ReadonlyArray<string>
  /** Beyond every bound: nothing more is to be done with it. */
  readonly tooLarge: boolean
}

/** What mail servers in use take; honest mails have some 10 KiB. */
const headLimitBytes = 256 * 1024
/** mailauth takes time that grows with the square of the lines. */
const lineLimit = 2_000
const carriageReturn = 0x0d
const lineFeed = 0x0a

/** Reads the header block, of a mail with line ends as they are on the wire. */
export const readMailHead = (raw: Uint8Array): MailHead => {
  const end = headEnd(raw)
  if (end === null)
    return {
      fields: [],
      faults: [`its header is larger than ${headLimitBytes} bytes, or never ends`],
      tooLarge: true,
    }
  const text = new TextDecoder().decode(raw.subarray(0, end))
  const lines = text === "" ? [] : text.split("\r\n")
  if (lines.length > lineLimit)
    return {
      fields: [],
      faults: [`its header has ${lines.length} lines, more than ${lineLimit}`],
      tooLarge: true,
    }
  const fields: Array<{ name: string; value: string; folded: boolean }> = []
  const faults = new Set<string>()
  for (const line of lines) {
    if (/[\0-\x08\x0a-\x1f\x7f]/.test(line)) faults.add("its header holds control characters")
    const last = fields.at(-1)
    if (/^[ \t]/.test(line)) {
      if (last === undefined) faults.add("its header begins with a blank")
      else {
        last.value = `${last.value} ${line.trim()}`.trim()
        last.folded = true
      }
      continue
    }
    const match = /^([!-9;-~]+)([ \t]*):(.*)$/s.exec(line)
    if (match?.[1] === undefined) {
      faults.add(`its header has a line that is no field: ${JSON.stringify(line.slice(0, 60))}`)
      continue
    }
    if (match[2] !== "") faults.add(`its header ${match[1].slice(0, 60)} has a blank before the colon`)
    fields.push({ name: match[1].toLowerCase(), value: (match[3] ?? "").trim(), folded: false })
  }
  return { fields, faults: [...faults], tooLarge: false }
}

/** Where the empty line begins that ends the header; null when it is not found where it has to be. */
const headEnd = (raw: Uint8Array): number | null => {
  if (raw[0] === carriageReturn && raw[1] === lineFeed) return 0
  const bound = Math.min(raw.length, headLimitBytes)
  for (let i = raw.indexOf(carriageReturn); i !== -1 && i < bound; i = raw.indexOf(carriageReturn, i + 1)) {
    if (raw[i + 1] === lineFeed && raw[i + 2] === carriageReturn && raw[i + 3] === lineFeed) return i
  }
  // A mail may be nothing but its header.
  const last = raw[raw.length - 1] === lineFeed ? raw.length - 2 : raw.length
  return raw.length <= headLimitBytes ? Math.max(0, last) : null
}

export const fieldsNamed = (head: MailHead, name: string): ReadonlyArray<HeadField> =>
  head.fields.filter((field) => field.name === name)
