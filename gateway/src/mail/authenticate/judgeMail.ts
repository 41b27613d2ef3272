import type { RelayedMail } from "@maillm/schema/MailOrigin"
import type { Findings } from "./Findings.ts"
import type { Author } from "./readAuthor.ts"
import { signatureFaults } from "./signatureFaults.ts"

/**
 * What becomes of a mail, as far as its sender is concerned. `retry` is 451: the DNS did not answer, and the sender's
 * server is to come again. `reject` is 550: its author's domain asks that such mail be refused.
 */
export type Verdict = "command" | "quarantine" | "reject" | "retry"

export interface Judgement {
  readonly verdict: Verdict
  readonly standing: RelayedMail["standing"]
  /** Why it is no command; empty for one. */
  readonly reasons: ReadonlyArray<string>
}

export interface JudgedMail {
  readonly author: Author
  /** Of the header block, `MailHead.faults`. */
  readonly headFaults: ReadonlyArray<string>
  /** When it says that it was written, or null. */
  readonly dateMillis: number | null
  readonly findings: Findings
}

export interface JudgeRules {
  /** Domains whose ARC seals are believed, lower case. */
  readonly trustedForwarders: ReadonlyArray<string>
}

/** Date and time of arrival may differ by so much, either way. A repeat is known again for longer than that. */
export const freshMillis = 24 * 3_600_000

/**
 * Whether a mail that came over other servers was written by its author (docs/decisions/0017). Only a pass counts, and
 * whatever speaks against it is said. Pure.
 */
export const judgeMail = (mail: JudgedMail, rules: JudgeRules, nowMillis: number): Judgement => {
  const { author, findings, headFaults } = mail
  const own = [...headFaults, ...author.faults, ...dateFaults(mail.dateMillis, nowMillis)]
  const broken = findings.signatures.filter(({ related, result }) => isBroken(result, related))
  const spoiled = broken.flatMap((signature) => signatureFaults(signature, nowMillis))
  const meant = domainOf(author.address) === findings.dmarc.domain
  const proven = findings.dmarc.result === "pass" && findings.proving.length > 0 && meant
  if (own.length === 0 && proven && spoiled.length === 0)
    return { verdict: "command", standing: "proven", reasons: [] }
  if (own.length === 0 && meant && isForwarded(findings, rules, nowMillis))
    return { verdict: "command", standing: "forwarded", reasons: [] }
  const { unanswered } = findings
  if (own.length === 0 && unanswered.length > 0) {
    const reasons = unanswered.map((question) => `the DNS did not answer: ${question}`)
    return { verdict: "retry", standing: "unproven", reasons }
  }
  const found = [...own, ...spoiled, ...(proven ? [] : unprovenReasons(mail, nowMillis, broken))]
  const reasons = found.length > 0 ? found : ["it could not be shown that its author wrote it"]
  const rejected = findings.dmarc.result === "fail" && findings.dmarc.policy === "reject"
  return { verdict: rejected ? "reject" : "quarantine", standing: "unproven", reasons }
}

/** A signature that was made of something else than this mail. One whose key is gone says nothing, unless it is the author's. */
const isBroken = (result: string, related: boolean) =>
  result === "fail" || (related && result !== "pass" && result !== "temperror")

const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1)

const dateFaults = (dateMillis: number | null, nowMillis: number): ReadonlyArray<string> => {
  if (dateMillis === null) return ["it does not say when it was written (Date)"]
  if (Math.abs(nowMillis - dateMillis) <= freshMillis) return []
  return [`it was not written today: its date is ${new Date(dateMillis).toISOString()}`]
}

/** A trusted forwarder has seen it proven, and what it passed on is what came. */
const isForwarded = ({ arc }: Findings, { trustedForwarders }: JudgeRules, nowMillis: number): boolean =>
  arc.result === "pass" &&
  arc.saysProven &&
  arc.sealer !== null &&
  trustedForwarders.includes(arc.sealer) &&
  arc.signature !== null &&
  arc.signature.domain.toLowerCase() === arc.sealer &&
  signatureFaults(arc.signature, nowMillis).length === 0

const unprovenReasons = (
  { author, findings }: JudgedMail,
  nowMillis: number,
  said: Findings["signatures"],
): ReadonlyArray<string> => {
  const { arc, dmarc, proving, signatures } = findings
  const domain = domainOf(author.address)
  if (domain === "") return []
  const others = signatures.filter((signature) => !said.includes(signature))
  return [
    ...(dmarc.result === "none"
      ? [
          `${domain} has no DMARC policy, and none is no pass: publish _dmarc.${domain} TXT "v=DMARC1; p=none"`,
        ]
      : dmarc.result === "pass"
        ? []
        : [`DMARC ${dmarc.result}: ${dmarc.detail}`]),
    ...(proving.length > 0
      ? []
      : signatures.length === 0
        ? [`it has no signature (DKIM) of ${domain}`]
        : others.flatMap((signature) =>
            signature.related || signature.result !== "pass"
              ? signatureFaults(signature, nowMillis)
              : [`it is signed by ${signature.domain}, which does not speak for ${domain}`],
          )),
    ...(arc.result === "pass" && arc.sealer !== null
      ? [`${arc.sealer} forwarded it and vouches for it (ARC), which counts from trusted forwarders only`]
      : []),
  ]
}
