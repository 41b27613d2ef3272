/** Record types that mail authentication asks for. */
export const recordTypes = ["TXT", "A", "AAAA", "MX", "CNAME", "PTR"] as const
export type RecordType = (typeof recordTypes)[number]

export interface MxRecord {
  readonly exchange: string
  readonly priority: number
}

/** TXT as the lists of its character-strings, MX as an object, the others as texts. */
export type DnsRecord = string | ReadonlyArray<string> | MxRecord

/**
 * What a question to the DNS came to, as plain data that can go from thread to thread. `None` is an answer: there is no
 * such name (ENOTFOUND), or none of that type (ENODATA). `Failed` is no answer: nothing may be concluded from it.
 */
export type DnsAnswer =
  | { readonly _tag: "Records"; readonly records: ReadonlyArray<DnsRecord> }
  | { readonly _tag: "None"; readonly code: "ENOTFOUND" | "ENODATA" }
  /** `code` as Node names it: ETIMEOUT, ESERVFAIL, EREFUSED, ECONNREFUSED … */
  | { readonly _tag: "Failed"; readonly code: string }

/** As names are compared and cached: lower case, without the dot of the root. */
export const plainName = (name: string) => name.toLowerCase().replace(/\.$/, "")

/** Whether the DNS can know such a name (RFC 1035 §2.3.4). Everything else has no records. */
export const isPossibleName = (name: string) =>
  name.length <= 253 && name.split(".").every((label) => label.length > 0 && label.length <= 63)
