import { expect, it } from "vitest"
import { mockNodes } from "../mock/mockSystem.ts"
import { agentChoices } from "./agentChoices.ts"

const at = 1_795_343_000_000
const nodes = mockNodes(at)
const of = (driver: string, rows = nodes, now = at) =>
  agentChoices(rows, now).find((choice) => choice.driver === driver)

it("an agent that one live node has can be used, whatever another lacks", () => {
  expect(of("claude")).toMatchObject({ usable: true, why: "", limitedUntilMillis: null })
})

it("says until when an agent waits for its provider, and no longer", () => {
  expect(of("opencode")).toMatchObject({ usable: true, limitedUntilMillis: at + 38 * 60_000 })
  expect(of("opencode", nodes, at + 39 * 60_000)).toMatchObject({ limitedUntilMillis: null })
})

it("says why an agent cannot be used", () => {
  const without = nodes.map((node) => ({ ...node, alive: node.hostname === "desk" }))
  expect(of("claude", without)?.why).toMatch(/^Version 2\.1\.330 is needed/)
  expect(of("codex", without)).toMatchObject({ usable: false, why: "No node has it." })
  expect(of("shell", [])).toMatchObject({ usable: false })
})

it("takes the word of a node that tells only its drivers", () => {
  expect(of("codex", [{ ...nodes[0]!, agents: [], drivers: ["codex"] }])).toMatchObject({ usable: true })
})
