import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { AgentOptions, Provider } from "@maillm/schema/AgentSettings"
import { defaultPolicy, mergePolicies, PolicyLayer } from "@maillm/schema/Policy"
import type { Policy } from "@maillm/schema/Policy"
import { DriverName } from "@maillm/schema/Turn"

/** Every setting about coding agents. */
export const agentSettingNames = [
  "MAILLM_DRIVER",
  "MAILLM_FAILOVER",
  "MAILLM_POLICY",
  "MAILLM_APPROVAL_MINUTES",
  "MAILLM_REMINDER_MINUTES",
  "MAILLM_SPENDING_CAP_USD",
  "MAILLM_ANTHROPIC_API_KEY",
  "MAILLM_ANTHROPIC_AUTH_TOKEN",
  "MAILLM_ANTHROPIC_BASE_URL",
  "MAILLM_OPENAI_API_KEY",
  "MAILLM_OPENAI_BASE_URL",
  "MAILLM_CLAUDE_MODEL",
  "MAILLM_CODEX_MODEL",
  "MAILLM_OPENCODE_MODEL",
  "MAILLM_PRICES_FILE",
  "MAILLM_EGRESS_HOSTS",
  "MAILLM_LOCAL_REPOSITORIES",
] as const
export type AgentSettingName = (typeof agentSettingNames)[number]

/** Credentials: their values are never shown. */
export const agentSecretNames: ReadonlySet<string> = new Set<AgentSettingName>([
  "MAILLM_ANTHROPIC_API_KEY",
  "MAILLM_ANTHROPIC_AUTH_TOKEN",
  "MAILLM_OPENAI_API_KEY",
])

/** How a process reads its settings, and says what is wrong with one: that throws, or collects and goes on. */
export interface SettingReader {
  /** The value without blanks around it; null when it is unset. */
  readonly optional: (name: AgentSettingName) => string | null
  /** `may` says what the value may be. */
  readonly wrong: (name: AgentSettingName, may: string) => void
  /** Files are named relative to this folder. */
  readonly folder: string
}

const driverMay = `it may be ${DriverName.literals.join(", ")}`
const isDriver = (name: string): name is DriverName => DriverName.literals.some((known) => known === name)

/** Checks and reads them; what is wrong is told to the reader, and what is unset has its default. */
export const readAgentOptions = (reader: SettingReader): Omit<AgentOptions, "cliFolder"> => {
  const { optional } = reader
  const driver = optional("MAILLM_DRIVER")
  if (driver !== null && !isDriver(driver))
    reader.wrong("MAILLM_DRIVER", `${driverMay}; unset, maillm chooses`)
  const failover = list(optional("MAILLM_FAILOVER"))
  if (!failover.every(isDriver)) reader.wrong("MAILLM_FAILOVER", `${driverMay}, several with commas between`)
  const models = {
    claude: optional("MAILLM_CLAUDE_MODEL"),
    codex: optional("MAILLM_CODEX_MODEL"),
    opencode: optional("MAILLM_OPENCODE_MODEL"),
  }
  return {
    defaultDriver: driver !== null && isDriver(driver) ? driver : null,
    failover: failover.filter(isDriver),
    policy: readPolicy(reader),
    approvalMillis: minutes(reader, "MAILLM_APPROVAL_MINUTES", 1, 480) * 60_000,
    reminderMillis: minutes(reader, "MAILLM_REMINDER_MINUTES", 0, 30) * 60_000,
    spendingCapMicroUsd: spendingCap(reader),
    anthropic: anthropic(reader),
    openai: openai(reader),
    models: Object.fromEntries(Object.entries(models).filter(([, model]) => model !== null)),
    pricesFile: pathOf(reader, "MAILLM_PRICES_FILE"),
    egressHosts: egressHosts(reader),
    localRepositories: yes(reader, "MAILLM_LOCAL_REPOSITORIES"),
  }
}

