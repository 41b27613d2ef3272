/** A method's result in the word of RFC 8601 §2.7, and what led to it. */
export interface Check {
  readonly result: string
  readonly detail: string
}

/** One DKIM-Signature, or the ARC-Message-Signature of the newest ARC set, as it was verified. */
export interface Signature {
  /** SHA-256 of its value (b=), hex. */
  readonly id: string
  readonly domain: string
  readonly selector: string
  readonly algorithm: string
  readonly result: string
  /** Why, where it is no pass. */
  readonly detail: string
  /** Whether its domain looks related to the author's, before DMARC has said so. */
  readonly related: boolean
  /** False when it has an l=: then others may have added to the body. */
  readonly wholeBody: boolean
  /** Of the headers that a signature has to cover, those present in the mail that it does not cover in each of their places. */
  readonly uncovered: ReadonlyArray<string>
  /** Its key says that it is only being tried out (t=y). */
  readonly testing: boolean
  /** From t= and x=, milliseconds since 1970; null where it does not say. */
  readonly signedAtMillis: number | null
  readonly expiresAtMillis: number | null
}

/** What the methods found, before anything is concluded from it. */
export interface Findings {
  readonly spf: Check
  readonly dkim: Check
  readonly dmarc: Check & {
    /** The author's domain that it was evaluated for; empty when there is not exactly one. */
    readonly domain: string
    /** What that domain wants done with a mail that fails; null when it says nothing. */
    readonly policy: "none" | "quarantine" | "reject" | null
  }
  readonly arc: Check & {
    /** Whom the newest ARC set is of (d= of its seal), when the whole chain is good. */
    readonly sealer: string | null
    /** The newest set's own signature of the mail. */
    readonly signature: Signature | null
    /** That the sealer saw DMARC pass, by a signature of the author's domain. */
    readonly saysProven: boolean
  }
  readonly signatures: ReadonlyArray<Signature>
  /** Ids of the signatures that are without fault and of a domain that speaks for the author's, as DMARC says. */
  readonly proving: ReadonlyArray<string>
  /** Questions to the DNS that nobody answered and that could have proven it, such as `s1._domainkey.example.org TXT (ETIMEOUT)`. */
  readonly unanswered: ReadonlyArray<string>
}

export const notChecked = (why: string): Check => ({ result: "none", detail: `not checked: ${why}` })
