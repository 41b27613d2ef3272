import { spf } from "mailauth"
import { QuestionLog } from "../authenticate/QuestionLog.ts"
import type { Ask } from "../authenticate/QuestionLog.ts"
import { outcomesOf, textsOf } from "./RecordCheck.ts"
import type { MailHost, RecordCheck } from "./RecordCheck.ts"

/** Time for all questions of one evaluation. */
const spfMillis = 15_000

/** Who may send with the domain as MAIL FROM (RFC 7208). */
export const spfCheck = async (
  ask: Ask,
  host: MailHost,
  addresses: ReadonlyArray<string>,
): Promise<RecordCheck> => {
  const { domain, leavesBy } = host
  const relay = leavesBy === null || leavesBy === "mx" ? null : leavesBy
  const value = relay === null ? "v=spf1 mx -all" : `v=spf1 mx a:${relay} -all`
  const outcomes = outcomesOf({ kind: "spf", name: domain, type: "TXT", value, needed: true })
  const { missing, ok, unknown, warning, wrong } = outcomes
  const texts = await textsOf(ask, domain)
  if (texts._tag === "Failed") return unknown(texts.code)
  const found = texts.texts.filter((text) => /^v=spf1( |$)/i.test(text))
  const set = `set "${domain}. TXT" to "${value}"${relay === null ? "" : ", or with the include: that the relay's provider names"}`
  const [record] = found
  if (record === undefined) return missing("nobody is allowed to send for the domain", set)
  if (found.length > 1)
    return wrong(`there are ${found.length} SPF records, so none counts`, "leave one only", found)
  if (/(^|\s)\+?all(\s|$)/i.test(record))
    return wrong("it lets everybody send for the domain", `end it with -all: ${set}`, found)
  // Where a relay sends, its addresses are not known here; that the record can be read shows in any evaluation.
  const senders = relay === null || host.addresses.length > 0 ? addresses : addresses.slice(0, 1)
  for (const address of senders.length > 0 ? senders : ["192.0.2.1"]) {
    const { detail, result } = await evaluate(ask, domain, address)
    if (result === "temperror") return unknown(detail)
    if (result === "permerror") return wrong(`it cannot be evaluated: ${detail}`, set, found)
    if (result === "pass" || addresses.length === 0 || (relay !== null && host.addresses.length === 0))
      continue
    return wrong(
      `mail from ${address} is not allowed by it (${result})`,
      `add ip${address.includes(":") ? "6" : "4"}:${address}, or mx where the MX names it`,
      found,
    )
  }
  if (!/\s[-~]all(\s|$)|\sredirect=/i.test(record))
    return warning("it does not say that all others may not send", "end it with -all", found)
  if (relay !== null && host.addresses.length === 0)
    return ok(`it can be evaluated; whether it names the relay ${relay}, its provider knows`, "", found)
  return ok(
    addresses.length === 0 ? "it can be evaluated" : `mail from ${addresses.join(", ")} passes`,
    "",
    found,
  )
}

const evaluate = async (ask: Ask, domain: string, address: string) => {
  const log = new QuestionLog(ask, spfMillis)
  const { status } = await spf({
    sender: `postmaster@${domain}`,
    ip: address,
    helo: domain,
    mta: domain,
    resolver: log.resolver,
    strict: true,
  })
  const detail = (log.unanswered.join(", ") || (status.comment ?? "")).replace(/\s+/g, " ").slice(0, 300)
  return { result: status.result, detail }
}
