import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { checkDependencies } from "./checkDependencies.ts"
import { dependencyRules } from "./dependencyRules.ts"

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "maillm-check-"))
  write("package.json", JSON.stringify({ devDependencies: { vitest: "1" } }))
  for (const folder of Object.keys(dependencyRules)) {
    const dependencies = { effect: "1", "@maillm/schema": "1", "@maillm/actors": "1" }
    write(`${folder}/package.json`, JSON.stringify({ dependencies, devDependencies: { jsdom: "1" } }))
  }
})

afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 10 }))

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

const from = (specifier: string) => `import { a } from "${specifier}"\n`

test.each([
  ["schema/src/a.ts", "effect/Schema"],
  ["schema/src/a.test.ts", "vitest"],
  ["actors/src/a.ts", "@maillm/schema/Ids"],
  ["actors/src/deep/a.ts", "../b.ts"],
  ["gateway/src/a.ts", "@maillm/actors/nats/Nats"],
  ["gateway/src/a.ts", "node:fs"],
  ["node-agent/test/a.test.ts", "@maillm/actors/nats/testing/TestNatsServer"],
  ["node-agent/src/testing/a.ts", "jsdom"],
  ["ui/src/a.tsx", "jsdom"],
  ["deploy/src/a.ts", "@maillm/actors/session/SessionActor"],
  ["actors/node_modules/x/a.ts", "anything"],
])("%s may import %s", (file, specifier) => {
  write(file, from(specifier))
  expect(checkDependencies(root)).toEqual([])
})

test.each([
  ["schema/src/a.ts", "node-pty", "schema may import effect only"],
  ["schema/src/a.ts", "@maillm/actors/nats/Nats", "schema may import no other package"],
  ["actors/src/a.ts", "@maillm/gateway/main", "actors may import @maillm/schema/*"],
  ["gateway/src/a.ts", "@maillm/actors/session/SessionActor", "gateway may import"],
  ["gateway/src/a.ts", "@maillm/node-agent/main", "gateway may import"],
  ["gateway/test/a.test.ts", "@maillm/deploy/cli/maillm", "gateway may import"],
  ["ui/src/a.tsx", "@maillm/actors/nats/Nats", "ui may import @maillm/schema/*"],
  ["gateway/src/smtp/a.ts", "../../../schema/src/Ids.ts", "outside gateway"],
  ["gateway/src/a.ts", "smtp-server", "gateway/package.json does not list"],
  ["gateway/src/a.ts", "jsdom", "gateway/package.json does not list"],
])("%s must not import %s", (file, specifier, reason) => {
  write(file, `const first = 1\n${from(specifier)}`)
  expect(checkDependencies(root)).toEqual([expect.stringContaining(`${file}:2: imports ${specifier}`)])
  expect(checkDependencies(root)[0]).toContain(reason)
})

test.each([
  ["type-only", 'import type { A } from "ws"'],
  ["over several lines", 'import {\n  a,\n  b,\n} from "ws"'],
  ["re-exported", 'export { a } from "ws"'],
  ["for its effect", 'import "ws"'],
  ["dynamic", 'const a = await import("ws")'],
])("sees an import that is %s", (_, source) => {
  write("actors/src/a.ts", source)
  expect(checkDependencies(root)).toHaveLength(1)
})

test("does not see code in comments and texts", () => {
  write("actors/src/a.ts", '/**\n import { a } from "ws"\n */\n// import "ws"\nconst a = `\nimport "ws"\n`')
  expect(checkDependencies(root)).toEqual([])
})
