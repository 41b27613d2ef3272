import { isIP } from "node:net"
import { plainName } from "../../dns/DnsAnswer.ts"
import type { Ask } from "../authenticate/QuestionLog.ts"
import { addressesOf } from "./addresses.ts"
import { outcomesOf } from "./RecordCheck.ts"
import type { RecordCheck } from "./RecordCheck.ts"

export interface FoundMx {
  readonly check: RecordCheck
  /** Names of the servers, the preferred ones first. */
  readonly hosts: ReadonlyArray<string>
  readonly addresses: ReadonlyArray<string>
}

/** Where mail for the domain is to go. */
export const mxCheck = async (ask: Ask, domain: string): Promise<FoundMx> => {
  const { missing, ok, unknown, warning, wrong } = outcomesOf({
    kind: "mx",
    name: domain,
    type: "MX",
    value: `10 ${domain}.`,
    needed: true,
  })
  const none = { hosts: [], addresses: [] }
  const set = `set "${domain}. MX 10 <name>.", where <name> has the address of this machine; ${domain} itself will do`
  const answer = await ask(domain, "MX")
  if (answer._tag === "Failed") return { check: unknown(answer.code), ...none }
  const records = (answer._tag === "Records" ? answer.records : [])
    .filter((record) => typeof record === "object" && "exchange" in record)
    .toSorted((a, b) => a.priority - b.priority)
  const found = records.map(({ exchange, priority }) => `${priority} ${exchange === "" ? "." : exchange}`)
  if (records.length === 0)
    return { check: missing("mail for the domain has no server to go to", set), ...none }
  if (records.some(({ exchange }) => plainName(exchange) === ""))
    return { check: wrong("it says that the domain takes no mail (RFC 7505)", set, found), ...none }
  const hosts = records.map(({ exchange }) => plainName(exchange))
  const problems: Array<string> = []
  const addresses: Array<string> = []
  for (const host of hosts) {
    if (isIP(host) !== 0) {
      problems.push(`${host} is an address; a name has to stand there`)
      continue
    }
    const resolved = await addressesOf(ask, host)
    if (resolved._tag === "Failed") return { check: unknown(resolved.code), hosts, addresses }
    if (resolved.addresses.length === 0) problems.push(`${host} has no address (A or AAAA)`)
    addresses.push(...resolved.addresses)
  }
  if (problems.length > 0) {
    const check = wrong(problems.join("; "), `give the name an A or AAAA record, or ${set}`, found)
    return { check, hosts, addresses }
  }
  const local = addresses.filter((address) => isPrivate(address))
  const detail = `${hosts.join(", ")} at ${addresses.join(", ")}`
  const check =
    local.length > 0
      ? warning(
          `${detail}; nobody outside reaches ${local.join(", ")}`,
          "give it the public address of this machine",
          found,
        )
      : ok(detail, "", found)
  return { check, hosts, addresses }
}

/** RFC 1918, RFC 4193, loopback and link-local. */
const isPrivate = (address: string): boolean =>
  /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address) ||
  /^(::1$|f[cd]|fe[89ab])/i.test(address)
