import { domainToUnicode } from "node:url"
import { decodeWords } from "postal-mime"
import { parseMailboxes } from "../mailboxes.ts"
import { fieldsNamed } from "./MailHead.ts"
import type { MailHead } from "./MailHead.ts"

export interface Author {
  /** The one mailbox that it names as its author, domain in lower case; empty when it does not name exactly one. */
  readonly address: string
  /** Why nobody can be sure who is meant, in words for the console. */
  readonly faults: ReadonlyArray<string>
}

/** Makes text run backwards or hides it (UAX #9). */
const directionMarks = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** Who wrote a mail by its own words. Exactly one mailbox in exactly one From, and nothing beside it that says otherwise. */
export const readAuthor = (head: MailHead): Author => {
  const from = fieldsNamed(head, "from")
  const [only] = from
  if (only === undefined || from.length > 1)
    return { address: "", faults: [`it has ${from.length} From headers; exactly one is needed`] }
  const mailboxes = parseMailboxes(only.value)
  const [address] = mailboxes ?? []
  if (mailboxes === null || address === undefined)
    return { address: "", faults: ["its From header is not one plain address that every reader reads alike"] }
  if (mailboxes.length > 1)
    return {
      address: "",
      faults: [`its From header names ${mailboxes.length} authors; exactly one is needed`],
    }
  return {
    address,
    faults: [
      ...(only.folded
        ? ["its From header stands on several lines, which readers understand differently"]
        : []),
      ...nameFaults(only.value, address),
      ...domainFaults(address),
      ...othersNamed(head, address),
    ],
  }
}

/** A display name that shows another address, or turns the text around. */
const nameFaults = (value: string, address: string): ReadonlyArray<string> => {
  const name = decodeWords(value.replace(/<[^<>]*>\s*$/, ""))
  if (directionMarks.test(name)) return ["the name of its author holds characters that turn text around"]
  const shown =
    name.includes("@") && name.trim() !== address ? /[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/.exec(name) : null
  return shown !== null && !same(shown[0], address)
    ? [`the name of its author shows another address (${shown[0].slice(0, 100)}) than that it comes from`]
    : []
}

/** Letters of two alphabets in one label: nobody's real domain looks like somebody else's in this way. */
const domainFaults = (address: string): ReadonlyArray<string> => {
  const domain = domainToUnicode(address.slice(address.lastIndexOf("@") + 1))
  const mixed = domain
    .split(".")
    .some((label) => /\p{Script=Latin}/u.test(label) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(label))
  return mixed ? [`the domain of its author mixes alphabets (${domain.slice(0, 100)})`] : []
}

/** Headers by which somebody else sends it, sent it on, or wants the answer. */
const othersNamed = (head: MailHead, address: string): ReadonlyArray<string> => {
  const namesAnother = (name: string) =>
    fieldsNamed(head, name).some(
      ({ value }) =>
        value !== "" && !(parseMailboxes(value)?.every((other) => same(other, address)) ?? false),
    )
  return [
    ...(namesAnother("sender") ? ["somebody else than its author sent it (Sender)"] : []),
    ...(head.fields.some(({ name }) => name.startsWith("resent-"))
      ? ["somebody sent it on (Resent-…): it was meant for others"]
      : []),
    ...(namesAnother("reply-to") ? ["it wants its answer sent elsewhere (Reply-To)"] : []),
  ]
}

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()
