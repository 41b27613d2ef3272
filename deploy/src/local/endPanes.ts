import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"

/**
 * Ends the tmux server of a data folder and with it every pane. Only for folders that are thrown away (demo, tests,
 * benchmarks): a stopped maillm leaves its panes running on purpose.
 */
export const endPanes = (dataDir: string): void => {
  const folder = join(dataDir, "node", "tmux")
  const elsewhere = join(folder, "socket")
  const socket = join(existsSync(elsewhere) ? readFileSync(elsewhere, "utf8").trim() : folder, "t.sock")
  if (!existsSync(socket)) return
  try {
    execFileSync("tmux", ["-S", socket, "kill-server"], { stdio: "ignore", timeout: 10_000 })
  } catch {
    // No server answers on it: nothing to end.
  }
}
