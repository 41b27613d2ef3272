export interface RawHeader {
  /** Lower case. */
  readonly name: string
  /** Unfolded, otherwise as received. */
  readonly value: string
}

/** Header bytes that are looked at; what comes after is left to the MIME parser. */
const headerLimitBytes = 256 * 1024

/**
 * The header block as a strict reader sees it: every field counts, also a repeated one and one with blanks
 * before its colon. MIME parsers pick one of several `From`, and which one is what spoofing lives on.
 */
export const rawHeaders = (raw: Uint8Array): ReadonlyArray<RawHeader> => {
  const text = new TextDecoder().decode(raw.subarray(0, headerLimitBytes))
  const headers: Array<{ name: string; value: string }> = []
  for (const line of text.split(/\r\n|\n/)) {
    if (line === "") break
    const last = headers.at(-1)
    if (/^[ \t]/.test(line)) {
      if (last !== undefined) last.value += ` ${line.trim()}`
      continue
    }
    const match = /^([^\s:]{1,100})[ \t]*:(.*)$/s.exec(line)
    if (match?.[1] !== undefined && match[2] !== undefined) {
      headers.push({ name: match[1].toLowerCase(), value: match[2].trim() })
    }
  }
  return headers
}

export const headerValues = (headers: ReadonlyArray<RawHeader>, name: string): ReadonlyArray<string> =>
  headers.filter((header) => header.name === name).map(({ value }) => value)
