import type { AgentOptions } from "@maillm/schema/AgentSettings"
import { integrationPath } from "../container/containerOptions.ts"
import type { PaneRuntime } from "../container/PaneRuntime.ts"
import type { AgentDriver } from "../driver/AgentDriver.ts"
import { modelSocketName } from "../model/ModelProxy.ts"
import type { ModelProxy } from "../model/ModelProxy.ts"
import type { AgentModel } from "./AgentModel.ts"

type Name = AgentDriver["name"]

/** Which of the proxy's providers a driver speaks to; opencode takes whichever is set. */
const providerOf = (options: AgentOptions, driver: Name): "anthropic" | "openai" =>
  driver === "codex" || (driver === "opencode" && options.anthropic === null) ? "openai" : "anthropic"

const keys = {
  anthropic: "MAILLM_ANTHROPIC_API_KEY (or MAILLM_ANTHROPIC_AUTH_TOKEN)",
  openai: "MAILLM_OPENAI_API_KEY",
} as const

/** Models behind the node agent's proxy: panes get a session's token and never the provider's key. */
export const proxiedModel = (proxy: ModelProxy, options: AgentOptions, runtime: PaneRuntime): AgentModel => ({
  problem: (driver) => {
    const provider = providerOf(options, driver)
    return options[provider] === null ? `No key is set: set ${keys[provider]} and start maillm again.` : ""
  },
  remedy: (driver) =>
    `set ${keys[providerOf(options, driver)]} to a key that the provider takes and start maillm again.`,
  limitedUntilMillis: (driver) => proxy.limits()[providerOf(options, driver)],
  route: async (driver, sessionId, userId) => {
    const inContainer = runtime.name === "docker"
    if (inContainer) await proxy.serveUser(userId)
    const provider = providerOf(options, driver)
    return {
      provider,
      token: await proxy.tokenOf(sessionId, userId),
      baseUrl: inContainer ? "http://localhost" : `${proxy.baseUrl}/${provider}`,
      socket: inContainer ? `${integrationPath}/${modelSocketName}` : null,
      model: options.models[driver] ?? null,
    }
  },
  beginTurn: (sessionId, userId, turnId) => proxy.beginTurn(sessionId, userId, turnId),
  endTurn: (sessionId) => proxy.endTurn(sessionId),
})
