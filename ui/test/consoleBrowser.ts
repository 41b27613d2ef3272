import { existsSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core"
import { build, preview, type PreviewServer } from "vite"
import { afterAll, beforeAll } from "vitest"

const executablePath = process.env["MAILLM_TEST_CHROMIUM"] ?? "/usr/bin/chromium"
/** Why these tests are skipped, for their name; empty when there is a Chromium. */
export const noChromium = existsSync(executablePath)
  ? ""
  : ` (skipped: no Chromium at ${executablePath}; set MAILLM_TEST_CHROMIUM)`
const chromiumArguments =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
export const wide = { width: 1_440, height: 900 }
export const phone = { width: 390, height: 844 }

/** What went wrong on a page while it was used. */
interface Watched {
  readonly page: Page
  readonly problems: Array<string>
  readonly bytes: () => number
}

/** The console, built on the mock's data, in a Chromium of its own for the tests of a file; gives what opens a view. */
export const useConsoleBrowser = () => {
  let browser: Browser
  let server: PreviewServer
  let folder: string
  let base: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "maillm-console-"))
    const root = fileURLToPath(new URL("..", import.meta.url))
    const config = {
      root,
      configFile: join(root, "vite.config.ts"),
      mode: "mock",
      logLevel: "error",
    } as const
    await build({ ...config, build: { outDir: folder, emptyOutDir: true } })
    server = await preview({ ...config, build: { outDir: folder }, preview: { port: 0, host: "127.0.0.1" } })
    const address = server.httpServer.address()
    base = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`
    browser = await chromium.launch({ executablePath, args: chromiumArguments.split(" ") })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }, 30_000)

  const watch = async (context: BrowserContext): Promise<Watched> => {
    const page = await context.newPage()
    const problems: Array<string> = []
    let bytes = 0
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(`console: ${message.text()}`)
    })
    page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`))
    page.on("request", (request) => {
      if (!request.url().startsWith(`${base}/`)) problems.push(`outside request: ${request.url()}`)
    })
    page.on("response", (response) => {
      response.body().then(
        (body) => {
          const packed = /woff2/.test(response.url()) ? body.length : gzipSync(body).length
          bytes += packed
        },
        () => undefined,
      )
    })
    return { page, problems, bytes: () => bytes }
  }
  const open = async (
    path: string,
    viewport: typeof wide,
    colorScheme: "dark" | "light" = "dark",
    mode = "quiet",
  ) => {
    const context = await browser.newContext({ viewport, colorScheme, hasTouch: viewport === phone })
    const watched = await watch(context)
    await watched.page.goto(`${base}${path}${path.includes("?") ? "&" : "?"}mock=${mode}`)
    await watched.page.locator("h1").first().waitFor()
    return { ...watched, close: () => context.close() }
  }
  return open
}
