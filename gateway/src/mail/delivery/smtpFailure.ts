import { enhancedStatus, saysAddressIsNone } from "../bounce/enhancedStatus.ts"

/** Why a server did not take a mail. */
export interface SmtpFailure {
  /** It will not take this one, ever. */
  readonly permanent: boolean
  /** The status with which it says that the address is none; null otherwise. */
  readonly deadStatus: string | null
  /** It does not want this MAIL FROM. */
  readonly refusedSender: boolean
  /** STARTTLS was there and did not work. */
  readonly tlsFailed: boolean
  readonly reason: string
}

const field = (error: unknown, name: string): unknown =>
  typeof error === "object" && error !== null && name in error ? Reflect.get(error, name) : undefined

/** Commands of a mail itself. A refusal before them (greeting, sign-in, STARTTLS) is no verdict on it. */
const mailCommands = new Set(["MAIL FROM", "RCPT TO", "DATA"])

/** What nodemailer's error means. */
export const smtpFailure = (error: unknown): SmtpFailure => {
  const code = field(error, "responseCode")
  const given = field(error, "command")
  const command = typeof given === "string" ? given : ""
  const refused = typeof code === "number" && code >= 500
  const reply = field(error, "response")
  const status = typeof reply === "string" ? enhancedStatus(reply) : null
  const reason = (error instanceof Error ? error.message : String(error))
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 900)
  const impossible = field(error, "code") === "EENVELOPE" && typeof code !== "number"
  return {
    permanent: impossible || (refused && mailCommands.has(command)),
    deadStatus:
      refused && command === "RCPT TO" && status !== null && saysAddressIsNone(status) ? status : null,
    refusedSender: refused && command === "MAIL FROM",
    tlsFailed:
      field(error, "code") === "ETLS" || command === "STARTTLS" || /:SSL routines:|\bTLS\b/.test(reason),
    reason,
  }
}
