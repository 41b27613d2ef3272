import type { MailCheck } from "@maillm/schema/MailOrigin"
import { automaticReason } from "../automatic.ts"
import { rawHeaders } from "../rawHeaders.ts"
import { authenticateMail } from "./authenticateMail.ts"
import type { AuthenticationRules } from "./authenticateMail.ts"
import type { Verdict } from "./judgeMail.ts"
import type { Ask } from "./QuestionLog.ts"

export interface Verification {
  readonly verdict: Verdict
  readonly reasons: ReadonlyArray<string>
  readonly spf: MailCheck
  readonly dkim: MailCheck
  readonly dmarc: MailCheck
  readonly arc: MailCheck
}

export interface VerifiedSender {
  /** Null when not known: SPF is then not looked at. */
  readonly remoteAddress: string | null
  readonly helo: string
  /** MAIL FROM, empty for a bounce; null when not known. */
  readonly envelopeFrom: string | null
}

/**
 * What would become of a mail, with all that can be said without an account: whose mail it has to be, and what came
 * before, only the user's actor knows. Line ends are those of the wire, or LF alone throughout, as in a file.
 */
export const verifyMail = async (
  given: Uint8Array,
  sender: VerifiedSender,
  ask: Ask,
  rules: AuthenticationRules,
): Promise<Verification> => {
  const raw = asOnTheWire(given)
  const envelopeFrom = sender.envelopeFrom ?? ""
  const { origin, verdict } = await authenticateMail(raw, { ...sender, envelopeFrom }, ask, rules)
  const { arc, dkim, dmarc, spf } = origin
  const automatic = automaticReason(rawHeaders(raw))
  const machine = [
    ...(automatic === null ? [] : [`it was sent by a machine: ${automatic}`]),
    ...(sender.envelopeFrom === "" ? ["it was sent by a machine: its sender is empty (MAIL FROM:<>)"] : []),
  ]
  const checks = { spf, dkim, dmarc, arc }
  if (hasBareLineEnds(raw)) {
    const reasons = ["its lines do not all end in CR LF, which the SMTP server refuses", ...origin.reasons]
    return { verdict: "reject", reasons, ...checks }
  }
  const held = machine.length > 0 && verdict !== "reject" ? "quarantine" : verdict
  return { verdict: held, reasons: [...origin.reasons, ...machine], ...checks }
}

const asOnTheWire = (raw: Uint8Array): Uint8Array => {
  const text = Buffer.from(raw).toString("latin1")
  return text.includes("\r") ? raw : Buffer.from(text.replaceAll("\n", "\r\n"), "latin1")
}

const hasBareLineEnds = (raw: Uint8Array) => /\r(?!\n)|(?<!\r)\n/.test(Buffer.from(raw).toString("latin1"))
