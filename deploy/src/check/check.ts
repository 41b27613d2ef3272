import { join } from "node:path"
import { repository } from "../../bin/launch/paths.mjs"
import { type CommandResult, runCommand } from "../tools/runCommand.ts"
import { checkDependencies } from "./checkDependencies.ts"

const timeoutMillis = 300_000

const node = (script: string, ...args: ReadonlyArray<string>) =>
  runCommand(process.execPath, [join(repository, "node_modules", script), ...args], {
    cwd: repository,
    env: { ...process.env, NO_COLOR: "1" },
    timeoutMillis,
  })

const steps: ReadonlyArray<{ name: string; run: () => Promise<CommandResult>; remedy?: string }> = [
  { name: "types", run: () => node("typescript/bin/tsc", "-b") },
  // Cycles are a rule of the linter, import/no-cycle.
  {
    name: "lint and import cycles",
    run: () => node("oxlint/bin/oxlint", "--type-aware", "--deny-warnings", "--format=unix"),
  },
  { name: "format", run: () => node("oxfmt/bin/oxfmt", "--check"), remedy: "npm run format writes it" },
  {
    name: "dependency direction",
    run: async () => {
      const problems = checkDependencies(repository)
      return { code: problems.length === 0 ? 0 : 1, output: problems.join("\n") }
    },
  },
]

/** `npm run check`: every step, one line each; the output of those that fail. Exits with 1 when one did. */
const failed: Array<string> = []
for (const { name, run, remedy } of steps) {
  const started = performance.now()
  const { code, output } = await run()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`)
  if (code === 0) continue
  failed.push(name)
  console.log(`${output.trim()}\n${remedy ?? ""}`)
}
if (failed.length > 0) {
  console.log(`check failed: ${failed.join(", ")}`)
  process.exitCode = 1
}
