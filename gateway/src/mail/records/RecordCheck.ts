import type { Ask } from "../authenticate/QuestionLog.ts"
import type { DkimKey } from "../dkim/DkimKey.ts"

export type RecordKind = "mx" | "spf" | "dkim" | "dmarc" | "ptr" | "mta-sts" | "mta-sts-policy" | "tls-rpt"

/**
 * What the DNS says of one record that mail needs. `warning`: it works, but not as well as it could; `unknown`: nobody
 * answered, so nothing may be concluded.
 */
export interface RecordCheck {
  readonly kind: RecordKind
  readonly name: string
  readonly type: "MX" | "TXT" | "PTR" | "HTTPS"
  /** What to set; as one text, however long. */
  readonly value: string
  /** Mail is lost or refused without it. */
  readonly needed: boolean
  readonly state: "ok" | "warning" | "missing" | "wrong" | "unknown"
  /** What is there. */
  readonly found: ReadonlyArray<string>
  readonly detail: string
  /** What to do; empty when it is ok. */
  readonly remedy: string
}

/** What the records are to say. */
export interface MailHost {
  readonly domain: string
  readonly selector: string
  readonly key: DkimKey
  /** `mx`: mail leaves from here; a host's name: a relay sends it; null: nothing leaves yet. */
  readonly leavesBy: string | null
  /** Addresses that mail leaves from; those of the MX where empty. */
  readonly addresses: ReadonlyArray<string>
  /** Where reports about TLS are to go. */
  readonly reportTo: string
}

/** The policy file of MTA-STS, or why it could not be had; null where no network may be used. */
export type StsFetch = ((domain: string) => Promise<StsFile>) | null
export type StsFile =
  | {
      readonly _tag: "Policy"
      readonly mode: "enforce" | "testing" | "none"
      readonly mx: ReadonlyArray<string>
    }
  | { readonly _tag: "NoPolicy"; readonly reason: string }

export interface RecordSources {
  readonly ask: Ask
  readonly fetchSts: StsFetch
}

type Subject = Pick<RecordCheck, "kind" | "name" | "type" | "value" | "needed">

/** Makes the outcomes of one record's check. */
export const outcomesOf = (subject: Subject) => {
  const make =
    (state: RecordCheck["state"]) =>
    (detail: string, remedy = "", found: ReadonlyArray<string> = []): RecordCheck => ({
      ...subject,
      state,
      found,
      detail,
      remedy,
    })
  return {
    ok: make("ok"),
    warning: make("warning"),
    missing: make("missing"),
    wrong: make("wrong"),
    unknown: (code: string): RecordCheck =>
      make("unknown")(
        `the DNS does not answer for ${subject.name} (${code})`,
        "try again; if it stays so, see that the name servers of the domain are reachable",
      ),
  }
}

/** Whether mail works: all that is needed is right, and nothing that is there is wrong. */
export const allRight = (checks: ReadonlyArray<RecordCheck>): boolean =>
  checks.every(({ needed, state }) => state === "ok" || state === "warning" || (!needed && state !== "wrong"))

/** `k=v; k=v` as in DKIM, DMARC, MTA-STS and TLS-RPT; names in lower case, the first of each counts. */
export const tagsOf = (record: string): ReadonlyMap<string, string> => {
  const tags = new Map<string, string>()
  for (const part of record.split(";")) {
    const equals = part.indexOf("=")
    if (equals === -1) continue
    const name = part.slice(0, equals).trim().toLowerCase()
    if (!tags.has(name)) tags.set(name, part.slice(equals + 1).trim())
  }
  return tags
}

export type Texts =
  | { readonly _tag: "Texts"; readonly texts: ReadonlyArray<string> }
  | { readonly _tag: "Failed"; readonly code: string }

/** TXT records of a name, each as one text. */
export const textsOf = async (ask: Ask, name: string): Promise<Texts> => {
  const answer = await ask(name, "TXT")
  if (answer._tag === "Failed") return answer
  const records = answer._tag === "Records" ? answer.records : []
  return {
    _tag: "Texts",
    texts: records.flatMap((record) =>
      typeof record === "string" ? [record] : "exchange" in record ? [] : [record.join("")],
    ),
  }
}
