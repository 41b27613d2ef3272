// @vitest-environment jsdom
import { cleanup, screen, within } from "@solidjs/testing-library"
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

it("shows streams with their lag, versions, and settings without secrets", async () => {
  renderConsole("/system")
  const streams = await screen.findByRole("region", { name: "Streams" })
  expect(within(streams).getByText("egress").closest("tr")?.textContent).toBe("egress012")
  expect(screen.getByText("24.21.0")).toBeTruthy()
  expect(screen.getByText("MAILLM_SMTP_RELAY").closest("tr")?.textContent).toBe(
    "MAILLM_SMTP_RELAYsetenvironment",
  )
})
