import type { Signature } from "./Findings.ts"

/** How far apart clocks may be: a signature of the future is none, but for this. */
const clockMillis = 5 * 60_000

/**
 * Why a signature does not prove that its domain wrote the whole mail, in words for the console; none when it does.
 *
 * DMARC asks for less: there a signature counts that covers From alone, or the first bytes of the body. What is not
 * covered anybody on the way may have written, so it would not be the author's command.
 */
export const signatureFaults = (signature: Signature, nowMillis: number): ReadonlyArray<string> => {
  const { detail, domain, expiresAtMillis, result, selector, signedAtMillis, testing, uncovered, wholeBody } =
    signature
  const name = `the signature of ${domain || "an unknown domain"} (selector ${selector || "unknown"})`
  if (result !== "pass") return [`${name} does not verify: ${detail || result}`]
  return [
    ...(wholeBody ? [] : [`${name} covers only a part of the text (l=): others may have added to it`]),
    ...(uncovered.length === 0
      ? []
      : [
          `${name} does not cover ${uncovered.join(", ")}: others may have changed that (have it signed, or see MAILLM_SIGNED_HEADERS)`,
        ]),
    ...(signedAtMillis !== null && signedAtMillis > nowMillis + clockMillis
      ? [`${name} is dated in the future (t=${new Date(signedAtMillis).toISOString()})`]
      : []),
    ...(expiresAtMillis !== null && expiresAtMillis < nowMillis
      ? [`${name} has expired (x=${new Date(expiresAtMillis).toISOString()})`]
      : []),
    ...(testing ? [`${name} is only being tried out: its key says t=y`] : []),
  ]
}
