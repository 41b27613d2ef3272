import { execFileSync } from "node:child_process"
import { StartFailure } from "./StartFailure.ts"

/** The oldest tmux with `paste-buffer -p` and what else panes need. */
const minimumTmux = 3.2

/** Fails with one line when a program that cannot be brought along is missing or too old. */
export const checkMachine = () => {
  let version: string
  try {
    version = execFileSync("tmux", ["-V"], { encoding: "utf8", timeout: 5_000 }).trim()
  } catch {
    throw new StartFailure(
      "tmux is missing: install it (Debian: apt-get install tmux; macOS: brew install tmux)",
    )
  }
  const number = Number(/(\d+\.\d+)/.exec(version)?.[1] ?? 0)
  if (number < minimumTmux)
    throw new StartFailure(`${version} is too old: install tmux ${minimumTmux} or newer`)
}
