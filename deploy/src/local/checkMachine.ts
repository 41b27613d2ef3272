import { execFileSync } from "node:child_process"
import { StartFailure } from "./StartFailure.ts"

/** The oldest tmux with `paste-buffer -p` and what else panes need. */
const minimum = { major: 3, minor: 2 }

/** Fails with one line when a program that cannot be brought along is missing or too old. */
export const checkMachine = () => {
  let version: string
  try {
    const env = { PATH: process.env["PATH"] ?? "" }
    version = execFileSync("tmux", ["-V"], { encoding: "utf8", timeout: 5_000, env }).trim()
  } catch {
    throw new StartFailure(
      "tmux is missing: install it (Debian: apt-get install tmux; macOS: brew install tmux)",
    )
  }
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number)
  if (major < minimum.major || (major === minimum.major && minor < minimum.minor)) {
    throw new StartFailure(`${version} is too old: install tmux ${minimum.major}.${minimum.minor} or newer`)
  }
}
