import { domainToASCII } from "node:url"
import { isPossibleName, plainName } from "../../dns/DnsAnswer.ts"
import type { MxRecord } from "../../dns/DnsAnswer.ts"
import type { Ask } from "../authenticate/QuestionLog.ts"
import { addressesOf } from "../records/addresses.ts"

/** A server that takes a domain's mail. */
export interface MailServer {
  /** As the MX has it: the name that its certificate has to be for. */
  readonly host: string
  readonly address: string
}

export type MailServers =
  /** In the order in which they are to be tried. */
  | { readonly _tag: "Servers"; readonly servers: ReadonlyArray<MailServer> }
  /** The domain takes no mail and will not; `status` as RFC 7505 and RFC 3463 have it. */
  | { readonly _tag: "NoMail"; readonly status: string; readonly reason: string }
  /** Nothing is known now. */
  | { readonly _tag: "Unknown"; readonly reason: string }

/** Addresses tried for one mail at most (Postfix `smtp_mx_address_limit`). */
const addressLimit = 5
/** MX records looked at. */
const hostLimit = 20

/**
 * The servers for mail to a domain (RFC 5321 §5.1): its MX by preference, equal ones in any order, else the domain itself.
 * `random` in [0, 1) spreads the load among equals.
 */
export const mailServers = async (
  ask: Ask,
  given: string,
  random: () => number = Math.random,
): Promise<MailServers> => {
  const domain = domainToASCII(plainName(given))
  if (domain === "" || !isPossibleName(domain))
    return { _tag: "NoMail", status: "5.1.2", reason: `${given} is no domain that mail can go to` }
  const answer = await ask(domain, "MX")
  if (answer._tag === "Failed") return unknown(domain, "MX", answer.code)
  if (answer._tag === "None") {
    if (answer.code === "ENOTFOUND")
      return { _tag: "NoMail", status: "5.1.2", reason: `there is no domain ${domain}` }
    return resolved(ask, domain, [domain])
  }
  const records = answer.records.filter((record) => typeof record === "object" && "exchange" in record)
  if (records.every(({ exchange }) => plainName(exchange) === ""))
    return { _tag: "NoMail", status: "5.1.10", reason: `${domain} says that it takes no mail (RFC 7505)` }
  return resolved(ask, domain, byPreference(records, random).slice(0, hostLimit))
}

const byPreference = (records: ReadonlyArray<MxRecord>, random: () => number): ReadonlyArray<string> =>
  records
    .map(({ exchange, priority }) => ({ host: plainName(exchange), priority, lot: random() }))
    .filter(({ host }) => host !== "")
    .toSorted((a, b) => a.priority - b.priority || a.lot - b.lot)
    .map(({ host }) => host)

const resolved = async (ask: Ask, domain: string, hosts: ReadonlyArray<string>): Promise<MailServers> => {
  const servers: Array<MailServer> = []
  let failed = ""
  for (const host of new Set(hosts)) {
    if (servers.length >= addressLimit) break
    const found = await addressesOf(ask, host)
    if (found._tag === "Failed") failed = `${host} (${found.code})`
    else servers.push(...found.addresses.map((address) => ({ host, address })))
  }
  if (servers.length > 0) return { _tag: "Servers", servers: servers.slice(0, addressLimit) }
  if (failed !== "") return unknown(domain, "the address of", failed)
  // A domain of web pages only, or an MX that points nowhere: nobody there takes mail, but that may be a slip.
  return { _tag: "Unknown", reason: `no mail server of ${domain} has an address` }
}

const unknown = (domain: string, what: string, detail: string): MailServers => ({
  _tag: "Unknown",
  reason: `the DNS does not answer for ${what} ${domain === detail ? "" : domain}: ${detail}`.replace(
    /\s+/g,
    " ",
  ),
})
