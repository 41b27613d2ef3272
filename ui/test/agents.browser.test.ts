import type { Page } from "playwright-core"
import { describe, expect, it } from "vitest"
import { noChromium, phone, useConsoleBrowser, wide } from "./consoleBrowser.ts"
import { faultsOfPage } from "./faultsOfPage.ts"

const agentViews = [
  "/needs-you",
  "/approvals/a003m2",
  "/approvals/a012m2",
  "/requests/rfix01",
  "/requests/rprice",
  "/requests/rpark1",
  "/sessions",
  "/sessions/s07kq4",
  "/sessions/s07kq4/changes",
  "/sessions/s07kq4/cost",
  "/system",
  "/new",
] as const

describe.skipIf(noChromium !== "")(`agents in Chromium${noChromium}`, { timeout: 60_000 }, () => {
  const open = useConsoleBrowser()

  it.each(agentViews)("%s, with agents: the same", async (path) => {
    for (const [viewport, scheme] of [
      [wide, "light"],
      [phone, "dark"],
    ] as const) {
      const view = await open(path, viewport, scheme, "agents")
      await view.page.waitForFunction(() => document.querySelector('[aria-label="Loading"]') === null)
      if (path === "/requests/rfix01") await view.page.locator(".diff-line").first().waitFor()
      if (path === "/sessions/s07kq4") await view.page.locator(".agent-line").waitFor()
      expect(await view.page.evaluate(faultsOfPage), `${path} at ${viewport.width}`).toEqual([])
      expect(view.problems, `${path} at ${viewport.width}`).toEqual([])
      await view.close()
    }
  })

  describe("questions", () => {
    const question = (page: Page, title: string) =>
      page.locator(".approval").filter({ has: page.locator("h2", { hasText: title }) })

    it("appear live, are counted everywhere, and are allowed and denied by keyboard alone", async () => {
      const { page, problems, close } = await open("/messages", wide, "dark", "agents")
      await page.locator(".room-count", { hasText: "3" }).waitFor()
      await page.locator(".live-indicator", { hasText: "Live" }).first().waitFor()
      await page.evaluate(() => window.maillmMock?.ask("rspool", "kill -9 1", "process", 60_000))
      await page.locator(".room-count", { hasText: "4" }).waitFor()
      await page.locator(".notice", { hasText: "Needs you: Ends processes" }).waitFor()
      expect(await page.title()).toBe("(4) Messages · maillm")
      await page.keyboard.press("g")
      await page.keyboard.press("a")
      await page.waitForURL((url) => url.pathname === "/needs-you")
      await question(page, "Ends processes").waitFor()
      for (let press = 0; press < 4; press += 1) await page.keyboard.press("j")
      await page.keyboard.press("a")
      await question(page, "Ends processes")
        .locator(".approval-ended", { hasText: "in the console" })
        .waitFor()
      // What is grave asks once more, also of the keyboard.
      for (let press = 0; press < 3; press += 1) await page.keyboard.press("k")
      await page.keyboard.press("a")
      await question(page, "Deletes outside").getByText("Press again to allow").waitFor()
      await page.keyboard.press("d")
      await page.keyboard.type("Not the shared ones.")
      await page.keyboard.press("Enter")
      await question(page, "Deletes outside").locator("q", { hasText: "Not the shared ones." }).waitFor()
      await page.waitForFunction(() => document.title.startsWith("(2) "))
      expect(await page.evaluate(faultsOfPage)).toEqual([])
      expect(problems).toEqual([])
      await close()
    })

    it("tell who came later what was decided before, on a phone", async () => {
      const { page, problems, close } = await open("/needs-you", phone, "light", "agents")
      const push = question(page, "Pushes to a git server")
      await push.waitFor()
      // Both at once, so that no fetch in between tells it before the press.
      await push.getByRole("button", { name: "Allow", exact: true }).evaluate((button) => {
        window.maillmMock?.answerElsewhere("a006m2", "deny", "link", false)
        if (button instanceof HTMLElement) button.click()
      })
      await push.getByText(/Already denied by link at \d\d:\d\d\. Your answer came later\./).waitFor()
      expect(await page.evaluate(faultsOfPage)).toEqual([])
      // The server refused with a status that browsers write to their console.
      expect(problems.filter((problem) => !problem.includes("409"))).toEqual([])
      await close()
    })

    it("hold still under the pointer while others are answered elsewhere", async () => {
      const { page, close } = await open("/needs-you", wide, "dark", "agents")
      const drop = question(page, "Destroys data")
      await drop.hover()
      const top = async () => (await drop.boundingBox())?.y
      await page.evaluate(() => window.maillmMock?.answerElsewhere("a003m2", "deny", "email", true))
      await question(page, "Deletes outside").locator(".approval-ended").waitFor()
      const before = await top()
      // Longer than an answered one is shown that nobody points at.
      await page.waitForFunction((since) => Date.now() - since > 6_500, Date.now())
      expect(await top()).toBe(before)
      await page.mouse.move(2, 2)
      await question(page, "Deletes outside").waitFor({ state: "detached" })
      await close()
    })
  })

  it("plays a recording, and nothing typed into it goes anywhere", async () => {
    const { page, problems, close } = await open("/requests/rfix01", wide, "dark", "agents")
    await page.getByRole("button", { name: "Open", exact: true }).click()
    await page.getByRole("slider", { name: "Position" }).waitFor()
    const time = page.locator(".player-time")
    await page.waitForFunction(() =>
      /^(\S+) \/ \1$/.test(document.querySelector(".player-time")?.textContent ?? ""),
    )
    const end = (await time.textContent()) ?? ""
    await page.getByRole("button", { name: "Play" }).click()
    await page.waitForFunction(
      (before) => document.querySelector(".player-time")?.textContent !== before,
      end,
    )
    await page.getByRole("button", { name: "Pause" }).click()
    await page.getByRole("slider", { name: "Position" }).fill("9000")
    await page.waitForFunction(() => document.querySelector(".player-time")?.textContent?.startsWith("0:09"))
    expect(await page.evaluate(faultsOfPage)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })
})
