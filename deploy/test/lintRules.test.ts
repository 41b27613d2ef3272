import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { repository } from "../bin/launch/paths.mjs"
import { runCommand } from "../src/tools/runCommand.ts"

let project: string

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "maillm-lint-"))
  cpSync(join(repository, "tsconfig.base.json"), join(project, "tsconfig.base.json"))
  const compilerOptions = { types: [], composite: false, noEmit: true }
  writeFileSync(
    join(project, "tsconfig.json"),
    JSON.stringify({ extends: "./tsconfig.base.json", compilerOptions, include: ["*.ts"] }),
  )
})

afterEach(() => rmSync(project, { recursive: true, force: true, maxRetries: 10 }))

/** The rules that the repository's own configuration finds broken. */
async function brokenRules(files: Readonly<Record<string, ReadonlyArray<string>>>) {
  for (const [name, lines] of Object.entries(files)) writeFileSync(join(project, name), lines.join("\n"))
  const oxlint = join(repository, "node_modules/oxlint/bin/oxlint")
  const config = join(repository, ".oxlintrc.json")
  const { output } = await runCommand(
    process.execPath,
    [oxlint, "--type-aware", "-f", "unix", "-c", config, project],
    { cwd: repository, timeoutMillis: 30_000 },
  )
  return new Set([...output.matchAll(/\[Error\/(.+?)\]/g)].map((match) => match[1]))
}

const long = (lines: number) => Array.from({ length: lines }, (_, index) => `  console.log(${index})`)

test.each([
  ["eslint(max-lines)", { "a.ts": long(401) }],
  ["eslint(max-lines-per-function)", { "a.ts": ["export function a() {", ...long(71), "}"] }],
  ["typescript(no-explicit-any)", { "a.ts": ["export const a = (x: any) => x"] }],
  ["typescript(no-floating-promises)", { "a.ts": ["async function a() {}", "a()"] }],
  ["typescript(no-unsafe-type-assertion)", { "a.ts": ["export const a = (x: unknown) => x as string"] }],
  ["oxc(no-barrel-file)", { "a.ts": ['export * from "./b.ts"'], "b.ts": ["export const b = 1"] }],
  [
    "import(no-cycle)",
    {
      "a.ts": ['import type { B } from "./b.ts"', "export type A = B | 1"],
      "b.ts": ['import type { A } from "./a.ts"', "export type B = A | 2"],
    },
  ],
  [
    "typescript(switch-exhaustiveness-check)",
    {
      "a.ts": [
        'export const a = (x: "one" | "two") => {',
        "  switch (x) {",
        '    case "one":',
        "      return 1",
        "  }",
        "  return 2",
        "}",
      ],
    },
  ],
])("%s is found where it is planted", async (rule, files) => {
  expect(await brokenRules(files)).toContain(rule)
})

test("nothing is found in a clean file", async () => {
  expect(await brokenRules({ "a.ts": ["export const a = 1"] })).toEqual(new Set())
})
