import type { DnsAnswer, DnsRecord, RecordType } from "../../dns/DnsAnswer.ts"
import { plainName, recordTypes } from "../../dns/DnsAnswer.ts"

/**
 * Questions that one mail may cause. SPF may ask 10 (RFC 7208 §4.6.4, and 10 for each of its MX), DMARC 8 for each domain
 * that it walks up, DKIM one for each signature: an honest mail needs about ten.
 */
const questionLimit = 100

export type Ask = (name: string, type: RecordType) => Promise<DnsAnswer>

/**
 * mailauth's resolver for one mail: asks each question once, counts them, and remembers which were not answered. What is
 * not answered when the mail's time is over never will be.
 */
export class QuestionLog {
  readonly #ask: Ask
  readonly #deadline: number
  readonly #answers = new Map<string, Promise<DnsAnswer>>()
  readonly #unanswered = new Set<string>()

  constructor(ask: Ask, budgetMillis: number) {
    this.#ask = ask
    this.#deadline = performance.now() + budgetMillis
  }

  /** Such as `_dmarc.example.org TXT (ETIMEOUT)`, name in lower case. */
  get unanswered(): ReadonlyArray<string> {
    return [...this.#unanswered]
  }

  /** As Node's `dns.promises.resolve`. The records' type is that of the question. */
  readonly resolver = async (given: string, rrtype: string): Promise<Array<string>> => {
    const name = plainName(given)
    const type = recordTypes.find((known) => known === rrtype)
    if (type === undefined) throw dnsError("ENODATA", rrtype, name)
    const answer = await this.#once(name, type)
    if (answer._tag === "Records") {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- mailauth's type leaves out MX, its code does not
      return answer.records.map(copyOf) as Array<string>
    }
    if (answer._tag === "Failed") this.#unanswered.add(`${name} ${type} (${answer.code})`)
    throw dnsError(answer.code, type, name)
  }

  #once(name: string, type: RecordType): Promise<DnsAnswer> {
    const key = `${type} ${name}`
    const known = this.#answers.get(key)
    if (known !== undefined) return known
    // As if there were no such record: a sender who asks for more must not be able to have us try again for ever.
    if (this.#answers.size >= questionLimit) return Promise.resolve({ _tag: "None", code: "ENODATA" })
    const asked = within(this.#deadline - performance.now(), () => this.#ask(name, type))
    this.#answers.set(key, asked)
    return asked
  }
}

/** mailauth may change what it is given, and others are given the same. */
const copyOf = (record: DnsRecord): DnsRecord => {
  if (typeof record === "string") return record
  return "exchange" in record ? { ...record } : [...record]
}

const within = async (millis: number, ask: () => Promise<DnsAnswer>): Promise<DnsAnswer> => {
  const late: DnsAnswer = { _tag: "Failed", code: "ETIMEOUT" }
  if (millis <= 0) return late
  const timeout = Promise.withResolvers<DnsAnswer>()
  const timer = setTimeout(() => timeout.resolve(late), millis)
  try {
    return await Promise.race([ask(), timeout.promise])
  } finally {
    clearTimeout(timer)
  }
}

const dnsError = (code: string, type: string, name: string) =>
  Object.assign(new Error(`${type} of ${name}: ${code}`), { code })
