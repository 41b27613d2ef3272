import { certificateState, readCertificate } from "./certificate.ts"
import type { Certificate, CertificateFiles, CertificateState } from "./certificate.ts"
import type { CertificatePair } from "./TlsFront.ts"

export interface CertificateUse {
  /** Gives the pair to the listeners, from the next handshake on. */
  readonly use: (pair: CertificatePair) => void
  readonly info: (line: string) => void
  readonly warn: (line: string) => void
}

/** The certificate in use, and what became of newer ones. Throws `CertificateUnusable` if there is none to begin with. */
export class CurrentCertificate {
  readonly #files: CertificateFiles
  #current: Certificate
  /** Why the files as they are now are not used; null when they are. */
  #broken: string | null = null

  constructor(files: CertificateFiles) {
    this.#files = files
    this.#current = readCertificate(files)
  }

  get pair(): CertificatePair {
    return this.#current
  }

  /**
   * Reads the files again. A pair that is new and whole is used from now on; of one that is broken, the old one stays,
   * and it is said once. Certificate and key are seldom replaced in the same instant, so it may be whole the next time.
   */
  reload({ use, info, warn }: CertificateUse): void {
    try {
      const next = readCertificate(this.#files)
      const isNew = next.cert !== this.#current.cert || next.key !== this.#current.key
      const was = this.#broken
      this.#broken = null
      if (!isNew) return
      use(next)
      this.#current = next
      const { state, detail } = certificateState(next, Date.now())
      if (state === "ok")
        info(`SMTP: a new certificate is in use${was === null ? "" : " after all"}: ${detail}`)
      else warn(`SMTP: a new certificate is in use, and ${detail}`)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (reason !== this.#broken)
        warn(`SMTP: the old certificate stays in use, for the new one is broken: ${reason}`)
      this.#broken = reason
    }
  }

  state(nowMillis: number): CertificateState {
    const current = certificateState(this.#current, nowMillis)
    return this.#broken === null
      ? current
      : {
          state: "degraded",
          detail: `the old certificate stays in use (${current.detail}), for ${this.#broken}`,
        }
  }
}
