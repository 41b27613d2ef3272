import { expect, it } from "vitest"
import { type PaletteEntry, paletteLimit, rankEntries } from "./rankEntries.ts"

const entry = (name: string, kind: PaletteEntry["kind"] = "Request", detail = ""): PaletteEntry => ({
  id: name,
  kind,
  name,
  detail,
  run: () => undefined,
})
const entries = [
  entry("Prune the disk cache"),
  entry("Disk space on build-03", "Session", "Idle"),
  entry("Which diskettes?", "Request", "Failed"),
  entry("Sessions", "Room", "g s"),
]
const names = (query: string) => rankEntries(query, entries).map((found) => found.name)

it.each([
  ["", ["Prune the disk cache", "Disk space on build-03", "Which diskettes?", "Sessions"]],
  ["disk", ["Disk space on build-03", "Prune the disk cache", "Which diskettes?"]],
  ["DISK build", ["Disk space on build-03"]],
  ["disk failed", ["Which diskettes?"]],
  ["session", ["Sessions", "Disk space on build-03"]],
  ["nothing", []],
])("%j finds %j", (query, found) => expect(names(query)).toEqual(found))

it("shows no more than fit", () => {
  const many = Array.from({ length: 500 }, (_, index) => entry(`Request ${index}`))
  expect(rankEntries("", many)).toHaveLength(paletteLimit)
  expect(rankEntries("request", many)).toHaveLength(paletteLimit)
})
