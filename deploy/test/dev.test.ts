import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, utimesSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { repository } from "../bin/launch/paths.mjs"
import { removeInstallation } from "../src/local/removeInstallation.ts"
import { eventually } from "../src/testing/eventually.ts"
import { localCommand } from "../src/testing/localCommand.ts"
import { processesOf } from "../src/testing/processesOf.ts"
import { WatchedBrowser } from "../src/testing/WatchedBrowser.ts"

const chromiumPath = process.env["MAILLM_TEST_CHROMIUM"] ?? "/usr/bin/chromium"

/** As an editor does that saves a file without a change. */
const touch = (path: string) => utimesSync(join(repository, path), new Date(), new Date())

describe.skipIf(!existsSync(chromiumPath))("npm run dev (needs Chromium and tmux)", () => {
  const folder = mkdtempSync(join(tmpdir(), "maillm-dev-"))
  let child: ChildProcess
  let output = ""
  let browser: WatchedBrowser
  let page: Page
  const vite: Array<string> = []

  const links = () => output.match(/http:\/\/\S+\/sign-in#token=\S+/g) ?? []

  beforeAll(async () => {
    const { command, cwd, env } = localCommand(folder, {})
    child = spawn(command, [join(repository, "deploy/src/local/dev.ts")], { cwd, env })
    const keep = (bytes: Buffer) => (output += bytes.toString("utf8"))
    child.stdout?.on("data", keep)
    child.stderr?.on("data", keep)
    const link = await eventually("the sign-in link", () => links()[0] ?? null, 60_000)
    browser = await WatchedBrowser.open(chromiumPath, new URL(link).origin)
    // Vite speaks on the console; while the server is away, so do failed requests.
    page = await browser.page(/status of 50\d|WebSocket connection|ERR_/)
    page.on("console", (message) => vite.push(message.text()))
    await eventually("Vite answers", () =>
      fetch(link).then(
        (answer) => answer.ok || null,
        () => null,
      ),
    )
    await page.goto(link)
    await page.getByRole("heading", { name: "Requests", exact: true }).waitFor()
    await page.locator('[data-connection="live"]').first().waitFor()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    if (child.exitCode === null) {
      const closed = once(child, "close")
      child.kill("SIGTERM")
      await closed
    }
    await removeInstallation(folder)
  })

  it("a change in the console is in the open page at once", async () => {
    await eventually("the page follows Vite", () =>
      vite.some((text) => text.includes("[vite] connected")) ? true : null,
    )
    const before = vite.length
    touch("ui/src/pages/RequestsPage.tsx")
    await eventually(
      "Vite updates the page",
      () => vite.slice(before).find((text) => /RequestsPage|page reload/.test(text)) ?? null,
    )
  })

  it("a change in a server source starts the server again; the page goes on, signed in and live", async () => {
    const server = () =>
      processesOf(folder).filter(({ arguments: args }) => args.some((arg) => arg.endsWith("/start.ts")))
    const [before] = server()
    touch("schema/src/Ids.ts")
    touch("gateway/src/smtp/SmtpLimits.ts")
    await eventually("it says so", () => (/has changed: the server starts again/.test(output) ? true : null))
    await eventually("a second sign-in link", () => links()[1] ?? null, 60_000)
    const after = server()
    expect(after).toHaveLength(1)
    expect(after[0]?.pid).not.toBe(before?.pid)

    // By Vite's proxy, socket included: a request made now appears in the page that was open all the time.
    await page.getByRole("link", { name: "New request" }).first().click()
    await page.getByRole("textbox").first().fill("echo by the proxy")
    await page.keyboard.press("Control+Enter")
    await page.getByText("by the proxy").first().waitFor()
    await page
      .getByText(/^Done in/)
      .first()
      .waitFor()
  }, 90_000)

  it("Ctrl-C ends both and leaves nothing but panes", async () => {
    const closed = once(child, "close")
    child.kill("SIGINT")
    await closed
    expect(child.exitCode).toBe(0)
    expect(processesOf(folder).filter(({ name }) => !/^(tmux|bash$|sh$|dd$|sleep$)/.test(name))).toEqual([])
    expect(browser.faults).toEqual([])
  })
})
