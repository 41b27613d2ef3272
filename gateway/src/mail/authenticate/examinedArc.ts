import type { ARCResult, DKIMVerifyResult } from "mailauth"
import type { Findings } from "./Findings.ts"
import { toSignature } from "./toSignature.ts"

/** What an ARC chain says. Only its newest set is looked at: who sealed it has judged all that were there before. */
export const examinedArc = (
  found: ARCResult,
  verified: DKIMVerifyResult,
  authorDomain: string,
  signedHeaders: ReadonlyArray<string>,
): Findings["arc"] => {
  const { result } = found.status
  const detail = (found.status.comment ?? "").replaceAll(/[\p{Cc}]+/gu, " ").slice(0, 500)
  const newest = found.chain?.at(-1)
  const sealer: unknown = newest?.["arc-seal"]?.parsed?.d?.value
  if (result !== "pass" || typeof sealer !== "string")
    return { result, detail, sealer: null, signature: null, saysProven: false }
  return {
    result,
    detail,
    sealer: sealer.toLowerCase(),
    signature: found.signature ? toSignature(found.signature, verified, signedHeaders) : null,
    saysProven: saysProven(found.authenticationResults ?? {}, authorDomain),
  }
}

/** `dmarc=pass header.from=<the author's domain>` and a `dkim=pass` of that domain or one above or below it. */
const saysProven = (results: Record<string, unknown>, authorDomain: string): boolean => {
  const dmarc = results["dmarc"]
  const dkim = results["dkim"]
  if (authorDomain === "" || wordAt(dmarc, "result") !== "pass") return false
  if (domainAt(dmarc, "from") !== authorDomain) return false
  return (
    Array.isArray(dkim) &&
    dkim.some((entry: unknown) => {
      const domain = domainAt(entry, "d") ?? domainAt(entry, "i")
      return (
        wordAt(entry, "result") === "pass" &&
        domain !== null &&
        (domain === authorDomain ||
          domain.endsWith(`.${authorDomain}`) ||
          authorDomain.endsWith(`.${domain}`))
      )
    })
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null

const wordAt = (value: unknown, key: string): string | null => {
  const found = isRecord(value) ? value[key] : null
  return typeof found === "string" ? found.toLowerCase() : null
}

/** `header.<key>`, without what stands before its @. */
const domainAt = (value: unknown, key: string): string | null => {
  const header = isRecord(value) ? value["header"] : null
  const found = wordAt(header, key)
  return found === null ? null : found.slice(found.lastIndexOf("@") + 1)
}
