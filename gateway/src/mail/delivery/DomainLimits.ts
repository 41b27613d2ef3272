import { TokenBucket } from "../../live/TokenBucket.ts"

export interface DomainLimitOptions {
  /** Connections to one domain at the same time. */
  readonly connections: number
  /** Mails to one domain in a minute, after a burst of as many. */
  readonly mailsPerMinute: number
}
export const domainLimitOptions: DomainLimitOptions = { connections: 2, mailsPerMinute: 60 }

/** Domains remembered; one that nothing goes to now is forgotten first. */
const domainLimit = 1_000

interface Domain {
  readonly mails: TokenBucket
  open: number
}

/** How much one domain gets at a time, so that it does not take us for a flood. */
export class DomainLimits {
  readonly #options: DomainLimitOptions
  readonly #domains = new Map<string, Domain>()

  constructor(options: DomainLimitOptions = domainLimitOptions) {
    this.#options = options
  }

  /** A place, to be given back; null when there is none now. */
  enter(name: string): (() => void) | null {
    const { connections, mailsPerMinute } = this.#options
    const domain = this.#domains.get(name) ?? {
      mails: new TokenBucket(mailsPerMinute / 60, mailsPerMinute),
      open: 0,
    }
    this.#domains.delete(name)
    this.#domains.set(name, domain)
    this.#forgetIdle()
    if (domain.open >= connections || !domain.mails.take()) return null
    domain.open += 1
    return () => {
      domain.open -= 1
    }
  }

  #forgetIdle(): void {
    for (const [name, { open }] of this.#domains) {
      if (this.#domains.size <= domainLimit) return
      if (open === 0) this.#domains.delete(name)
    }
  }
}
