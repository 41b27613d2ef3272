import { createHash } from "node:crypto"
import type { RelayedMail } from "@maillm/schema/MailOrigin"
import { examineMail } from "./examineMail.ts"
import type { ExamineRules, Sender } from "./examineMail.ts"
import { notChecked } from "./Findings.ts"
import type { Check, Findings } from "./Findings.ts"
import { judgeMail } from "./judgeMail.ts"
import type { Verdict } from "./judgeMail.ts"
import { fieldsNamed, readMailHead } from "./MailHead.ts"
import type { MailHead } from "./MailHead.ts"
import { QuestionLog } from "./QuestionLog.ts"
import type { Ask } from "./QuestionLog.ts"
import { readAuthor } from "./readAuthor.ts"

export interface AuthenticationRules extends ExamineRules {
  /** How long the DNS is waited for, in all. */
  readonly dnsMillis: number
}

export interface Authenticated {
  readonly verdict: Verdict
  readonly origin: RelayedMail
}

/** Signatures, and likewise ARC sets, that are looked at; an honest mail has one to three. A mail with more proves nothing. */
const signatureLimit = 10
/** Of a mail that proves nothing whatever the DNS says: it is asked only for what is shown. */
const hopelessMillis = 2_000
const reasonLimit = 500
const reasonsLimit = 20

/** Who sent a mail that came over other servers, as far as it can be known now. Never throws. CPU: a millisecond, and 5 a MiB for each signature. */
export const authenticateMail = async (
  raw: Uint8Array,
  sender: Sender,
  ask: Ask,
  rules: AuthenticationRules,
): Promise<Authenticated> => {
  const head = readMailHead(raw)
  const author = readAuthor(head)
  const tooMany = countFaults(head)
  const longLine = longLineFaults(raw)
  const headFaults = [...head.faults, ...tooMany, ...longLine, ...ownMailFaults(head, rules.domain)]
  const hopeless = headFaults.length > 0 || author.faults.length > 0
  const questions = new QuestionLog(
    ask,
    hopeless ? Math.min(hopelessMillis, rules.dnsMillis) : rules.dnsMillis,
  )
  const unfit = head.tooLarge || tooMany.length > 0 || longLine.length > 0
  const findings = unfit ? nothingFound : await examineMail(raw, sender, questions, rules)
  const mail = { author, headFaults, dateMillis: dateMillis(head), findings }
  const { reasons, standing, verdict } = judgeMail(mail, rules, rules.nowMillis)
  return {
    verdict,
    origin: {
      _tag: "Relayed",
      standing,
      author: author.address.slice(0, 320),
      reasons: reasons.slice(0, reasonsLimit).map((reason) => reason.slice(0, reasonLimit)),
      spf: cut(findings.spf),
      dkim: cut(findings.dkim),
      dmarc: cut(findings.dmarc),
      arc: cut(findings.arc),
      marks: marksOf(head, findings),
    },
  }
}

const countFaults = (head: MailHead): ReadonlyArray<string> =>
  ["dkim-signature", "arc-seal", "arc-message-signature"].flatMap((name) => {
    const count = fieldsNamed(head, name).length
    return count <= signatureLimit
      ? []
      : [`it has ${count} ${name} headers; more than ${signatureLimit} are not looked at`]
  })

/** mailauth takes time that grows with the square of a line. Mail has 998 bytes in a line (RFC 5322 §2.1.1). */
const lineLimitBytes = 64 * 1024
const longLineFaults = (raw: Uint8Array): ReadonlyArray<string> => {
  let begin = 0
  while (raw.length - begin > lineLimitBytes) {
    const end = raw.indexOf(0x0a, begin)
    if (end === -1 || end - begin > lineLimitBytes)
      return [`it has a line of more than ${lineLimitBytes} bytes`]
    begin = end + 1
  }
  return []
}

/** One of ours that comes back: its Message-ID is that of a reply, a question or a reminder (session/notices.ts). */
const ownMailFaults = (head: MailHead, domain: string): ReadonlyArray<string> =>
  fieldsNamed(head, "message-id").some(({ value }) => {
    const [, at] = /^<[mqp][\w-]*\.s[\w-]*@([^<>@]+)>$/.exec(value) ?? []
    return at?.toLowerCase() === domain.toLowerCase()
  })
    ? ["it is a mail of ours that came back (Message-ID)"]
    : []

const nothing = notChecked("it is not fit for it")
const nothingFound: Findings = {
  spf: nothing,
  dkim: nothing,
  dmarc: { ...nothing, domain: "", policy: null },
  arc: { ...nothing, sealer: null, signature: null, saysProven: false },
  signatures: [],
  proving: [],
  unanswered: [],
}

const cut = ({ detail, result }: Check): Check => ({
  result: result.slice(0, 32),
  detail: detail.slice(0, reasonLimit),
})

/** Of exactly one Date; V8 reads the dates of RFC 5322 §3.3. */
const dateMillis = (head: MailHead): number | null => {
  const [only, ...more] = fieldsNamed(head, "date")
  const millis = only === undefined || more.length > 0 ? Number.NaN : Date.parse(only.value)
  return Number.isSafeInteger(millis) ? millis : null
}

/** By what a mail that is sent again is known, whatever was changed around what its signature covers. */
const marksOf = (head: MailHead, { arc, proving }: Findings): ReadonlyArray<string> => {
  const [messageId] = fieldsNamed(head, "message-id")
  const forwarded = arc.signature === null ? [] : [arc.signature.id]
  return [
    ...(messageId === undefined || messageId.value === "" ? [] : [mark(`message-id\0${messageId.value}`)]),
    ...[...proving, ...forwarded].map((id) => mark(`signature\0${id}`)),
  ].slice(0, 20)
}

const mark = (what: string) => createHash("sha256").update(what).digest("hex").slice(0, 32)
