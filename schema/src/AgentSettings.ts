import * as Context from "effect/Context"
import type * as Redacted from "effect/Redacted"
import { defaultPolicy } from "./Policy.ts"
import type { Policy } from "./Policy.ts"
import type { DriverName } from "./Turn.ts"

/** Where a provider's API is, and the credential that the node agent puts in. Never in a pane, an argv or a log. */
export interface Provider {
  /** Without a trailing slash, such as `https://api.anthropic.com`. */
  readonly baseUrl: string
  readonly key: Redacted.Redacted
  /** True when the key of Anthropic goes as `Authorization: Bearer`, as `…_AUTH_TOKEN` is, and not as `x-api-key`. */
  readonly bearer?: boolean
}

export interface AgentOptions {
  /** Driver of a new session when the message names none: `MAILLM_DRIVER`; null chooses the first usable agent. */
  readonly defaultDriver: DriverName | null
  /** What agents and requests may do unasked: `MAILLM_POLICY`, a JSON file of a `PolicyLayer` over the default. */
  readonly policy: Policy
  /** Drivers that may take over when a provider is down or at its limit, in this order: `MAILLM_FAILOVER`. */
  readonly failover: ReadonlyArray<DriverName>
  /** How long an approval waits for its answer: `MAILLM_APPROVAL_MINUTES`, 1 to 1,380. */
  readonly approvalMillis: number
  /** After how long a person is asked once more: `MAILLM_REMINDER_MINUTES`; 0 never. */
  readonly reminderMillis: number
  /** What a user's turns may cost in a calendar month (UTC): `MAILLM_SPENDING_CAP_USD`; null is no cap. Millionths of a US dollar. */
  readonly spendingCapMicroUsd: number | null
  /** By `MAILLM_ANTHROPIC_API_KEY` (or `…_AUTH_TOKEN`) and `MAILLM_ANTHROPIC_BASE_URL`; null when unset. */
  readonly anthropic: Provider | null
  /** By `MAILLM_OPENAI_API_KEY` and `MAILLM_OPENAI_BASE_URL`. */
  readonly openai: Provider | null
  /** Folder with the agents' programs, absolute, when runtime is host; null when none is installed. */
  readonly cliFolder: string | null
  /** Model that each driver asks for; the agent's own default when absent: `MAILLM_CLAUDE_MODEL`, `…CODEX…`, `…OPENCODE…`. */
  readonly models: Partial<Record<DriverName, string>>
  /** JSON file of prices that goes before the built-in list: `MAILLM_PRICES_FILE`; absolute. */
  readonly pricesFile: string | null
  /** Hosts that containers may reach, `*.` for all below one: `MAILLM_EGRESS_HOSTS`; none unless set. */
  readonly egressHosts: ReadonlyArray<string>
  /** Sessions may begin in repositories of this machine (`file:`, loopback): `MAILLM_LOCAL_REPOSITORIES=yes`. */
  readonly localRepositories: boolean
}

/** What is set about coding agents, read once at start by the launcher (names in the README). */
export const AgentSettings = Context.Reference<AgentOptions>("@maillm/schema/AgentSettings", {
  defaultValue: () => ({
    defaultDriver: null,
    policy: defaultPolicy,
    failover: [],
    approvalMillis: 8 * 3_600_000,
    reminderMillis: 30 * 60_000,
    spendingCapMicroUsd: null,
    anthropic: null,
    openai: null,
    cliFolder: null,
    models: {},
    pricesFile: null,
    egressHosts: [],
    localRepositories: false,
  }),
})
