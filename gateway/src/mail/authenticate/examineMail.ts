import { arc, dkimVerify, dmarc, spf } from "mailauth"
import type { DKIMVerifyResult, DMARCResult } from "mailauth"
import { examinedArc } from "./examinedArc.ts"
import { notChecked } from "./Findings.ts"
import type { Check, Findings, Signature } from "./Findings.ts"
import type { QuestionLog } from "./QuestionLog.ts"
import { excuseHabit, habitQuestion } from "./serviceHabits.ts"
import { signatureFaults } from "./signatureFaults.ts"
import { toSignature } from "./toSignature.ts"

/** Where a mail came from. */
export interface Sender {
  /** The address that connected; null when it is not known, or is another server of this machine. */
  readonly remoteAddress: string | null
  readonly helo: string
  /** MAIL FROM; empty for a bounce. */
  readonly envelopeFrom: string
}

export interface ExamineRules {
  /** Our own name, for the methods' explanations. */
  readonly domain: string
  /** Headers, lower case, that a signature has to cover where the mail has them. */
  readonly signedHeaders: ReadonlyArray<string>
  /** Whether a signature may leave out what its domain's mail service always leaves out. */
  readonly excuseServices: boolean
  /** Domains whose ARC seals are believed, lower case. */
  readonly trustedForwarders: ReadonlyArray<string>
  readonly nowMillis: number
}

/** Shorter RSA keys prove nothing (RFC 8301 §3.2 asks for 1,024 at least). */
const minBitLength = 1_024

/**
 * Runs SPF, DKIM, DMARC and ARC over a mail: the only file that knows `mailauth`, and its traps. It says `pass` for a
 * signature with a part of the body (l=), for one dated in the future, and for DMARC by either of these; it gives no DMARC
 * result at all where there is not one author; headers that others wrote (Authentication-Results, Received) are never
 * looked at. Strict: what an RFC forbids is no pass.
 */
export const examineMail = async (
  raw: Uint8Array,
  sender: Sender,
  dns: QuestionLog,
  rules: ExamineRules,
): Promise<Findings> => {
  const { resolver } = dns
  const common = { resolver, strict: true, minBitLength }
  const verified = await dkimVerify(bufferOf(raw), { ...common, curTime: new Date(rules.nowMillis) })
  const spfCheck = await examineSpf(sender, dns, rules.domain)
  const arcResult = await arc(arcDataOf(verified), common)
  const found = verified.results.flatMap((result) =>
    result.signingDomain === undefined ? [] : [toSignature(result, verified, rules.signedHeaders)],
  )
  const signatures = rules.excuseServices
    ? await Promise.all(found.map((signature) => excuseHabit(signature, dns)))
    : found
  const ask = (dkim: ReadonlyArray<Signature>, spfDomains: ReadonlyArray<string>) =>
    dmarc({
      headerFrom: verified.headerFrom,
      fromFields: verified.fromFields,
      spfDomains: [...spfDomains],
      dkimDomains: dkim.map(({ domain, id }) => ({ id, domain })),
      resolver,
      strict: true,
    })
  // What is shown is DMARC as everybody else means it; what counts is whether it would pass by whole signatures alone.
  const passing = signatures.filter(({ result }) => result === "pass")
  const whole = passing.filter((signature) => signatureFaults(signature, rules.nowMillis).length === 0)
  const shown = await ask(passing, spfCheck.domains)
  const proving: Array<string> = []
  for (const signature of whole) {
    const alone = await ask([signature], [])
    if (alone !== false && alone.status.result === "pass") proving.push(signature.id)
  }
  const dmarcCheck =
    shown === false ? { ...notChecked("it does not name one author"), ...noDmarc } : toDmarc(shown)
  return {
    spf: spfCheck.check,
    dkim: overall(signatures),
    dmarc: dmarcCheck,
    arc: examinedArc(arcResult, verified, dmarcCheck.domain, rules.signedHeaders),
    signatures,
    proving,
    unanswered: proving.length > 0 ? [] : unansweredOf(dns, signatures, dmarcCheck, spfCheck.check, rules),
  }
}

