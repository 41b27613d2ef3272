import { Zone } from "../../../dns/Zone.ts"
import { authenticateMail } from "../authenticateMail.ts"
import { compose, keyRecords, makeKey, sampleNow, sign, signedHeaders } from "./signedMail.ts"

/** Keys of the author's domain: good ones, and such as prove nothing. */
export const own = makeKey("example.org", "s1")
export const weak = makeKey("example.org", "weak", { bits: 512 })
export const edwards = makeKey("example.org", "ed", { ed25519: true })
export const tried = makeKey("example.org", "tried", { flags: "y" })
export const below = makeKey("mail.example.org", "m1")
export const evil = makeKey("evil.example", "e1")
export const lists = makeKey("lists.example", "l1")

const records = {
  ...keyRecords(own, weak, edwards, tried, below, evil, lists),
  "_dmarc.example.org TXT": ["v=DMARC1; p=none"],
  "example.org TXT": ["v=spf1 ip4:192.0.2.1 -all"],
  "_dmarc.evil.example TXT": ["v=DMARC1; p=reject"],
  "evil.example TXT": ["v=spf1 ip4:198.51.100.7 -all"],
}

/** A mail, and the world that it comes in. */
export interface Case {
  readonly raw: string | Promise<string>
  readonly zone?: Readonly<Record<string, unknown>>
  readonly ip?: string | null
  readonly from?: string
  readonly helo?: string
  readonly now?: number
  readonly forwarders?: ReadonlyArray<string>
}

export const authenticate = async (sample: Case) => {
  const zone = Zone.from({ ...records, ...sample.zone })
  const { origin, verdict } = await authenticateMail(
    Buffer.from(await sample.raw, "latin1"),
    {
      remoteAddress: sample.ip === undefined ? "192.0.2.1" : sample.ip,
      helo: sample.helo ?? "mail.example.org",
      envelopeFrom: sample.from ?? "ada@example.org",
    },
    async (name, type) => zone.resolve(name, type),
    {
      domain: "maillm.test",
      signedHeaders,
      excuseServices: true,
      trustedForwarders: sample.forwarders ?? [],
      nowMillis: sample.now ?? sampleNow,
      dnsMillis: 1_000,
    },
  )
  const { arc, dkim, dmarc, reasons, spf, standing } = origin
  return {
    verdict,
    standing,
    origin,
    reasons: reasons.join("\n"),
    results: [spf, dkim, dmarc, arc].map(({ result }) => result).join(" "),
  }
}
export const signed = (change?: Readonly<Record<string, string | null>>, body?: string) =>
  sign(compose(change, body), own)
/** Headers put above a mail on its way. */
export const above = async (headers: string | Promise<string>, raw: string | Promise<string>) =>
  `${await headers}\r\n${await raw}`
/** What stands above From. */
export const headOf = async (raw: Promise<string>) => (await raw).split("\r\nFrom:")[0] ?? ""
