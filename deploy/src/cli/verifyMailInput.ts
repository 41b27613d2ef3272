import { isIP } from "node:net"
import * as Effect from "effect/Effect"
import { Dns } from "@maillm/gateway/dns/Dns"
import { authenticatorOptions } from "@maillm/gateway/mail/authenticate/MailAuthenticator"
import { verifyMail } from "@maillm/gateway/mail/authenticate/verifyMail"
import type { Verification } from "@maillm/gateway/mail/authenticate/verifyMail"
import { MailParser } from "@maillm/gateway/mail/MailParser"
import { readMailTrust } from "../local/readMailTrust.ts"
import { CliFailure } from "./CliFailure.ts"
import { printable } from "./printable.ts"
import { readInput } from "./readInput.ts"
import { readZone } from "./readZone.ts"

export interface VerifyOptions {
  readonly json: boolean
  /** Path of a zone file, or null to ask the DNS. */
  readonly zone: string | null
  readonly ip: string | null
  readonly from: string | null
  readonly helo: string | null
  /** ISO 8601, or null for now. */
  readonly now: string | null
}

const limitBytes = 64 * 1_048_576

/** `maillm mail verify`: what the SMTP server would make of a mail that came over other mail servers. */
export const verifyMailInput = async (options: VerifyOptions): Promise<boolean> => {
  if (options.ip !== null && isIP(options.ip) === 0)
    throw new CliFailure(`--ip ${options.ip} is no IP address: it is that of the server that sends the mail`)
  const nowMillis = options.now === null ? Date.now() : Date.parse(options.now)
  if (Number.isNaN(nowMillis))
    throw new CliFailure(`--now ${String(options.now)} is no time: write it as 2026-11-27T12:00:00Z`)
  const { dnsServers, excuseServices, signedHeaders, trustedForwarders } = readMailTrust({
    optional: (name) => process.env[name]?.trim() || null,
    wrong: (name, may) => {
      throw new CliFailure(`${name} is wrong: ${may}`)
    },
  })
  const dns =
    options.zone === null ? Dns.layer({ servers: dnsServers }) : Dns.layerZone(readZone(options.zone))
  const raw = await readInput("mail", "maillm mail verify < mail.eml", limitBytes)
  const domain = (process.env["MAILLM_DOMAIN"] ?? "maillm.localhost").toLowerCase()
  const found = await Effect.runPromise(
    Effect.gen(function* () {
      const { resolve } = yield* Dns
      return yield* Effect.promise(() =>
        verifyMail(
          raw,
          { remoteAddress: options.ip, helo: options.helo ?? "", envelopeFrom: senderOf(options.from) },
          (name, type) => Effect.runPromise(resolve(name, type)),
          {
            domain,
            excuseServices,
            signedHeaders,
            trustedForwarders,
            nowMillis,
            dnsMillis: authenticatorOptions.dnsMillis,
          },
        ),
      )
    }).pipe(Effect.provide(dns)),
  )
  const verification = found.verdict === "command" ? await withText(found, raw, domain) : found
  console.log(options.json ? JSON.stringify(asJson(verification)) : printable(inWords(verification)))
  return true
}

const senderOf = (from: string | null): string | null => from?.trim().replace(/^<(.*)>$/, "$1") ?? null

/** A proven mail without a text of its author's own asks for nothing: what is quoted or forwarded is no command. */
const withText = async (found: Verification, raw: Uint8Array, domain: string): Promise<Verification> => {
  const parsed = await Effect.runPromise(
    MailParser.use(({ parse }) => parse(raw)).pipe(Effect.provide(MailParser.layerOf(domain))),
  )
  const reasons =
    parsed._tag === "Unreadable"
      ? [parsed.reason]
      : parsed.mail.newestText.trim() === ""
        ? ["it has no text of its own; what it quotes or forwards is no command"]
        : []
  return reasons.length === 0 ? found : { ...found, verdict: "quarantine", reasons }
}

const asJson = ({ arc, dkim, dmarc, reasons, spf, verdict }: Verification) => ({
  verdict,
  reasons,
  spf: spf.result,
  dkim: dkim.result,
  dmarc: dmarc.result,
  arc: arc.result,
  details: { spf: spf.detail, dkim: dkim.detail, dmarc: dmarc.detail, arc: arc.detail },
})

const meanings: Readonly<Record<Verification["verdict"], string>> = {
  command: "Command: it was written by its author, and is done if that is you",
  quarantine: "Quarantine: it is kept and shown, and not acted on",
  reject: "Reject: it is refused with 550",
  retry: "Retry: it is put off with 451, until the DNS answers",
}

const inWords = ({ arc, dkim, dmarc, reasons, spf, verdict }: Verification): string =>
  [
    meanings[verdict],
    ...reasons.map((reason) => `  ${reason}`),
    "",
    ...Object.entries({ SPF: spf, DKIM: dkim, DMARC: dmarc, ARC: arc }).map(([name, { detail, result }]) =>
      `${name.padEnd(6)}${result.padEnd(10)} ${detail}`.trimEnd(),
    ),
  ].join("\n")
