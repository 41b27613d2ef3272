import { plainName } from "../../dns/DnsAnswer.ts"
import type { Ask } from "../authenticate/QuestionLog.ts"
import { addressesOf, reverseName } from "./addresses.ts"
import { outcomesOf } from "./RecordCheck.ts"
import type { MailHost, RecordCheck } from "./RecordCheck.ts"

/**
 * That an address which mail leaves from has a name, and the name that address: Gmail and others refuse what has not.
 * Where a relay sends it is the relay's business.
 */
export const ptrChecks = async (
  ask: Ask,
  { domain, leavesBy }: MailHost,
  addresses: ReadonlyArray<string>,
): Promise<ReadonlyArray<RecordCheck>> => {
  const needed = leavesBy === null || leavesBy === "mx"
  if (addresses.length === 0) {
    const subject = {
      kind: "ptr",
      name: "<address>.in-addr.arpa",
      type: "PTR",
      value: `${domain}.`,
      needed,
    } as const
    const { missing } = outcomesOf(subject)
    return [
      missing(
        "the address that mail leaves from is not known",
        "give it with --ip, or set the MX first; whoever gave you the address sets its PTR",
      ),
    ]
  }
  return Promise.all(addresses.map((address) => ptrCheck(ask, domain, address, needed)))
}

const ptrCheck = async (ask: Ask, domain: string, address: string, needed: boolean): Promise<RecordCheck> => {
  const name = reverseName(address)
  const outcomes = outcomesOf({ kind: "ptr", name, type: "PTR", value: `${domain}.`, needed })
  const { missing, ok, unknown, warning, wrong } = outcomes
  const set = `have whoever gave you ${address} set its name to ${domain}, and give ${domain} that address`
  const answer = await ask(name, "PTR")
  if (answer._tag === "Failed") return unknown(answer.code)
  const names = (answer._tag === "Records" ? answer.records : [])
    .filter((record) => typeof record === "string")
    .map((record) => plainName(record))
  if (names.length === 0) return missing(`${address} has no name`, set)
  for (const found of names) {
    const back = await addressesOf(ask, found)
    if (back._tag === "Failed") return unknown(back.code)
    if (!back.addresses.some((other) => reverseName(other) === name)) continue
    return found === domain || names.includes(domain) || !needed
      ? ok(`${address} is ${found}, and that is ${address}`, "", names)
      : warning(`${address} is ${found}; maillm introduces itself as ${domain}`, `better: ${set}`, names)
  }
  return wrong(`${address} is ${names.join(", ")}, which has not that address`, set, names)
}