const noDmarc = { domain: "", policy: null } as const

const bufferOf = (raw: Uint8Array) => Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)

const arcDataOf = ({ arc: found }: DKIMVerifyResult) => ({
  chain: found === undefined || found.chain === false ? [] : found.chain,
  ...(found?.lastEntry === undefined ? {} : { lastEntry: found.lastEntry }),
  ...(found?.error === undefined ? {} : { error: found.error }),
})

const examineSpf = async (
  { envelopeFrom, helo, remoteAddress }: Sender,
  { resolver }: QuestionLog,
  domain: string,
): Promise<{ readonly check: Check; readonly domains: ReadonlyArray<string> }> => {
  if (remoteAddress === null) return { check: notChecked("the sending server is not known"), domains: [] }
  const found = await spf({
    sender: envelopeFrom,
    ip: remoteAddress,
    helo: helo || "unknown.invalid",
    mta: domain,
    resolver,
    strict: true,
  })
  const { result } = found.status
  return {
    check: { result, detail: clean(found.status.comment ?? "") },
    domains: result === "pass" ? [found.domain] : [],
  }
}

const toDmarc = (found: DMARCResult): Findings["dmarc"] => {
  const { result } = found.status
  const policy = [found.policy].find((word) => word === "none" || word === "quarantine" || word === "reject")
  const words: Record<string, string> = {
    pass: `a policy (p=${found.p}) was found and met`,
    fail: `neither a signature nor the sending server speaks for its author's domain, which asks for p=${found.policy}`,
    none: "its author's domain has no policy",
    temperror: `the policy could not be looked up (${found.error ?? "no answer"})`,
  }
  return {
    result,
    detail: clean(words[result] ?? ""),
    domain: (found.status.header?.from ?? "").toLowerCase(),
    policy: policy ?? null,
  }
}

/** DKIM's results in one: the best there is, for that is what DMARC takes. */
const overall = (signatures: ReadonlyArray<Signature>): Check => {
  if (signatures.length === 0) return { result: "none", detail: "it is not signed" }
  const order = ["pass", "temperror", "fail", "policy", "neutral"]
  const [best] = signatures.toSorted((a, b) => order.indexOf(a.result) - order.indexOf(b.result))
  return {
    result: best?.result ?? "none",
    detail: clean(
      signatures
        .map(({ detail, domain, result, selector }) => `${domain} (${selector}): ${result} ${detail}`.trim())
        .join("; "),
    ),
  }
}

/** Only what could have made it proven, or kept it from being refused. */
const unansweredOf = (
  dns: QuestionLog,
  signatures: ReadonlyArray<Signature>,
  dmarcCheck: Check,
  spfCheck: Check,
  { trustedForwarders }: ExamineRules,
): ReadonlyArray<string> => {
  const keys = signatures
    .filter(({ related, result }) => related && result === "temperror")
    .map(({ domain, selector }) => `${selector}._domainkey.${domain}`.toLowerCase())
  const habits = signatures.map(habitQuestion)
  const policyUnknown = dmarcCheck.result === "temperror"
  const spfUnknown = spfCheck.result === "temperror" && dmarcCheck.result !== "pass"
  return dns.unanswered.filter((question) => {
    const name = question.slice(0, question.indexOf(" "))
    if (keys.includes(name)) return true
    if (habits.includes(question.slice(0, question.lastIndexOf(" ")))) return true
    if (name.startsWith("_dmarc.")) return policyUnknown
    const key = name.indexOf("._domainkey.")
    return key === -1 ? spfUnknown : trustedForwarders.includes(name.slice(key + "._domainkey.".length))
  })
}

const clean = (words: string) => words.replaceAll(/[\p{Cc}]+/gu, " ").slice(0, 500)
