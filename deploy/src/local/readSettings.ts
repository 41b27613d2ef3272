import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { parseEnv } from "node:util"
import { agentSecretNames, agentSettingNames, readAgentOptions } from "@maillm/actors/readAgentOptions"
import { replyDaysDefault, replyDaysMay, replyDaysPattern } from "@maillm/schema/Address"
import type { AgentOptions } from "@maillm/schema/AgentSettings"
import { mailOutSettingNames, readMailOut } from "./readMailOut.ts"
import type { MailOut } from "./readMailOut.ts"
import { mailTrustSettingNames, readMailTrust } from "./readMailTrust.ts"
import type { MailTrust } from "./readMailTrust.ts"
import { readSmtpSettings, smtpSettingNames } from "./readSmtpSettings.ts"
import type { SmtpSettings } from "./readSmtpSettings.ts"
import { StartFailure } from "./StartFailure.ts"

export interface SettingSource {
  readonly name: string
  readonly value: string
  readonly source: string
}

export interface LocalSettings {
  readonly dataDir: string
  readonly bind: string
  readonly httpPort: number
  readonly smtpPort: number
  /** What else is set about inbound mail. */
  readonly smtp: SmtpSettings
  readonly domain: string
  readonly natsUrl: string | null
  /** Copies of every stream: 3 in a cluster of nats-servers. */
  readonly natsReplicas: 1 | 3
  /** The value that a refusal for lost streams named, or null. */
  readonly acceptStreams: string | null
  readonly mongodbUrl: string | null
  /** `mx`: straight to the receivers' servers; null: nowhere. */
  readonly smtpRelay: string | null
  readonly runtime: "docker" | "host" | null
  readonly ownerEmail: string
  readonly ownerName: string
  readonly publicUrl: string | null
  readonly mailSizeLimitBytes: number
  /** Days for which a mail of ours can be answered. */
  readonly replyDays: number
  /** Most panes that this machine keeps. */
  readonly paneLimit: number
  /** Id among the actor hosts of one NATS. */
  readonly hostId: string
  /** What is set about coding agents. */
  readonly agents: Omit<AgentOptions, "cliFolder">
  /** Image of the users' containers, null for the default. */
  readonly image: string | null
  /** Who is believed to have sent a mail. */
  readonly mailTrust: MailTrust
  /** How mail that leaves is signed. */
  readonly mailOut: MailOut
  /** What was set and where, secrets reduced to `set`. */
  readonly sources: ReadonlyArray<SettingSource>
}

/** Every setting. */
export const settingNames = [
  "MAILLM_DATA_DIR",
  "MAILLM_HTTP_PORT",
  "MAILLM_SMTP_PORT",
  "MAILLM_BIND",
  "MAILLM_DOMAIN",
  "MAILLM_NATS_URL",
  "MAILLM_NATS_REPLICAS",
  "MAILLM_ACCEPT_STREAMS",
  "MAILLM_MONGODB_URL",
  "MAILLM_SMTP_RELAY",
  "MAILLM_RUNTIME",
  "MAILLM_OWNER_EMAIL",
  "MAILLM_OWNER_NAME",
  "MAILLM_PUBLIC_URL",
  "MAILLM_MAIL_SIZE_LIMIT",
  "MAILLM_REPLY_DAYS",
  "MAILLM_PANE_LIMIT",
  "MAILLM_CACHE_DIR",
  "MAILLM_IMAGE",
  "MAILLM_HOST_ID",
  ...mailTrustSettingNames,
  ...mailOutSettingNames,
  ...smtpSettingNames,
  ...agentSettingNames,
] as const
export type SettingName = (typeof settingNames)[number]

/** May hold credentials: their values are never shown. */
const secret: ReadonlySet<string> = new Set([
  "MAILLM_NATS_URL",
  "MAILLM_MONGODB_URL",
  "MAILLM_SMTP_RELAY",
  ...agentSecretNames,
])

/** What is set, not checked yet. */
export type SettingValues = Partial<Record<SettingName, { readonly value: string; readonly source: string }>>

