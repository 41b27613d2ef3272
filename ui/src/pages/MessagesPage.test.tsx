// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library"
import { afterEach, expect, it } from "vitest"
import { renderConsole } from "../testing/renderConsole.tsx"

afterEach(cleanup)

const rows = () => within(screen.getByRole("list", { name: "Messages" })).getAllByRole("link")

it("shows a page, and older ones when asked, each once", async () => {
  const view = renderConsole("/messages")
  await screen.findByRole("list", { name: "Messages" })
  expect(rows()).toHaveLength(50)
  fireEvent.click(screen.getByRole("button", { name: "Load older" }))
  await waitFor(() => expect(rows().length).toBeGreaterThan(50))
  await waitFor(() => expect(screen.queryByRole("button", { name: "Load older" })).toBeNull())
  const hrefs = rows().map((row) => row.getAttribute("href"))
  expect(new Set(hrefs).size).toBe(hrefs.length)
  expect(view.sent.filter((call) => call.path.includes("before="))).toHaveLength(1)
})

it("keeps an older page that comes while the newest one is being fetched again", async () => {
  const view = renderConsole("/messages")
  await screen.findByRole("list", { name: "Messages" })
  const newest = (path: string) => path.startsWith("/api/messages") && !path.includes("before=")
  const fetched = () => view.sent.filter((call) => newest(call.path)).length
  const resume = view.pause(newest)
  view.mock().goOffline()
  view.mock().comeBack()
  const before = fetched()
  await waitFor(() => expect(fetched()).toBeGreaterThan(before))
  fireEvent.click(screen.getByRole("button", { name: "Load older" }))
  await waitFor(() => expect(rows().length).toBeGreaterThan(50))
  const count = rows().length
  expect(document.activeElement).toBe(rows()[50])
  const answered = view.answered()
  resume()
  await waitFor(() => expect(view.answered()).toBeGreaterThan(answered))
  expect(rows()).toHaveLength(count)
})

it("shows as much as before, and no more pages than there are, after it was offline", async () => {
  const view = renderConsole("/messages")
  await screen.findByRole("list", { name: "Messages" })
  fireEvent.click(screen.getByRole("button", { name: "Load older" }))
  await waitFor(() => expect(rows().length).toBeGreaterThan(50))
  const count = rows().length
  const answered = view.answered()
  view.mock().goOffline()
  view.mock().comeBack()
  await waitFor(() => expect(view.answered()).toBeGreaterThan(answered))
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(rows()).toHaveLength(count)
  expect(screen.queryByRole("button", { name: "Load older" })).toBeNull()
})

it("says so when older ones cannot be had, and keeps the button", async () => {
  const view = renderConsole("/messages")
  await screen.findByRole("list", { name: "Messages" })
  view.cut(true)
  fireEvent.click(screen.getByRole("button", { name: "Load older" }))
  await screen.findByText("Older ones could not be loaded: The server cannot be reached.")
  expect(screen.getByRole("button", { name: "Load older" })).toBeTruthy()
})

it("shows the first words of a reply that was kept, not that it was", async () => {
  renderConsole("/messages?direction=out")
  await screen.findByRole("list", { name: "Messages" })
  const kept = rows().find((row) => row.textContent?.includes("Kept here"))
  expect(kept?.querySelector(".row-outcome")?.textContent).toMatch(/^(Done in|Failed after)/)
})

it("shows why a mail was quarantined, in the list and in full, with its raw source", async () => {
  renderConsole("/messages?state=quarantined")
  await screen.findByRole("list", { name: "Messages" })
  const parcel = rows().find((row) => row.textContent?.includes("Your parcel"))
  expect(parcel?.textContent).toContain("is not an address of this account")
  expect(rows().every((row) => row.textContent?.includes("Quarantined"))).toBe(true)
  if (parcel !== undefined) fireEvent.click(parcel)
  await screen.findByRole("heading", { level: 1, name: "Your parcel could not be delivered" })
  expect(within(screen.getByRole("list", { name: "Reasons" })).getAllByRole("listitem")).toHaveLength(2)
  expect(screen.getByText("Open the attached form and confirm your address within 24 hours.")).toBeTruthy()
  expect(screen.getByRole("link", { name: /^Raw/ }).getAttribute("href")).toBe("/api/messages/in-odd0/raw")
  expect(screen.getByRole("link", { name: /form\.pdf\.exe/ }).getAttribute("href")).toMatch(
    /messageId=in-odd0$/,
  )
})

it("runs a mail in quarantine after it has shown what that means, and who sent it", async () => {
  const view = renderConsole("/messages/in-odd0")
  await screen.findByRole("heading", { level: 2, name: "Who sent it" })
  expect(screen.getByText("Nobody can say who wrote it.")).toBeTruthy()
  for (const words of ["SPF", "softfail", "203.0.113.77 is not a server of parcel-notice.example", "DMARC"])
    expect(screen.getByText(words)).toBeTruthy()
  fireEvent.click(screen.getByRole("button", { name: "Run it anyway…" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Run this mail as yours?" }))
  expect(dialog.getByText(/Open the attached form/)).toBeTruthy()
  expect(dialog.getByText(/form\.pdf\.exe/)).toBeTruthy()
  expect(within(dialog.getByRole("list", { name: "Why it was held" })).getAllByRole("listitem")).toHaveLength(
    2,
  )
  expect(view.sent.filter(({ method }) => method === "POST")).toEqual([])
  fireEvent.click(dialog.getByRole("button", { name: "Run it" }))
  await screen.findByText(/from quarantine by/)
  expect(view.sent.filter(({ method }) => method === "POST").map(({ path }) => path)).toEqual([
    "/api/messages/in-odd0/release",
  ])
  expect(screen.queryByRole("button", { name: "Run it anyway…" })).toBeNull()
})

it("shows what was sent, whether it was delivered, and the request it answers", async () => {
  renderConsole("/messages/out-r0039x7")
  await screen.findByText("Kept in this outbox, because no mail relay is set (MAILLM_SMTP_RELAY).")
  expect(screen.getByText(/Total reclaimed space: 181.4GB/)).toBeTruthy()
  expect(screen.getByRole("link", { name: "r0039x7" }).getAttribute("href")).toBe("/requests/r0039x7")
})

it("has the report of the server that a mail came back from", async () => {
  renderConsole("/messages/mr01", "empty-bounced")
  const link = await screen.findByRole("link", { name: "the server’s report" })
  expect(link.getAttribute("href")).toMatch(/^\/api\/blobs\/9f86d081[0-9a-f]+\?messageId=mr01$/)
  expect(link.closest("dd")?.textContent).toContain("2.8 KiB")
})
