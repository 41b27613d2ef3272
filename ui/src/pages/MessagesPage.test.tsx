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

it("shows what was sent, whether it was delivered, and the request it answers", async () => {
  renderConsole("/messages/out-r0039x7")
  await screen.findByText("Kept in this outbox, because no mail relay is set (MAILLM_SMTP_RELAY).")
  expect(screen.getByText(/Total reclaimed space: 181.4GB/)).toBeTruthy()
  expect(screen.getByRole("link", { name: "r0039x7" }).getAttribute("href")).toBe("/requests/r0039x7")
})
