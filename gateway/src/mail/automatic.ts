import { headerValues } from "./rawHeaders.ts"
import type { RawHeader } from "./rawHeaders.ts"

/** Hops after which a mail is taken to run in circles (Postfix `hopcount_limit`). */
const hopLimit = 50

/**
 * Why a mail was not written by a person just now (RFC 3834 §2 and what is in use besides it), in words for the
 * console; null when nothing says so. An empty MAIL FROM says so too; senderTrust finds it in the envelope.
 */
export const automaticReason = (headers: ReadonlyArray<RawHeader>): string | null => {
  const first = (name: string) => headerValues(headers, name)[0]
  const submitted = headerValues(headers, "auto-submitted").find((value) => !/^no\b/i.test(value))
  if (submitted !== undefined) return `Auto-Submitted: ${submitted}`.slice(0, 255)
  const precedence = headerValues(headers, "precedence").find((value) =>
    /^(bulk|list|junk|auto_reply)\b/i.test(value),
  )
  if (precedence !== undefined) return `Precedence: ${precedence}`.slice(0, 255)
  for (const name of ["List-Id", "X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"]) {
    const value = first(name.toLowerCase())
    if (value !== undefined) return `${name}: ${value}`.slice(0, 255)
  }
  if (headerValues(headers, "return-path").some((value) => /^<\s*>$/.test(value))) return "Return-Path: <>"
  if (/^multipart\/report\b/i.test(first("content-type") ?? "")) return "a delivery report (multipart/report)"
  const hops = headerValues(headers, "received").length
  return hops > hopLimit ? `it passed ${hops} servers and may be running in circles` : null
}
