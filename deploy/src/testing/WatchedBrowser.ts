import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "playwright-core"
import type { BrowserContext, ConsoleMessage, Page } from "playwright-core"

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

/**
 * A headless Chromium with a user folder of its own that notes what a good page never does: console errors and
 * warnings, uncaught exceptions, violations of the content security policy, requests to any other origin.
 */
export class WatchedBrowser {
  readonly context: BrowserContext
  /** What happened that should not have, in words, in order. */
  readonly faults: Array<string> = []
  readonly #origin: string
  readonly #folder: string

  private constructor(context: BrowserContext, origin: string, folder: string) {
    this.context = context
    this.#origin = origin
    this.#folder = folder
  }

  /** Opens it for the pages of one origin, such as `http://127.0.0.1:4000`. */
  static async open(executablePath: string, origin: string, { webgl = true } = {}): Promise<WatchedBrowser> {
    const folder = mkdtempSync(join(tmpdir(), "maillm-chromium-"))
    const context = await chromium.launchPersistentContext(folder, {
      executablePath,
      args: webgl ? flags : [...flags, "--disable-3d-apis"],
      viewport: { width: 1280, height: 800 },
      colorScheme: "dark",
    })
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin })
    const browser = new WatchedBrowser(context, origin, folder)
    context.on("request", (request) => browser.#note("request", request.url()))
    // Violations that are reported, and those of an origin that a request never starts for.
    await context.addInitScript(`addEventListener("securitypolicyviolation", (event) => {
      console.error("CSP violation: " + event.violatedDirective + " " + event.blockedURI + " " + event.sourceFile + ":" + event.lineNumber)
    })`)
    return browser
  }

  /** A page in a tab of its own. What `expected` matches is no fault. */
  async page(expected: RegExp | null = null): Promise<Page> {
    const page = await this.context.newPage()
    const fault = (text: string) => {
      // What the graphics driver of a machine without a GPU says is not of the page.
      if (text.includes("GL Driver Message")) return
      if (expected?.test(text) !== true) this.faults.push(`${new URL(page.url()).pathname}: ${text}`)
    }
    page.on("console", (message: ConsoleMessage) => {
      if (message.type() === "error" || message.type() === "warning")
        fault(`${message.type()}: ${message.text()}`)
    })
    page.on("pageerror", (error) => fault(`exception: ${error.message}`))
    page.on("crash", () => fault("the page crashed"))
    page.on("websocket", (socket) => this.#note("socket", socket.url()))
    return page
  }

  async close(): Promise<void> {
    await this.context.close()
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }

  #note(kind: string, url: string) {
    const { protocol, origin } = new URL(url)
    if (protocol === "data:" || protocol === "blob:" || protocol === "about:") return
    if (origin.replace(/^ws/, "http") !== this.#origin) this.faults.push(`${kind} to another origin: ${url}`)
  }
}
