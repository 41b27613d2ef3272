import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { readDkimKey } from "./DkimKey.ts"
import { signMail } from "./signMail.ts"

export interface SignerOptions {
  /** That of the senders' addresses. */
  readonly domain: string
  readonly selector: string
  /** PEM. Never logged. */
  readonly privateKey: Redacted.Redacted
}

/** Signs what leaves. The same mail at the same time gives the same bytes. */
export class MailSigner extends Context.Service<
  MailSigner,
  { readonly sign: (raw: Uint8Array, atMillis: number) => Uint8Array }
>()("@maillm/gateway/mail/dkim/MailSigner") {
  /** Fails with `DkimKeyWrong`. */
  static readonly layer = ({ domain, privateKey, selector }: SignerOptions) =>
    Layer.effect(
      MailSigner,
      Effect.try({
        try: () => {
          const key = readDkimKey(Redacted.value(privateKey))
          return { sign: (raw, atMillis) => signMail(raw, { key, domain, selector, atMillis }) }
        },
        catch: (error) => error,
      }),
    )

  /** Leaves mails as they are; for tests of what is not the signature. */
  static readonly layerNone = Layer.succeed(MailSigner, { sign: (raw) => raw })
}
