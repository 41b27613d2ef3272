import { getPolicy, validateMx } from "mailauth/lib/mta-sts.js"
import type { MTASTSPolicy } from "mailauth"
import { QuestionLog } from "../authenticate/QuestionLog.ts"
import type { Ask } from "../authenticate/QuestionLog.ts"

/** What a domain wants of who sends to it. */
export interface StsPolicy {
  /** Only over TLS with a right certificate, and only to hosts that `allows` says yes to. */
  readonly enforced: boolean
  readonly allows: (host: string) => boolean
}

export type FetchPolicy = (domain: string, known: MTASTSPolicy | null) => Promise<MTASTSPolicy>

/** Domains whose policies are remembered; the one asked for the longest ago goes first. */
const domainLimit = 1_000
/** For DNS and policy file together. */
const fetchMillis = 15_000
/** A policy that was looked at a moment ago is not looked at again, whatever it says. */
const freshMillis = 60_000

const none: StsPolicy = { enforced: false, allows: () => true }

/**
 * Policies of MTA-STS (RFC 8461), fetched over HTTPS within bounds and remembered for as long as they say, whatever becomes of
 * the record and the file that they came from; from half of that time on they are fetched anew where they can be. They are
 * forgotten when the process ends.
 */
export class StsPolicies {
  readonly #fetch: FetchPolicy
  readonly #now: () => number
  readonly #known = new Map<
    string,
    { readonly policy: Promise<MTASTSPolicy | null>; readonly atMillis: number }
  >()

  constructor(fetch: FetchPolicy, now: () => number = () => performance.now()) {
    this.#fetch = fetch
    this.#now = now
  }

  /** With a resolver; policy files come over HTTPS. */
  static of(ask: Ask, now?: () => number): StsPolicies {
    return new StsPolicies(async (domain, known) => {
      const { resolver } = new QuestionLog(ask, fetchMillis)
      return (await getPolicy(domain, known, { resolver, timeout: fetchMillis })).policy
    }, now)
  }

  async of(domain: string): Promise<StsPolicy> {
    const policy = await this.#look(domain.toLowerCase())
    if (policy === null || policy.mode !== "enforce") return none
    return { enforced: true, allows: (host) => validateMx(host, policy).valid }
  }

  #look(domain: string): Promise<MTASTSPolicy | null> {
    const known = this.#known.get(domain)
    if (known !== undefined && this.#now() - known.atMillis < freshMillis) return known.policy
    const policy = this.#renew(domain, known?.policy ?? Promise.resolve(null))
    this.#known.delete(domain)
    this.#known.set(domain, { policy, atMillis: this.#now() })
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= domainLimit) break
      this.#known.delete(oldest)
    }
    return policy
  }

  async #renew(domain: string, before: Promise<MTASTSPolicy | null>): Promise<MTASTSPolicy | null> {
    const known = unexpired(await before)
    try {
      // Of what is known and has not changed only the record is looked at, and its end stays where it is.
      const renewed = isHalfOver(known) ? await this.#fetch(domain, null) : null
      return renewed !== null && isWhole(renewed) ? renewed : await this.#fetch(domain, known)
    } catch {
      return known
    }
  }
}

const leftMillis = ({ expires }: MTASTSPolicy): number => Date.parse(expires ?? "") - Date.now()

/** mailauth goes on with one that is over where no new one is to be had, and RFC 8461 §5.1 does not. */
const unexpired = (policy: MTASTSPolicy | null): MTASTSPolicy | null =>
  policy === null || leftMillis(policy) <= 0 ? null : policy

const isHalfOver = (policy: MTASTSPolicy | null): boolean =>
  policy !== null && policy.maxAge !== undefined && leftMillis(policy) < policy.maxAge * 500

/** Neither a domain without a policy nor one whose policy could not be had now. */
const isWhole = ({ error, id }: MTASTSPolicy): boolean => typeof id === "string" && error === undefined
