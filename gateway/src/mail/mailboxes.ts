const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
const addrSpec = new RegExp(`^(${atom}(?:\\.${atom})*)@(${label}(?:\\.${label})*)$`)
/** A display name: atoms, blanks, quoted strings, and whatever is not ASCII. */
const phrase = /^(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\- \t\u0080-\u{10ffff}]|"(?:[^"\\]|\\.)*")*$/u

/**
 * The mailboxes of a From field by the plain grammar of RFC 5322 §3.4 and nothing beside it: no groups, comments,
 * routes, quoted or non-ASCII local parts, no address literals. Null when it is anything else: different readers
 * see different senders in such a field, so no sender can be named. Domains come in lower case.
 */
export const parseMailboxes = (field: string): ReadonlyArray<string> | null => {
  const addresses: Array<string> = []
  for (const part of splitOutsideQuotes(field)) {
    const address = parseMailbox(part.trim())
    if (address === null) return null
    addresses.push(address)
  }
  return addresses
}

const parseMailbox = (text: string): string | null => {
  const angle = /^([^<>]*)<([^<>\s]+)>$/u.exec(text)
  if (angle === null) return parseAddress(text)
  return phrase.test(angle[1] ?? "") ? parseAddress(angle[2] ?? "") : null
}

const parseAddress = (text: string): string | null => {
  const match = addrSpec.exec(text)
  const [local, domain] = [match?.[1], match?.[2]]
  if (local === undefined || domain === undefined || local.length > 64 || domain.length > 253) return null
  return `${local}@${domain.toLowerCase()}`
}

const splitOutsideQuotes = (field: string): ReadonlyArray<string> => {
  const parts: Array<string> = []
  let current = ""
  let quoted = false
  for (let i = 0; i < field.length; i++) {
    const character = field.charAt(i)
    if (quoted && character === "\\") {
      current += character + field.charAt(++i)
      continue
    }
    if (character === '"') quoted = !quoted
    if (character === "," && !quoted) {
      parts.push(current)
      current = ""
    } else current += character
  }
  parts.push(current)
  return parts
}