/** Environment first, then `.env`, then `maillm.json` in the folder given. Unknown names in the files are refused. */
export const collectSettings = (env: NodeJS.ProcessEnv, folder: string): SettingValues => {
  const values: SettingValues = {}
  const add = (source: string, entries: Record<string, unknown>, strict: boolean) => {
    for (const [name, value] of Object.entries(entries)) {
      const match = settingNames.find((candidate) => candidate === name)
      if (match === undefined) {
        if (strict && name.startsWith("MAILLM_")) {
          throw new StartFailure(`${source}: there is no setting ${name}. The README lists them.`)
        }
        continue
      }
      if (value === undefined || value === "" || values[match] !== undefined) continue
      if (typeof value !== "string" && typeof value !== "number") {
        throw new StartFailure(`${source}: ${name} must be a text or a number`)
      }
      values[match] = { value: String(value), source }
    }
  }
  add("environment", env, false)
  const dotEnv = readOptional(resolve(folder, ".env"))
  if (dotEnv !== null) add(".env", parseEnv(dotEnv), true)
  const json = readOptional(resolve(folder, "maillm.json"))
  if (json !== null) {
    let parsed: unknown
    try {
      parsed = JSON.parse(json)
    } catch (error) {
      throw new StartFailure(
        `maillm.json is not valid JSON: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
      throw new StartFailure('maillm.json must hold an object such as {"MAILLM_HTTP_PORT": 4000}')
    add("maillm.json", { ...parsed }, true)
  }
  return values
}

const readOptional = (path: string): string | null => {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : String(error)
    if (code === "ENOENT") return null
    throw new StartFailure(`${path} cannot be read (${String(code)}): correct its permissions, or remove it`)
  }
}

/** Reads and checks every setting; the first wrong one fails with its name, its value and what it may be. */
export const readSettings = (env: NodeJS.ProcessEnv, folder: string): LocalSettings =>
  checkSettings(collectSettings(env, folder), folder)

/** Ways to read one setting, each with its check. */
const readersOf = (values: SettingValues) => {
  const text = (name: SettingName, fallback: string) => values[name]?.value.trim() ?? fallback
  const optional = (name: SettingName) => values[name]?.value.trim() ?? null
  const wrong = (name: SettingName, may: string) =>
    new StartFailure(
      `${name} is ${secret.has(name) ? "wrong" : JSON.stringify(values[name]?.value)} (from ${values[name]?.source}): ${may}`,
    )
  const port = (name: SettingName, fallback: number) => {
    const value = values[name]?.value
    if (value === undefined) return fallback
    if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) {
      throw wrong(name, "it must be a port from 1 to 65535, or 0 for any free one")
    }
    return Number(value)
  }
  const url = (name: SettingName, protocols: ReadonlyArray<string>, word?: string) => {
    const value = optional(name)
    if (value === null) return null
    const first = value.split(",")[0] ?? ""
    if (!URL.canParse(first) || !protocols.includes(new URL(first).protocol)) {
      throw wrong(
        name,
        `it must begin with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}${word === undefined ? "" : `, or be ${word}`}`,
      )
    }
    return value
  }
  const matching = (name: SettingName, fallback: string, pattern: RegExp, may: string) => {
    const value = text(name, fallback)
    if (!pattern.test(value)) throw wrong(name, may)
    return value
  }
  return { text, optional, port, url, matching, wrong }
}

/** Checks values; what is not set takes its default. No setting's check depends on another setting. */
export const checkSettings = (values: SettingValues, folder: string): LocalSettings => {
  const { text, optional, port, url, matching, wrong } = readersOf(values)
  const runtime = optional("MAILLM_RUNTIME")
  if (runtime !== null && runtime !== "docker" && runtime !== "host") {
    throw wrong("MAILLM_RUNTIME", "it may be docker or host; unset, maillm chooses")
  }
  const domain = matching(
    "MAILLM_DOMAIN",
    "maillm.localhost",
    /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i,
    "it must be a domain name such as agents.example.org",
  ).toLowerCase()
  const address = /^[^\s@<>",;]{1,64}@[^\s@<>",;]{1,255}$/
  const ownerMay = "it must be one address such as you@example.org"
  const ownerEmail = matching("MAILLM_OWNER_EMAIL", `owner@${domain}`, address, ownerMay)
  const limitMay = "it must be a number of bytes, 1000 or more"
  const limit = matching("MAILLM_MAIL_SIZE_LIMIT", String(25 * 1024 * 1024), /^\d{4,9}$/, limitMay)
  const replyDays = matching("MAILLM_REPLY_DAYS", String(replyDaysDefault), replyDaysPattern, replyDaysMay)
  const panesMay = "it must be a number of terminals from 1 to 10000"
  const panes = matching("MAILLM_PANE_LIMIT", "200", /^([1-9]\d{0,3}|10000)$/, panesMay)
  const replicasMay = "it must be 1, or 3 with a cluster of three nats-servers or more"
  const replicas = matching("MAILLM_NATS_REPLICAS", "1", /^[13]$/, replicasMay)
  const hostMay = "it must be 1 to 64 letters, digits, - or _"
  const hostId = matching("MAILLM_HOST_ID", "local", /^[A-Za-z0-9_-]{1,64}$/, hostMay)
  const refuse = (name: SettingName, may: string): never => {
    throw wrong(name, may)
  }
  return {
    dataDir: resolve(folder, text("MAILLM_DATA_DIR", ".maillm")),
    bind: text("MAILLM_BIND", "127.0.0.1"),
    httpPort: port("MAILLM_HTTP_PORT", 4000),
    smtpPort: port("MAILLM_SMTP_PORT", 2525),
    smtp: readSmtpSettings({
      optional,
      folder,
      wrong: (name, may) => {
        throw wrong(name, may)
      },
    }),
    domain,
    natsUrl: url("MAILLM_NATS_URL", ["nats:", "tls:"]),
    natsReplicas: replicas === "3" ? 3 : 1,
    acceptStreams: optional("MAILLM_ACCEPT_STREAMS"),
    mongodbUrl: url("MAILLM_MONGODB_URL", ["mongodb:", "mongodb+srv:"]),
    smtpRelay:
      optional("MAILLM_SMTP_RELAY") === "mx" ? "mx" : url("MAILLM_SMTP_RELAY", ["smtp:", "smtps:"], "mx"),
    runtime,
    ownerEmail,
    ownerName: text("MAILLM_OWNER_NAME", ownerEmail.split("@")[0] ?? "owner"),
    publicUrl: url("MAILLM_PUBLIC_URL", ["http:", "https:"])?.replace(/\/+$/, "") ?? null,
    mailSizeLimitBytes: Number(limit),
    replyDays: Number(replyDays),
    paneLimit: Number(panes),
    hostId,
    agents: readAgentOptions({ optional, folder, wrong: refuse }),
    mailTrust: readMailTrust({ optional, wrong: refuse }),
    mailOut: readMailOut({ optional, folder, wrong: refuse }),
    image: optional("MAILLM_IMAGE"),
    sources: sourcesOf(values),
  }
}

const sourcesOf = (values: SettingValues): ReadonlyArray<SettingSource> =>
  Object.entries(values).map(([name, { value, source }]) => ({
    name,
    value: secret.has(name) ? "set" : value,
    source,
  }))
