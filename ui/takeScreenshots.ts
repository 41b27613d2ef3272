import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { chromium } from "playwright-core"
import { build, preview } from "vite"

/**
 * Takes the README's screenshots of the console on the mock's data, into docs/screenshots:
 * `node ui/takeScreenshots.ts`. Needs Chromium at MAILLM_TEST_CHROMIUM or /usr/bin/chromium.
 */
const root = fileURLToPath(new URL(".", import.meta.url))
const folder = join(root, "..", "docs", "screenshots")
const executablePath = process.env["MAILLM_TEST_CHROMIUM"] ?? "/usr/bin/chromium"
const views = [
  { name: "console", path: "/requests", shown: ".row >> nth=12" },
  { name: "terminal", path: "/sessions/s01kq4", shown: ".terminal-size" },
  { name: "needs-you", path: "/needs-you", shown: ".approval >> nth=1" },
  { name: "request", path: "/requests/rfix01", shown: ".diff-line >> nth=12" },
] as const
/** For the terminal to have drawn itself at the size of its place. */
const settleMillis = 1_500

const outDir = await mkdtemp(join(tmpdir(), "maillm-screenshots-"))
const config = { root, configFile: join(root, "vite.config.ts"), mode: "mock", logLevel: "error" } as const
await build({ ...config, build: { outDir, emptyOutDir: true } })
const server = await preview({ ...config, build: { outDir }, preview: { port: 0, host: "127.0.0.1" } })
const browser = await chromium.launch({
  executablePath,
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
})
try {
  await mkdir(folder, { recursive: true })
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 }, colorScheme: "dark" })
  for (const { name, path, shown } of views) {
    await page.goto(new URL(`${path}?mock=tour`, server.resolvedUrls?.local[0]).href)
    await page.locator(shown).waitFor()
    // A request under way, as the mock makes one.
    if (name === "console") await page.evaluate("maillmMock.tick(); maillmMock.tick()")
    await page.waitForTimeout(settleMillis)
    await page.screenshot({ path: join(folder, `${name}.png`) })
  }
} finally {
  await browser.close()
  await server.close()
  await rm(outDir, { recursive: true, force: true })
}
