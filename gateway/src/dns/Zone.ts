import type { DnsAnswer, DnsRecord, RecordType } from "./DnsAnswer.ts"
import { plainName, recordTypes } from "./DnsAnswer.ts"

/** The zone is not what it has to be; says where and what it may be. */
export class ZoneWrong extends Error {
  override readonly name = "ZoneWrong"
}

/** Ways to say that a question is not answered, or that there is nothing: `DNS_SERVFAIL`, `temperror` and `ESERVFAIL` alike. */
const outcomes: Readonly<Record<string, DnsAnswer>> = {
  SERVFAIL: { _tag: "Failed", code: "ESERVFAIL" },
  TEMPERROR: { _tag: "Failed", code: "ESERVFAIL" },
  TEMPFAIL: { _tag: "Failed", code: "ESERVFAIL" },
  TRYAGAIN: { _tag: "Failed", code: "ESERVFAIL" },
  TIMEOUT: { _tag: "Failed", code: "ETIMEOUT" },
  TIMEDOUT: { _tag: "Failed", code: "ETIMEOUT" },
  REFUSED: { _tag: "Failed", code: "EREFUSED" },
  FORMERR: { _tag: "Failed", code: "EFORMERR" },
  NXDOMAIN: { _tag: "None", code: "ENOTFOUND" },
  NOTFOUND: { _tag: "None", code: "ENOTFOUND" },
  NODATA: { _tag: "None", code: "ENODATA" },
}

const outcomeOf = (value: unknown): DnsAnswer | undefined => {
  const said = typeof value === "string" ? value : errorIn(value)
  if (said === null || /[=\s;]/.test(said)) return undefined
  const word = said.toUpperCase().replaceAll(/[^A-Z]/g, "")
  return outcomes[word.replace(/^DNS/, "")] ?? outcomes[word.replace(/^(DNS)?E/, "")]
}

/** `{"error": "SERVFAIL"}`, or with `rcode` or `code` as the key. */
const errorIn = (value: unknown): string | null => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null
  const said = Object.entries(value).find(
    ([key]) => key === "error" || key === "rcode" || key === "code",
  )?.[1]
  return typeof said === "string" ? said : null
}

/** What the DNS would say, out of `{"name TYPE": [records]}`. */
export class Zone {
  readonly #answers: ReadonlyMap<string, DnsAnswer>
  /** Names that exist: those with records, and all above them. */
  readonly #names: ReadonlySet<string>

  private constructor(answers: ReadonlyMap<string, DnsAnswer>) {
    this.#answers = answers
    const names = new Set<string>()
    for (const [key, answer] of answers) {
      if (answer._tag === "None" && answer.code === "ENOTFOUND") continue
      const labels = key.slice(key.indexOf(" ") + 1).split(".")
      for (let i = 0; i < labels.length; i++) names.add(labels.slice(i).join("."))
    }
    this.#names = names
  }

  /** Fails with `ZoneWrong`. */
  static from(value: unknown): Zone {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new ZoneWrong('a zone is an object such as {"example.org TXT": ["v=spf1 -all"]}')
    return new Zone(
      new Map(Object.entries(value).map(([key, given]) => [keyOf(key), answerOf(key, typeOf(key), given)])),
    )
  }

  resolve(name: string, type: RecordType): DnsAnswer {
    const found = this.#answers.get(`${type} ${name}`)
    if (found !== undefined) return found
    const alias = type === "CNAME" ? undefined : this.#answers.get(`CNAME ${name}`)
    const [target] = alias?._tag === "Records" ? alias.records : []
    // One step only: a loop of aliases has no end.
    if (typeof target === "string")
      return (
        this.#answers.get(`${type} ${plainName(target)}`) ?? { _tag: "None", code: this.#missing(target) }
      )
    return { _tag: "None", code: this.#missing(name) }
  }

  #missing(name: string) {
    return this.#names.has(plainName(name)) ? ("ENODATA" as const) : ("ENOTFOUND" as const)
  }
}

const partsOf = (key: string) => key.trim().split(/\s+/)
const typeOf = (key: string): RecordType => {
  const word = partsOf(key)[1]?.toUpperCase()
  const type = recordTypes.find((known) => known === word)
  if (type === undefined || partsOf(key).length !== 2)
    throw new ZoneWrong(
      `${JSON.stringify(key)}: a key is a name and a type, such as "example.org TXT"; types are ${recordTypes.join(", ")}`,
    )
  return type
}
const keyOf = (key: string) => `${typeOf(key)} ${plainName(partsOf(key)[0] ?? "")}`

const answerOf = (key: string, type: RecordType, given: unknown): DnsAnswer => {
  const values: ReadonlyArray<unknown> = Array.isArray(given) ? given : [given]
  const outcome = values.length === 1 ? outcomeOf(values[0]) : undefined
  if (outcome !== undefined) return outcome
  if (values.length === 0) return { _tag: "None", code: "ENODATA" }
  return { _tag: "Records", records: values.map((value) => recordOf(key, type, value)) }
}

const recordOf = (key: string, type: RecordType, value: unknown): DnsRecord => {
  if (type === "TXT") {
    if (typeof value === "string") return [value]
    if (Array.isArray(value) && value.every((part) => typeof part === "string")) return value
    throw new ZoneWrong(`${JSON.stringify(key)}: a TXT record is a text, or a list of texts that make one`)
  }
  if (type === "MX") return mxOf(key, value)
  if (typeof value === "string") return value
  throw new ZoneWrong(`${JSON.stringify(key)}: a record of type ${type} is a text`)
}

const mxOf = (key: string, value: unknown): DnsRecord => {
  if (typeof value === "string") {
    const [, priority, exchange] = /^(\d{1,5})\s+(\S+)$/.exec(value.trim()) ?? [null, "10", value.trim()]
    return { exchange: plainName(exchange ?? ""), priority: Number(priority) }
  }
  if (typeof value === "object" && value !== null && "exchange" in value) {
    const priority = "priority" in value ? Number(value.priority) : 10
    if (typeof value.exchange === "string" && Number.isInteger(priority))
      return { exchange: plainName(value.exchange), priority }
  }
  throw new ZoneWrong(
    `${JSON.stringify(key)}: an MX record is "10 mail.example.org" or {"exchange": "mail.example.org", "priority": 10}`,
  )
}