const list = (value: string | null): ReadonlyArray<string> =>
  (value ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")

/** Longest wait for an answer: an agent's hook waits a day. */
const longestMinutes = 1_380

const minutes = (reader: SettingReader, name: AgentSettingName, least: number, fallback: number): number => {
  const value = reader.optional(name)
  if (value === null) return fallback
  const number = /^\d{1,4}$/.test(value) ? Number(value) : -1
  if (number >= least && number <= longestMinutes) return number
  reader.wrong(name, `it must be a number of minutes from ${least} to ${longestMinutes}`)
  return fallback
}

const spendingCap = ({ optional, wrong }: SettingReader): number | null => {
  const value = optional("MAILLM_SPENDING_CAP_USD")
  if (value === null) return null
  if (/^\d{1,7}(\.\d{1,6})?$/.test(value)) return Math.round(Number(value) * 1_000_000)
  wrong("MAILLM_SPENDING_CAP_USD", "it must be US dollars a month, such as 50 or 12.50")
  return null
}

const readPolicy = (reader: SettingReader): Policy => {
  const path = pathOf(reader, "MAILLM_POLICY")
  if (path === null) return defaultPolicy
  try {
    const layer = decodePolicy(readFileSync(path, "utf8"))
    if (Result.isSuccess(layer)) return mergePolicies(defaultPolicy, layer.success)
    reader.wrong("MAILLM_POLICY", `its file is no policy: ${layer.failure.message}`.slice(0, 1_000))
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    reader.wrong("MAILLM_POLICY", `it must name a readable JSON file (${code})`)
  }
  return defaultPolicy
}
const decodePolicy = Schema.decodeUnknownResult(Schema.fromJsonString(PolicyLayer))

const pathOf = ({ folder, optional }: SettingReader, name: AgentSettingName): string | null => {
  const value = optional(name)
  return value === null ? null : resolve(folder, value)
}

const baseUrl = (reader: SettingReader, name: AgentSettingName, fallback: string): string => {
  const value = reader.optional(name)
  if (value === null) return fallback
  if (URL.canParse(value) && ["http:", "https:"].includes(new URL(value).protocol))
    return value.replace(/\/+$/, "")
  reader.wrong(name, "it must begin with http:// or https://")
  return fallback
}

const anthropic = (reader: SettingReader): Provider | null => {
  const key = reader.optional("MAILLM_ANTHROPIC_API_KEY")
  const token = reader.optional("MAILLM_ANTHROPIC_AUTH_TOKEN")
  if (key !== null && token !== null)
    reader.wrong("MAILLM_ANTHROPIC_AUTH_TOKEN", "set either this or MAILLM_ANTHROPIC_API_KEY, not both")
  const credential = key ?? token
  const url = baseUrl(reader, "MAILLM_ANTHROPIC_BASE_URL", "https://api.anthropic.com")
  return credential === null ? null : { baseUrl: url, key: Redacted.make(credential), bearer: key === null }
}

const openai = (reader: SettingReader): Provider | null => {
  const key = reader.optional("MAILLM_OPENAI_API_KEY")
  const url = baseUrl(reader, "MAILLM_OPENAI_BASE_URL", "https://api.openai.com")
  return key === null ? null : { baseUrl: url, key: Redacted.make(key) }
}

const yes = ({ optional, wrong }: SettingReader, name: AgentSettingName): boolean => {
  const value = optional(name)
  if (value !== null && !["yes", "no"].includes(value)) wrong(name, "it may be yes or no")
  return value === "yes"
}

const egressHosts = (reader: SettingReader): ReadonlyArray<string> => {
  const hosts = list(reader.optional("MAILLM_EGRESS_HOSTS")).map((host) => host.toLowerCase())
  const isName = (host: string) =>
    /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,62}$/.test(host)
  if (hosts.every(isName)) return hosts
  reader.wrong("MAILLM_EGRESS_HOSTS", "host names such as github.com or *.npmjs.org, with commas between")
  return []
}
