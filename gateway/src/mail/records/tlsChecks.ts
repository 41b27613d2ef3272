import { validateMx } from "mailauth/lib/mta-sts.js"
import type { Ask } from "../authenticate/QuestionLog.ts"
import { outcomesOf, tagsOf, textsOf } from "./RecordCheck.ts"
import type { RecordCheck, StsFetch } from "./RecordCheck.ts"

/** That senders use TLS for our domain and check the certificate (MTA-STS, RFC 8461); not needed, worth having. */
export const stsChecks = async (
  ask: Ask,
  domain: string,
  hosts: ReadonlyArray<string>,
  fetchSts: StsFetch,
): Promise<ReadonlyArray<RecordCheck>> => {
  const name = `_mta-sts.${domain}`
  const value = "v=STSv1; id=1"
  const { missing, ok, unknown, wrong } = outcomesOf({
    kind: "mta-sts",
    name,
    type: "TXT",
    value,
    needed: false,
  })
  const texts = await textsOf(ask, name)
  if (texts._tag === "Failed") return [unknown(texts.code)]
  const found = texts.texts.filter((text) => /^v=STSv1\s*;/.test(text))
  const file = `https://mta-sts.${domain}/.well-known/mta-sts.txt`
  const [record] = found
  if (record === undefined)
    return [
      missing(
        "others may be brought to send to the domain without encryption",
        `set it, and serve the policy at ${file}, once the SMTP server has a certificate that others trust`,
      ),
    ]
  if (found.length > 1) return [wrong("there are several, so none counts", "leave one only", found)]
  const id = tagsOf(record).get("id") ?? ""
  if (!/^[A-Za-z0-9]{1,32}$/.test(id))
    return [wrong("its id= has to be 1 to 32 letters and digits", `set it to "${value}"`, found)]
  return [ok(`id ${id}`, "", found), await policyCheck(domain, file, hosts, fetchSts)]
}

const policyCheck = async (
  domain: string,
  file: string,
  hosts: ReadonlyArray<string>,
  fetchSts: StsFetch,
): Promise<RecordCheck> => {
  const mxLines = hosts.length === 0 ? [`mx: ${domain}`] : hosts.map((host) => `mx: ${host}`)
  const value = ["version: STSv1", "mode: enforce", ...mxLines, "max_age: 604800"].join("\n")
  const subject = { kind: "mta-sts-policy", name: file, type: "HTTPS", value, needed: false } as const
  const { ok, warning, wrong } = outcomesOf(subject)
  if (fetchSts === null)
    return { ...ok("not looked at: with a zone file nothing is fetched from the network"), state: "unknown" }
  const fetched = await fetchSts(domain)
  if (fetched._tag === "NoPolicy")
    return wrong(
      `it cannot be had: ${fetched.reason}`,
      "serve the text shown there, with a certificate for that name",
    )
  const found = [`mode: ${fetched.mode}`, ...fetched.mx.map((mx) => `mx: ${mx}`)]
  const policy = { version: "STSv1", mode: fetched.mode, maxAge: 1, mx: [...fetched.mx] }
  const outside = fetched.mode === "none" ? [] : hosts.filter((host) => !validateMx(host, policy).valid)
  if (outside.length > 0)
    return wrong(
      `it leaves out the MX ${outside.join(", ")}: senders refuse to send there`,
      "add it, with a new id",
      found,
    )
  return fetched.mode === "enforce"
    ? ok("mode enforce", "", found)
    : warning(
        `mode ${fetched.mode}: nothing is enforced`,
        "set mode: enforce when its reports look right",
        found,
      )
}

/** Where others tell of TLS that failed (RFC 8460). */
export const tlsReportCheck = async (ask: Ask, domain: string, reportTo: string): Promise<RecordCheck> => {
  const name = `_smtp._tls.${domain}`
  const value = `v=TLSRPTv1; rua=mailto:${reportTo}`
  const { missing, ok, unknown, wrong } = outcomesOf({
    kind: "tls-rpt",
    name,
    type: "TXT",
    value,
    needed: false,
  })
  const texts = await textsOf(ask, name)
  if (texts._tag === "Failed") return unknown(texts.code)
  const found = texts.texts.filter((text) => /^v=TLSRPTv1\s*;/.test(text))
  const [record] = found
  if (record === undefined)
    return missing("nobody tells you when TLS to your server fails", "set it, with an address that you read")
  if (found.length > 1) return wrong("there are several, so none counts", "leave one only", found)
  return /(^|,)\s*(mailto|https):/i.test(tagsOf(record).get("rua") ?? "")
    ? ok("", "", found)
    : wrong("it names no address for reports (rua=)", `set it to "${value}"`, found)
}
