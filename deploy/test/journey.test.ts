import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { nodeFolder } from "@maillm/node-agent/files/NodeFolder"
import { eventually } from "../src/testing/eventually.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"
import { sendMail } from "../src/testing/sendMail.ts"
import { WatchedBrowser } from "../src/testing/WatchedBrowser.ts"

const chromiumPath = process.env["MAILLM_TEST_CHROMIUM"] ?? "/usr/bin/chromium"
const ready = existsSync(chromiumPath)

describe.skipIf(!ready)("the journey in a browser (needs Chromium and tmux)", () => {
  const maillm = new LocalProcess()
  let browser: WatchedBrowser
  /** Another machine of the same person, whose terminal is drawn without WebGL. */
  let second: WatchedBrowser
  let page: Page
  let link: string
  let workspace: string

  beforeAll(async () => {
    await maillm.start()
    link = await maillm.signInLink()
    workspace = nodeFolder(maillm.dataDir).workspace("owner")
    browser = await WatchedBrowser.open(chromiumPath, new URL(link).origin)
    second = await WatchedBrowser.open(chromiumPath, new URL(link).origin, { webgl: false })
    page = await browser.page()
    page.setDefaultTimeout(15_000)
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await second?.close()
    await maillm.dispose()
  })

  const mail = (from: string, subject: string, text: string) =>
    sendMail({ port: maillm.ports.smtp, from, to: maillm.owner.address, subject, text })

  it("the printed link signs in, once, and leaves no token behind", async () => {
    await page.goto(link)
    await page.getByRole("heading", { name: "Requests", exact: true }).waitFor()
    expect(page.url()).toBe(`${new URL(link).origin}/requests`)
    await page.getByText(maillm.owner.address).first().waitFor()

    // The browser itself reports the refusal of the second use.
    const again = await second.page(/status of 40[01]/)
    await again.goto(link)
    await again.getByRole("heading", { name: "This link does not sign in any more" }).waitFor()
    expect(again.url()).not.toContain("token")
    await again.close()
    // A mark of this document: it is gone after any reload.
    await page.evaluate("window.journey = 'same document'")
  })

  it("a mail's request appears by itself, and its timeline grows to the reply", async () => {
    await mail(
      maillm.owner.email,
      "Wait for go",
      "echo begun; until [ -e go ]; do sleep 0.1; done; echo gone on",
    )
    const row = page.getByRole("link", { name: /Wait for go/ })
    await row.filter({ hasText: "Running" }).waitFor()
    await row.click()

    const timeline = page.locator(".timeline")
    await timeline.getByText(/the shell took it/).waitFor()
    expect(await timeline.getByText("Reply kept").count()).toBe(0)
    await page.getByRole("link", { name: "Watch the terminal" }).click()
    await seen(page, /^begun$/m)
    writeFileSync(join(workspace, "go"), "")
    await seen(page, /^gone on$/m)
    await page.goBack()
    await timeline.getByText(/Reply kept in the outbox/).waitFor()
    await page
      .locator(".request-summary")
      .getByText(/^Done in/)
      .waitFor()
    await page.getByText("Exit code", { exact: true }).waitFor()
    expect(await page.evaluate("window.journey")).toBe("same document")
  })

  it("what is typed in the live terminal takes effect in the workspace", async () => {
    await page.getByRole("link", { name: "Terminal", exact: true }).click()
    await live(page)
    await page.keyboard.type("echo 'typed by hand: ü' > by-hand.txt")
    await page.keyboard.press("Enter")
    const file = join(workspace, "by-hand.txt")
    await eventually("the file is there", () =>
      existsSync(file) && readFileSync(file, "utf8") !== "" ? true : null,
    )
    expect(readFileSync(file, "utf8")).toBe("typed by hand: ü\n")
  })

  it("a reload in mid-output loses and doubles nothing, and a second viewer sees the same", async () => {
    await page.keyboard.type(
      "i=0; until [ -e stop ]; do echo line-$((i+=1)); sleep 0.02; done; echo all-of-$i",
    )
    await page.keyboard.press("Enter")
    await seen(page, /^line-20$/m)
    await second.context.addCookies(await browser.context.cookies())
    const other = await second.page()
    await other.goto(page.url())
    await live(other)
    const before = lines(await terminalText(page)).length
    await page.reload()
    await live(page)
    await seen(page, new RegExp(`^line-${before + 40}$`, "m"))
    writeFileSync(join(workspace, "stop"), "")

    for (const viewer of [page, other]) {
      const text = await seen(viewer, /^all-of-\d+$/m)
      const last = Number(/^all-of-(\d+)$/m.exec(text)?.[1])
      expect(last).toBeGreaterThan(before + 40)
      expect(lines(text)).toEqual(Array.from({ length: last }, (_, i) => i + 1))
    }
    await page.keyboard.type("printf '\\e[38;2;250;120;20m%s\\e[0m\\n' 'both see this'")
    await page.keyboard.press("Enter")
    for (const viewer of [page, other]) await seen(viewer, /^both see this$/m)
    expect(await terminalText(other)).toBe(await terminalText(page))
    await other.close()
  })

  it("the terminal's tools work: search, text size, screen reader", async () => {
    await page.getByRole("button", { name: /^Find \(/ }).click()
    await page.getByRole("textbox", { name: "Find in the terminal" }).fill("line-17")
    await page.getByRole("button", { name: "Find upwards" }).click()
    expect(await page.getByRole("search").innerText()).not.toContain("Not found")
    await page.getByRole("textbox", { name: "Find in the terminal" }).fill("no such words")
    await page.getByText("Not found").waitFor()
    await page.getByRole("button", { name: "Close the search" }).click()
    const size = page.locator(".terminal-size")
    const before = await size.innerText()
    await page.getByRole("button", { name: "Larger text" }).click()
    await eventually("fewer columns fit", async () => ((await size.innerText()) === before ? null : true))
    await page.getByRole("button", { name: "Read out by a screen reader" }).click()
    await page
      .locator(".xterm-accessibility")
      .getByText("line-17", { exact: true })
      .waitFor({ state: "attached" })
  })

  it("Messages shows mail in and out, and a stranger's with the reason why it is not acted on", async () => {
    await page.getByRole("link", { name: "Messages" }).click()
    const list = page.getByRole("list", { name: "Messages" })
    await list.getByRole("link", { name: /In .*Wait for go.*Accepted/s }).waitFor()
    await list.getByRole("link", { name: /Out .*Re: Wait for go.*Kept here/s }).waitFor()

    await mail("stranger@example.org", "Let me in", "touch strangers-file")
    const stranger = list.getByRole("link", { name: /Let me in.*Quarantined/s })
    await stranger.click()
    await page.getByRole("heading", { name: "Let me in" }).waitFor()
    await page
      .getByRole("list", { name: "Reasons" })
      .getByText(/stranger@example\.org/)
      .waitFor()
    expect(await maillm.requests("search=strangers-file")).toEqual([])
  })

  it("System shows that every part works", async () => {
    await page.getByRole("link", { name: "System" }).click()
    await page.getByText("Everything works.").waitFor()
    const components = page.getByRole("table").first()
    for (const name of [/nats/i, /smtp/i]) await components.getByRole("rowheader", { name }).first().waitFor()
    expect(await components.getByText(/^(Degraded|Down)$/).count()).toBe(0)
    // The node, and the host of its actors.
    await expect.poll(() => page.getByText("Alive").count(), { timeout: 10_000 }).toBe(2)
  })

  it("signing out ends every page of it at once, terminals too", async () => {
    const [session] = await maillm.requests()
    const watching = await browser.page(/status of 401/)
    await watching.goto(new URL(`/sessions/${session?.sessionId}`, link).href)
    await live(watching)
    await page.getByRole("button", { name: "Sign out" }).click()
    for (const each of [page, watching]) {
      await each.getByRole("heading", { name: "You are not signed in" }).waitFor()
    }
    const { status } = await browser.context.request.get(new URL("/api/me", link).href).then((answer) => ({
      status: answer.status(),
    }))
    expect(status).toBe(401)
  })

  it("meanwhile no console error, no policy violation, no request to elsewhere", () => {
    expect([...browser.faults, ...second.faults]).toEqual([])
  })
})

const live = (page: Page) => page.locator(".terminal-status").getByText("Live", { exact: true }).waitFor()

/** Everything the terminal holds, by its own button. */
const terminalText = async (page: Page): Promise<string> => {
  await page.bringToFront()
  await page.getByRole("button", { name: "Copy the selection, or everything" }).click()
  const text = await page.evaluate("navigator.clipboard.readText()")
  await page.locator(".terminal-host textarea").focus()
  return typeof text === "string" ? text : ""
}

const seen = async (page: Page, what: RegExp): Promise<string> => {
  await live(page)
  return eventually(`the terminal shows ${what}`, async () => {
    const text = await terminalText(page)
    return what.test(text) ? text : null
  })
}

const lines = (text: string) => [...text.matchAll(/^line-(\d+)$/gm)].map(([, n]) => Number(n))
