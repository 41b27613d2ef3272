import { readFileSync } from "node:fs"
import { expect, it } from "vitest"

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8")

/** Colour tokens given as `light-dark(#light, #dark)`. */
const tokens = new Map<string, readonly [light: string, dark: string]>()
for (const match of css.matchAll(/(--[\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)) {
  if (match[1] !== undefined && match[2] !== undefined && match[3] !== undefined)
    tokens.set(match[1], [match[2], match[3]])
}

/** Relative luminance, WCAG 2.2. */
const luminance = (hex: string): number => {
  const part = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}
const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}
const colour = (token: string, theme: "light" | "dark"): string => {
  const pair = tokens.get(token)
  if (pair === undefined) throw new Error(`no token ${token}`)
  return pair[theme === "light" ? 0 : 1]
}

const surfaces = ["page", "rail", "surface", "raised", "hover", "selected"]
const texts = ["text", "text-quiet", "text-faint", "accent"]
const states = ["idle", "queued", "running", "waiting", "done", "failed"]
const pairs: ReadonlyArray<readonly [string, string, number]> = [
  ...texts.flatMap((text) => surfaces.map((on) => [`--color-${text}`, `--color-${on}`, 4.5] as const)),
  ...states.flatMap((state) =>
    surfaces.map((on) => [`--color-state-${state}`, `--color-${on}`, 4.5] as const),
  ),
  ...["running", "waiting", "done", "failed"].map(
    (state) => [`--color-state-${state}`, `--color-tint-${state}`, 4.5] as const,
  ),
  ["--color-state-idle", "--color-tint-neutral", 4.5],
  ["--color-text", "--color-tint-waiting", 4.5],
  ["--color-text", "--color-tint-failed", 4.5],
  ["--color-on-accent", "--color-accent-fill", 4.5],
  ["--color-on-accent", "--color-accent-fill-hover", 4.5],
  ["--color-terminal-text", "--color-terminal", 4.5],
  ...["added", "removed"].flatMap((kind) => [
    ["--color-terminal-text", `--color-diff-${kind}`, 4.5] as const,
    ["--color-terminal-text", `--color-diff-${kind}-part`, 4.5] as const,
    ["--color-text-faint", `--color-diff-${kind}`, 4.5] as const,
  ]),
  ["--color-state-done", "--color-diff-added", 4.5],
  ["--color-state-failed", "--color-diff-removed", 4.5],
  ["--color-control-line", "--color-surface", 3],
  ["--color-focus", "--color-page", 3],
]

it.each(["light", "dark"] as const)("contrast is enough in the %s theme", (theme) => {
  const tooLow = pairs.flatMap(([text, on, least]) => {
    const found = contrast(colour(text, theme), colour(on, theme))
    return found >= least ? [] : [`${text} on ${on}: ${found.toFixed(2)}, at least ${least}`]
  })
  expect(tooLow).toEqual([])
  expect(pairs.length).toBeGreaterThan(60)
})

it("has every colour of the console in tokens.css", () => {
  const files = [
    "base.css",
    "components/Shell.css",
    "components/RowList.css",
    "components/ApprovalCard.css",
    "components/Changes.css",
    "diff/ChangeMark.css",
    "diff/PatchView.css",
    "markdown/MarkdownView.css",
    "pages/SystemPage.css",
    "terminal/TerminalView.css",
  ]
  for (const file of files) {
    expect(readFileSync(new URL(file, import.meta.url), "utf8"), file).not.toMatch(/#[0-9a-f]{3,8}\b|rgb\(/i)
  }
})
