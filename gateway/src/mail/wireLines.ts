/**
 * The mail with every line ended by CR LF and by nothing else. A bare CR or LF on the wire is what SMTP smuggling is
 * made of: servers disagree whether it ends a line, so an answer of an agent could end a mail and begin another
 * (CVE-2023-51764 and its relatives). What is composed has none; this makes it so whatever composed it.
 */
export const wireLines = (raw: Uint8Array): Uint8Array => {
  if (!hasBareLineEnd(raw)) return raw
  return Buffer.from(
    Buffer.from(raw)
      .toString("latin1")
      .replace(/\r\n|\r|\n/g, "\r\n"),
    "latin1",
  )
}

const hasBareLineEnd = (raw: Uint8Array): boolean => {
  for (let i = 0; i < raw.length; i++) {
    if (raw[i] === 13 && raw[i + 1] !== 10) return true
    if (raw[i] === 10 && raw[i - 1] !== 13) return true
  }
  return false
}
