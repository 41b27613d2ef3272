import type { DKIMResult, DKIMVerifyResult } from "mailauth"
import type { Signature } from "./Findings.ts"

/** What mailauth says of one signature, and which of the mail's headers it covers. */
export const toSignature = (
  found: DKIMResult,
  { headers }: Pick<DKIMVerifyResult, "headers">,
  signedHeaders: ReadonlyArray<string>,
): Signature => ({
  id: found.id ?? "",
  domain: (found.signingDomain ?? "").slice(0, 253),
  selector: (found.selector ?? "").slice(0, 100),
  algorithm: found.algo ?? "",
  result: found.status.result,
  detail: detailOf(found),
  related: typeof found.status.aligned === "string",
  wholeBody: found.canonBodyLengthLimited === false,
  uncovered: uncovered(found, headers?.parsed ?? [], signedHeaders),
  testing: found.status.testing === true,
  signedAtMillis: millis(found.signTime),
  expiresAtMillis: millis(found.expiresAfter),
})

const detailOf = ({ status }: DKIMResult): string => {
  const rules = status.policy?.["dkim-rules"]
  const words =
    rules === "weak-key" ? "its key is too short" : rules === "weak-algorithm" ? "rsa-sha1" : rules
  return (words ?? status.comment ?? "").replaceAll(/[\p{Cc}]+/gu, " ").slice(0, 200)
}

/**
 * A header counts as covered only in each of its places: of two Subjects a signature may cover the one that readers do
 * not show. Names as they are written commonly.
 */
const uncovered = (
  found: DKIMResult,
  headers: ReadonlyArray<{ readonly key: string; readonly casedKey: string }>,
  signedHeaders: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const covered = (found.signingHeaders?.keys ?? "").toLowerCase().split(": ")
  return signedHeaders.flatMap((name) => {
    const places = headers.filter(({ key }) => key === name)
    const [first] = places
    const count = covered.filter((key) => key === name).length
    return first !== undefined && count < places.length ? [first.casedKey] : []
  })
}

const millis = (iso: string | null | undefined): number | null => {
  const at = typeof iso === "string" ? Date.parse(iso) : Number.NaN
  return Number.isNaN(at) ? null : at
}
