import { isIP } from "node:net"
import { styleText } from "node:util"
import * as Effect from "effect/Effect"
import { Dns } from "@maillm/gateway/dns/Dns"
import { checkRecords } from "@maillm/gateway/mail/records/checkRecords"
import { stsFetcher } from "@maillm/gateway/mail/records/fetchSts"
import { allRight } from "@maillm/gateway/mail/records/RecordCheck"
import type { RecordCheck } from "@maillm/gateway/mail/records/RecordCheck"
import { openDkimKey } from "../local/openDkimKey.ts"
import type { OpenedKey } from "../local/openDkimKey.ts"
import { isSelector } from "../local/readMailOut.ts"
import { readSettings } from "../local/readSettings.ts"
import type { LocalSettings } from "../local/readSettings.ts"
import { CliFailure } from "./CliFailure.ts"
import { printable } from "./printable.ts"
import { readZone } from "./readZone.ts"

export interface CheckOptions {
  readonly json: boolean
  /** The settings' where null. */
  readonly domain: string | null
  readonly selector: string | null
  /** Path of a zone file, or null to ask the DNS. */
  readonly zone: string | null
  /** The address that mail leaves from, or null for that of the MX. */
  readonly ip: string | null
}

/** `maillm mail check`: what the DNS has to say for mail to arrive, and what it says. */
export const checkMailRecords = async (options: CheckOptions): Promise<boolean> => {
  const settings = readSettings(process.env, process.cwd())
  const domain = (options.domain ?? settings.domain).trim().toLowerCase().replace(/\.$/, "")
  if (!/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(domain))
    throw new CliFailure(`--domain ${domain} is no domain name: it is one such as agents.example.org`)
  const selector = (options.selector ?? settings.mailOut.dkimSelector).trim().toLowerCase()
  if (!isSelector(selector))
    throw new CliFailure(`--selector ${selector} is none: it is a name as in the DNS, such as maillm`)
  if (options.ip !== null && isIP(options.ip) === 0)
    throw new CliFailure(`--ip ${options.ip} is no IP address: it is the one that mail leaves from`)
  const opened = openDkimKey(settings.dataDir, settings.mailOut.dkimKeyFile)
  const checks = await runChecks(settings, { ...options, domain, selector }, opened)
  const fine = allRight(checks)
  if (options.json) {
    console.log(JSON.stringify({ ok: fine, domain, selector, key: opened.file, records: checks }))
  } else {
    console.log(printable(inWords(checks, opened, fine)))
  }
  return fine
}

/** The same, for whoever wants to look at the outcome. */
export const runChecks = (
  settings: LocalSettings,
  {
    domain,
    ip,
    selector,
    zone,
  }: {
    readonly domain: string
    readonly selector: string
    readonly zone: string | null
    readonly ip: string | null
  },
  { key }: OpenedKey,
): Promise<ReadonlyArray<RecordCheck>> => {
  const dns =
    zone === null ? Dns.layer({ servers: settings.mailTrust.dnsServers }) : Dns.layerZone(readZone(zone))
  return Effect.runPromise(
    Effect.gen(function* () {
      const { resolve } = yield* Dns
      const ask = (name: string, type: Parameters<typeof resolve>[1]) =>
        Effect.runPromise(resolve(name, type))
      return yield* Effect.promise(() =>
        checkRecords(
          {
            domain,
            selector,
            key,
            leavesBy: leavesBy(settings.smtpRelay),
            addresses: ip === null ? [] : [ip],
            reportTo: settings.ownerEmail,
          },
          { ask, fetchSts: zone === null ? stsFetcher(ask) : null },
        ),
      )
    }).pipe(Effect.provide(dns)),
  )
}

/** Not the whole setting: it may hold a password. */
const leavesBy = (relay: string | null): string | null =>
  relay === null || relay === "mx" ? relay : new URL(relay).hostname.replace(/^\[|\]$/g, "")

const titles: Readonly<Record<RecordCheck["kind"], string>> = {
  mx: "MX",
  spf: "SPF",
  dkim: "DKIM",
  dmarc: "DMARC",
  ptr: "PTR",
  "mta-sts": "MTA-STS",
  "mta-sts-policy": "MTA-STS policy",
  "tls-rpt": "TLS-RPT",
}

const marks: Readonly<Record<RecordCheck["state"], string>> = {
  ok: styleText("green", "✓"),
  warning: styleText("yellow", "!"),
  missing: styleText("red", "✗"),
  wrong: styleText("red", "✗"),
  unknown: styleText("yellow", "?"),
}

const inWords = (checks: ReadonlyArray<RecordCheck>, opened: OpenedKey, fine: boolean): string => {
  const width = Math.max(...checks.map(({ kind }) => titles[kind].length))
  const indent = `  ${" ".repeat(width)}  `
  const lines = checks.flatMap((check) => [
    `${markOf(check)} ${titles[check.kind].padEnd(width)}  ${[check.state === "missing" ? "not there" : "", check.detail].filter((part) => part !== "").join("; ") || "right"}`,
    ...(check.remedy === "" ? [] : [`${indent}→ ${check.remedy}`]),
  ])
  const failing = checks.filter((check) => !allRight([check])).length
  return [
    "Records to set:",
    "",
    ...checks.flatMap((check) => recordLines(check)),
    "",
    "What is there:",
    "",
    ...lines,
    "",
    ...(opened.made ? [`The key was made now: ${opened.file}. Keep it secret, and keep it.`, ""] : []),
    fine
      ? styleText("green", "All that is needed is right.")
      : styleText("red", `${failing} ${failing === 1 ? "record" : "records"} to mend: see ✗ and ? above.`),
  ].join("\n")
}

/** What is only advised is not red. */
const markOf = (check: RecordCheck): string =>
  check.state === "missing" && !check.needed ? marks.warning : marks[check.state]

/** As in a zone file; a policy file with its address. */
const recordLines = ({ kind, name, needed, type, value }: RecordCheck): ReadonlyArray<string> => {
  const advised = needed ? "" : "   ; advised"
  if (type === "HTTPS") return [`  ${name}${advised}`, ...value.split("\n").map((line) => `      ${line}`)]
  const text = type === "TXT" ? (value.match(/.{1,255}/g) ?? []).map((part) => `"${part}"`).join(" ") : value
  const lines = [`  ${name}. ${type} ${text}${advised}`]
  return kind === "mx" ? [...lines, `  ${name}. A <address of this machine>`] : lines
}
