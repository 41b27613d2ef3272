// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library"
import { afterEach, expect, it } from "vitest"
import { renderConsole } from "../testing/renderConsole.tsx"

afterEach(cleanup)

it("shows each component with its last error and says which need a look", async () => {
  renderConsole("/system")
  await screen.findByText("Mail out: needs a look.")
  const row = screen.getByRole("row", { name: /Mail out/ })
  expect(within(row).getByText("Degraded")).toBeTruthy()
  expect(row.textContent).toContain("451 4.3.2 the relay is busy")
})

it("shows a node on the host runtime as not isolated, with the reason in words", async () => {
  renderConsole("/system")
  const nodes = await screen.findByRole("region", { name: "Nodes" })
  const desk = within(nodes).getByText("desk").closest("li")
  expect(desk?.querySelector(".not-isolated")?.textContent).toContain("Host, not isolated")
  expect(desk?.textContent).toContain("No Docker engine answers")
  expect(within(nodes).getByText("atlas").closest("li")?.querySelector(".not-isolated")).toBeNull()
})

it("shows many readers of a kind as one line that opens, and stays open when the report is new", async () => {
  const view = renderConsole("/system")
  const streams = await screen.findByRole("region", { name: "Streams" })
  const fold = within(streams).getByRole("button", { name: "32 partition readers" })
  expect(fold.closest("tr")?.textContent).toBe("32 partition readers010")
  expect(within(streams).queryByText(/^partition-31-/)).toBeNull()
  fireEvent.click(fold)
  expect(within(streams).getByText(/^partition-31-/)).toBeTruthy()
  const answered = view.answered()
  view.mock().goOffline()
  view.mock().comeBack()
  await waitFor(() => expect(view.answered()).toBeGreaterThanOrEqual(answered + 2))
  expect(within(streams).getByText(/^partition-31-/)).toBeTruthy()
  expect(within(streams).getByRole("button", { name: "32 partition readers" })).toBe(fold)
})

it("shows streams with their lag, versions, and settings without secrets", async () => {
  renderConsole("/system")
  const streams = await screen.findByRole("region", { name: "Streams" })
  expect(within(streams).getByText("egress").closest("tr")?.textContent).toBe("egress012")
  expect(screen.getByText("24.21.0")).toBeTruthy()
  expect(screen.getByText("MAILLM_SMTP_RELAY").closest("tr")?.textContent).toBe(
    "MAILLM_SMTP_RELAYsetenvironment",
  )
})
