import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { KnownPaths } from "./KnownPaths.ts"
import { matchesGlob } from "./paths.ts"

const paths = [".ssh", ".config/gh", ".config/git", ".docker/config.json", "etc/passwd", "Library/Cookies"]

/** The rule for one known path, word by word. */
const covers = (known: string, path: string): boolean => {
  if (path === known || path.startsWith(`${known}/`)) return true
  if (!/[*?[]/.test(path)) return false
  const patterns = path.split("/")
  const names = known.split("/")
  return (
    patterns.length >= names.length &&
    names.every((name, index) => matchesGlob(patterns[index] ?? "", name)) &&
    patterns.slice(0, names.length).some((pattern) => /[^*]/.test(pattern)) &&
    !/^\*+$/.test(patterns[names.length - 1] ?? "")
  )
}

const piece = fc.oneof(
  fc.constantFrom(...paths.flatMap((path) => [path, ...path.split("/")])),
  fc.constantFrom(
    "*",
    "?",
    "/",
    "//",
    ".",
    "..",
    "x",
    "[a-z]",
    ".*",
    ".s?h",
    ".con*",
    "g*",
    "\u0000",
    "\u0001",
  ),
)

describe("KnownPaths", () => {
  const known = new KnownPaths(paths)

  it("covers what one of its paths covers, and nothing else", () => {
    const seen = { covered: 0, free: 0 }
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), fc.constantFrom("", "/"), (pieces, between) => {
        const path = pieces.join(between)
        const expected = paths.some((one) => covers(one, path))
        seen[expected ? "covered" : "free"]++
        expect(known.cover(path)).toBe(expected)
      }),
      { numRuns: 3_000 },
    )
    expect(Math.min(seen.covered, seen.free)).toBeGreaterThan(200)
  })

  it.each([".ssh", ".ssh/id_rsa", ".config/gh/hosts.yml", ".config/g*", ".s[s]h/x"])("covers %s", (path) => {
    expect(known.cover(path)).toBe(true)
  })

  it.each(["", ".sshx", ".config", ".config/ghost", "x/.ssh", "*", ".config/*", "*/*"])(
    "leaves %j",
    (path) => {
      expect(known.cover(path)).toBe(false)
    },
  )
})
