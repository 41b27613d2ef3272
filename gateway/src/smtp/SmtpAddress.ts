import * as Context from "effect/Context"
import type { CertificateState } from "./certificate.ts"

/** Where inbound mail is taken, once it is. */
export class SmtpAddress extends Context.Service<
  SmtpAddress,
  {
    readonly port: number
    /** Of TLS from the first byte on; null when there is no such listener. */
    readonly smtpsPort: number | null
    /** Whether whoever connects from this machine must begin with a PROXY header. */
    readonly proxied: boolean
    /** How the certificate is now; null when there is none. */
    readonly certificate: () => CertificateState | null
    /** Reads the certificate's files again, as is done whenever they change. */
    readonly reloadCertificate: () => void
  }
>()("@maillm/gateway/smtp/SmtpAddress") {}
