import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import * as Redacted from "effect/Redacted"
import { replyDaysDefault, replyDaysMay, replyDaysPattern } from "@maillm/schema/Address"
import type { AgentOptions } from "@maillm/schema/AgentSettings"
import { readAgentOptions } from "./readAgentOptions.ts"

/** What the actors process is told by its environment. */
export interface ProcessSettings {
  readonly natsUrl: string
  readonly natsToken: string | null
  readonly natsReplicas: 1 | 3
  /** Goes on without streams that were lost, when it is the value that the refusal named. */
  readonly acceptStreams: string | null
  readonly hostId: string
  readonly domain: string
  readonly publicUrl: string | null
  /** Days for which a mail of ours can be answered. */
  readonly replyDays: number
  /** Key of signed addresses; the same in every process of the installation. */
  readonly secret: Redacted.Redacted
  readonly mongodbUrl: Redacted.Redacted | null
  /** What is set about coding agents; a process of actors needs no credentials and no programs. */
  readonly agents: AgentOptions
  /** Folder for the read model when it is SQLite, and for what is remembered of the streams; null for neither. */
  readonly dataDir: string | null
}

/** Settings are missing or wrong: every one of them in one error, a line each. */
export class SettingsWrong extends Error {
  override readonly name = "SettingsWrong"
}

const required = (name: string, what: string) => `${name} is not set: ${what}`
const wrong = (name: string, may: string) => `${name} is wrong: ${may}`

/** Values are never shown: some of them are secrets. `hostname`: what the host id follows from when it is not set. */
export const readProcessSettings = (env: NodeJS.ProcessEnv, hostname: string): ProcessSettings => {
  const problems: Array<string> = []
  const optional = (name: string) => env[name]?.trim() || null
  const checked = (name: string, fallback: string | null, pattern: RegExp, may: string, missing?: string) => {
    const value = optional(name) ?? fallback
    if (value === null) problems.push(required(name, missing ?? may))
    else if (!pattern.test(value)) problems.push(wrong(name, may))
    return value ?? ""
  }
  const url = (name: string, protocols: ReadonlyArray<string>) => {
    const value = optional(name)
    const first = value?.split(",")[0] ?? ""
    if (value !== null && !(URL.canParse(first) && protocols.includes(new URL(first).protocol)))
      problems.push(wrong(name, `it must begin with ${protocols.map((it) => `${it}//`).join(" or ")}`))
    return value
  }

  const natsUrl = url("MAILLM_NATS_URL", ["nats:", "tls:"])
  if (natsUrl === null)
    problems.push(required("MAILLM_NATS_URL", "the servers, such as nats://a:4222,nats://b:4222"))
  const replicas = checked("MAILLM_NATS_REPLICAS", "1", /^[13]$/, "it may be 1, or 3 in a cluster")
  const domain = checked(
    "MAILLM_DOMAIN",
    null,
    /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i,
    "it must be the domain of the private addresses, such as agents.example.org",
  )
  const hostId = checked(
    "MAILLM_HOST_ID",
    hostname.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, 64),
    /^[A-Za-z0-9_-]{1,64}$/,
    "it must be 1 to 64 letters, digits, - or _, and no other actors process may have it",
  )
  const replyDays = checked("MAILLM_REPLY_DAYS", String(replyDaysDefault), replyDaysPattern, replyDaysMay)
  const secret = readSecret(env, problems)
  const mongodbUrl = url("MAILLM_MONGODB_URL", ["mongodb:", "mongodb+srv:"])
  const publicUrl = url("MAILLM_PUBLIC_URL", ["http:", "https:"])
  const dataDir = optional("MAILLM_DATA_DIR")
  const agents = readAgentOptions({
    optional,
    folder: process.cwd(),
    wrong: (name, may) => problems.push(wrong(name, may)),
  })
  if (problems.length > 0 || natsUrl === null) throw new SettingsWrong(problems.join("\n  "))
  return {
    natsUrl,
    natsToken: optional("MAILLM_NATS_TOKEN"),
    natsReplicas: replicas === "3" ? 3 : 1,
    acceptStreams: optional("MAILLM_ACCEPT_STREAMS"),
    hostId,
    domain: domain.toLowerCase(),
    replyDays: Number(replyDays),
    publicUrl: publicUrl?.replace(/\/+$/, "") ?? null,
    secret: Redacted.make(secret),
    mongodbUrl: mongodbUrl === null ? null : Redacted.make(mongodbUrl),
    agents: { ...agents, cliFolder: null },
    dataDir: dataDir === null ? null : resolve(dataDir),
  }
}

/** Itself or from a file: what a process has in its environment its children and its supervisor may see. */
const readSecret = (env: NodeJS.ProcessEnv, problems: Array<string>): string => {
  const may = "it must be 32 random bytes or more as base64url, the same in every process"
  const file = env["MAILLM_SECRET_FILE"]?.trim() || null
  const name = file === null ? "MAILLM_SECRET" : "MAILLM_SECRET_FILE"
  try {
    const value = file === null ? env["MAILLM_SECRET"]?.trim() : readFileSync(file, "utf8").trim()
    if (!value) problems.push(`neither MAILLM_SECRET nor MAILLM_SECRET_FILE holds the secret: ${may}`)
    else if (!/^[A-Za-z0-9_-]{43,1024}$/.test(value)) problems.push(wrong(name, may))
    return value ?? ""
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    problems.push(`MAILLM_SECRET_FILE cannot be read (${code}): it must name a file with the secret`)
    return ""
  }
}
