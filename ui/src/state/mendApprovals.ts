import type { ApiClient } from "../api/ApiClient.ts"
import type { ConsoleStore } from "./consoleStore.ts"

/** The most that the API gives at once. */
const pageMax = 200
const latelyLimit = 50
/** Questions looked up one by one at most, because they are held as pending and no longer listed so. */
const lookUpLimit = 20

/**
 * Fetches what is pending and what was answered lately, and looks up those that are held as pending and are not among
 * them: their answers were missed.
 */
export const mendApprovals = async (api: ApiClient, store: ConsoleStore): Promise<void> => {
  const before = Object.values(store.state.approvals).filter((row) => row.state === "pending")
  const [pending, lately] = await Promise.all([
    api.approvals({ state: "pending", limit: pageMax }),
    api.approvals({ limit: latelyLimit }),
  ])
  store.hold({ approvals: [...lately, ...pending] })
  if (pending.length >= pageMax) return
  const listed = new Set<string>([...pending, ...lately].map((row) => row.id))
  const missed = before.filter((row) => !listed.has(row.id)).slice(0, lookUpLimit)
  const found = await Promise.all(missed.map((row) => api.approval(row.id).catch(() => null)))
  store.hold({ approvals: found.filter((row) => row !== null) })
}
