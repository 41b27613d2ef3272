import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { approveStyles, tokens } from "./approveStyles.ts"

test("every token is the console's, and none is used that is not there", () => {
  const css = readFileSync(new URL("../../../ui/src/tokens.css", import.meta.url), "utf8")
  for (const [name, value] of Object.entries(tokens)) expect(css).toContain(`  ${name}: ${value};`)
  const used = new Set([...approveStyles.matchAll(/var\((--[a-z0-9-]+)\)/g)].map(([, name = ""]) => name))
  for (const name of used) if (!/^--(state|tint)$/.test(name)) expect(tokens).toHaveProperty(name)
  for (const name of Object.keys(tokens)) expect(used).toContain(name)
})

test("nothing in it ends the element that it stands in, or fetches anything", () => {
  expect(approveStyles).not.toMatch(/<\/|url\(|@import|@font-face/i)
})
