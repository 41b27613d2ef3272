import { isIP } from "node:net"
import { defaultSignedHeaders } from "@maillm/gateway/mail/authenticate/MailAuthenticator"

/** Settings about who is believed to have sent a mail. */
export const mailTrustSettingNames = [
  "MAILLM_DNS",
  "MAILLM_TRUSTED_FORWARDERS",
  "MAILLM_SIGNED_HEADERS",
  "MAILLM_TRUST_THIS_MACHINE",
] as const
export type MailTrustSettingName = (typeof mailTrustSettingNames)[number]

export interface MailTrust {
  /** Servers to ask, `address` or `address:port`; the system's where empty. */
  readonly dnsServers: ReadonlyArray<string>
  /** Domains whose ARC seals are believed, lower case. */
  readonly trustedForwarders: ReadonlyArray<string>
  /** Headers that a signature has to cover, lower case. */
  readonly signedHeaders: ReadonlyArray<string>
  /** Whether a signature may leave out what its domain's mail service always leaves out: unless the headers are set. */
  readonly excuseServices: boolean
  /** Whether a mail that no server has relayed and that comes over loopback is its owner's. */
  readonly trustThisMachine: boolean
}

export interface MailTrustSource {
  readonly optional: (name: MailTrustSettingName) => string | null
  /** What to do about a wrong value; the default is used if it returns. */
  readonly wrong: (name: MailTrustSettingName, may: string) => void
}

/** Reads and checks them. */
export const readMailTrust = ({ optional, wrong }: MailTrustSource): MailTrust => {
  const list = (name: MailTrustSettingName, good: (word: string) => boolean, may: string) => {
    const words = (optional(name) ?? "").split(/[\s,]+/).filter((word) => word !== "")
    if (words.every(good)) return words
    wrong(name, may)
    return []
  }
  const trusted = optional("MAILLM_TRUST_THIS_MACHINE")
  if (trusted !== null && trusted !== "yes" && trusted !== "no")
    wrong("MAILLM_TRUST_THIS_MACHINE", "it may be yes or no")
  const signed = list(
    "MAILLM_SIGNED_HEADERS",
    (word) => /^[!-9;-~]{1,76}$/.test(word),
    `it must be names of headers, such as ${defaultSignedHeaders.join(",")}`,
  ).map((word) => word.toLowerCase())
  // A signature without From is none (RFC 6376 §5.4).
  const signedHeaders = signed.length === 0 ? defaultSignedHeaders : [...new Set(["from", ...signed])]
  return {
    dnsServers: list(
      "MAILLM_DNS",
      isServer,
      "it must be addresses of DNS servers, such as 192.0.2.53,[2001:db8::53]:5353",
    ),
    trustedForwarders: list(
      "MAILLM_TRUSTED_FORWARDERS",
      (word) => /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(word),
      "it must be domains that seal what they forward (ARC), such as lists.example.org",
    ).map((word) => word.toLowerCase()),
    signedHeaders,
    excuseServices: signed.length === 0,
    trustThisMachine: trusted !== "no",
  }
}

const isServer = (word: string): boolean => {
  const [, bracketed, bare = "", port = "53"] =
    /^(?:\[([^\]]+)\]|([^:]+|[0-9a-f:]+))(?::(\d{1,5}))?$/i.exec(word) ?? []
  const plain = isIP(word) !== 0
  return (
    plain || ((bracketed === undefined ? isIP(bare) === 4 : isIP(bracketed) === 6) && Number(port) <= 65_535)
  )
}
