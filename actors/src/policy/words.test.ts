import { describe, expect, it } from "vitest"
import { expandBraces } from "./braces.ts"
import { SOME, UNKNOWN, matchesGlob, placeOf, resolvePath } from "./paths.ts"

const context = { cwd: "/workspace", workspace: "/workspace", home: "/home/user" }

describe("braces", () => {
  it.each([
    ["a", ["a"]],
    ["{/,x}", ["/", "x"]],
    ["a{b,c{d,e}}f", ["abf", "acdf", "acef"]],
    ["{1..3}", ["1", "2", "3"]],
    ["{a..c}x", ["ax", "bx", "cx"]],
    ["{1..9999}", ["1", "9999"]],
    ["{a}", ["{a}"]],
    ["'{a,b}'", ["'{a,b}'"]],
    ["${x:-{a,b}}", ["${x:-{a,b}}"]],
  ])("%s", (text, words) => {
    expect(expandBraces(text)).toEqual(words)
  })

  it("are bounded", () => {
    expect(expandBraces("{a,b}".repeat(7))).toBeUndefined()
  })
})

describe("paths", () => {
  it("are resolved by their letters, also past what is not known", () => {
    expect(resolvePath("../a/./b//c", "/workspace/x")).toBe("/workspace/a/b/c")
    expect(resolvePath("/../..", "/")).toBe("/")
    expect(placeOf(resolvePath(`build/${UNKNOWN}`, "/workspace"), context)).toBe("unknown")
    expect(placeOf(resolvePath(`${UNKNOWN}/../x`, "/workspace"), context)).toBe("unknown")
    expect(placeOf(resolvePath(`/etc/${UNKNOWN}`, "/workspace"), context)).toBe("outside")
    expect(placeOf(resolvePath(`./${SOME}`, "/workspace"), context)).toBe("workspace")
    expect(placeOf(resolvePath("./*", "/workspace"), context)).toBe("whole-workspace")
    expect(placeOf("/workspaces/x", context)).toBe("outside")
    expect(placeOf("/tmp", context)).toBe("whole-temporary")
  })

  it("match patterns as the shell does, in time", () => {
    expect(matchesGlob("sh?dow", "shadow")).toBe(true)
    expect(matchesGlob("[!a-r]h*w", "shadow")).toBe(true)
    expect(matchesGlob("*", ".env")).toBe(false)
    expect(matchesGlob(".*", ".env")).toBe(true)
    const started = performance.now()
    expect(matchesGlob(`${"*a".repeat(2_000)}b`, "a".repeat(4_000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
