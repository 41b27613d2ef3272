import { existsSync, statSync } from "node:fs"
import { join } from "node:path"
import { allRight } from "@maillm/gateway/mail/records/RecordCheck"
import { openDkimKey } from "../../local/openDkimKey.ts"
import type { LocalSettings } from "../../local/readSettings.ts"
import { ok, warning, wrongLine } from "./Check.ts"
import type { Check } from "./Check.ts"

const command = "npx maillm mail check"

/** The key that mail is signed with, and in one line what the DNS says of the domain. Makes no key. */
export const mailOutChecks = async (settings: LocalSettings): Promise<ReadonlyArray<Check>> => {
  const { dataDir, domain, mailOut, smtpRelay } = settings
  const file = mailOut.dkimKeyFile ?? join(dataDir, "dkim.pem")
  if (mailOut.dkimKeyFile === null && !existsSync(file))
    return [ok("dkim key", `${file}, not there yet; the first start makes it`)]
  const opened = openOrNull(settings)
  if ("remedy" in opened) return [opened]
  const key = keyCheck(file, `${opened.key.algorithm}, ${opened.key.bits} bits, ${file}`)
  // Names that the DNS never has (RFC 2606, RFC 6762).
  if (/(^|\.)(localhost|test|invalid|example|local)$/.test(domain))
    return [key, ok("mail records", `${domain} is not in the DNS: nobody outside can answer`)]
  const { runChecks } = await import("../checkMailRecords.ts")
  const given = { domain, selector: mailOut.dkimSelector, zone: null, ip: null }
  const failing = (await runChecks(settings, given, opened)).filter((check) => !allRight([check]))
  if (failing.length === 0) return [key, ok("mail records", `those of ${domain} are right`)]
  const named = [...new Set(failing.map(({ kind }) => kind))].join(", ")
  const harm = smtpRelay === null ? "mail from outside does not arrive" : "mail does not arrive, or as spam"
  return [
    key,
    warning("mail records", `${named} of ${domain} missing or wrong: ${harm}`, `${command} says what to set`),
  ]
}

const openOrNull = ({ dataDir, mailOut }: LocalSettings) => {
  try {
    return openDkimKey(dataDir, mailOut.dkimKeyFile)
  } catch (error) {
    return wrongLine("dkim key", error instanceof Error ? error.message : String(error))
  }
}

const keyCheck = (file: string, detail: string): Check =>
  (statSync(file).mode & 0o077) === 0
    ? ok("dkim key", detail)
    : warning("dkim key", `${detail}, can be read by others on this machine`, `chmod 600 ${file}`)
