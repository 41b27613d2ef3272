import type { Ask } from "../authenticate/QuestionLog.ts"
import { outcomesOf, tagsOf, textsOf } from "./RecordCheck.ts"
import type { RecordCheck } from "./RecordCheck.ts"

/** Names asked for at most, from the domain up (RFC 9989 §4.10 walks up 8). */
const walkLimit = 8
const policies = ["none", "quarantine", "reject"]

/** What receivers are to do with mail that names the domain and was not authenticated. */
export const dmarcCheck = async (ask: Ask, domain: string): Promise<RecordCheck> => {
  const name = `_dmarc.${domain}`
  // Without rua=: an address of another domain has to be allowed there first (RFC 9990 §4).
  const value = "v=DMARC1; p=reject"
  const { missing, ok, unknown, warning, wrong } = outcomesOf({
    kind: "dmarc",
    name,
    type: "TXT",
    value,
    needed: true,
  })
  const set = `set "${name}. TXT" to "${value}"`
  const labels = domain.split(".")
  for (let skipped = 0; skipped < Math.min(labels.length - 1, walkLimit) || skipped === 0; skipped++) {
    const at = labels.slice(skipped).join(".")
    const texts = await textsOf(ask, `_dmarc.${at}`)
    if (texts._tag === "Failed") return unknown(texts.code)
    const found = texts.texts.filter((text) => /^v\s*=\s*DMARC1\s*(;|$)/.test(text))
    if (skipped === 0 && found.length === 0 && texts.texts.length > 0)
      return wrong("it does not begin with v=DMARC1;", set, texts.texts)
    const [record] = found
    if (record === undefined) continue
    if (found.length > 1)
      return wrong(`there are ${found.length} records, so none counts`, "leave one only", found)
    const tags = tagsOf(record)
    const policy = ((skipped > 0 ? tags.get("sp") : undefined) ?? tags.get("p"))?.toLowerCase()
    if (policy === undefined || !policies.includes(policy))
      return wrong(`its policy is ${policy ?? "not there"}; it may be none, quarantine or reject`, set, found)
    const where = skipped === 0 ? "" : ` (by ${at})`
    return policy === "none" || tags.get("t") === "y"
      ? warning(
          `policy none${where}: mail that others forge in the domain's name is delivered`,
          `once maillm is the only one who sends for the domain, ${set}`,
          found,
        )
      : ok(`policy ${policy}${where}`, "", found)
  }
  return missing("receivers such as Gmail refuse or hide mail of domains without it", set)
}
