// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library"
import { afterEach, expect, it } from "vitest"
import { renderConsole } from "../testing/renderConsole.tsx"

afterEach(cleanup)

it("shows each component with its last error and says which need a look", async () => {
  renderConsole("/system")
  await screen.findByText("Actors, Mail out: need a look.")
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

it("shows each partition with its owner and what waits, the worst one in words", async () => {
  renderConsole("/system")
  const actors = await screen.findByRole("region", { name: "Actors" })
  const partitions = await within(actors).findAllByRole<HTMLInputElement>("radio")
  expect(partitions).toHaveLength(32)
  const stopped = within(actors).getByRole<HTMLInputElement>("radio", {
    name: "Partition 4: Stopped, owner barn, 12 commands, the oldest of 34 s ago",
  })
  expect(stopped.checked).toBe(true)
  expect(within(actors).getByRole("status").textContent).toContain(
    "12 commands wait and none is handled; another host takes it",
  )
  fireEvent.click(within(actors).getByRole("radio", { name: /^Partition 9: Behind/ }))
  expect(within(actors).getByRole("status").textContent).toContain("maillm actors inspect session s02kq4")
  const barn = within(actors).getByText("barn").closest("li")
  expect(barn?.textContent).toContain("Not heard of")
  expect(barn?.textContent).toContain("2 partitions, beat 34 s ago")
  expect(within(actors).getByRole("row", { name: /s02kq4/ }).textContent).toBe("session s02kq4941 of 256")
})

it("puts a dead letter back after a second press, and says what came of it", async () => {
  const view = renderConsole("/system")
  const dead = await screen.findByRole("region", { name: "Dead letters" })
  expect(await within(dead).findByText("3 · 3 % of 64 MiB")).toBeTruthy()
  const posts = () => view.sent.filter(({ method }) => method === "POST").map(({ path }) => path)
  fireEvent.click(await within(dead).findByRole("button", { name: "Retry dead letter 49" }))
  expect(posts()).toEqual([])
  fireEvent.click(within(dead).getByRole("button", { name: "Press again to put it back" }))
  await waitFor(() => expect(posts()).toEqual(["/api/dead/49/retry"]))
  expect(await screen.findByText("It is put back and will be tried again.")).toBeTruthy()
  await waitFor(() => expect(within(dead).queryByText(/4213887 bytes/)).toBeNull())
})

it("erases a dead letter after a second press, and shows why one cannot be put back", async () => {
  const view = renderConsole("/system")
  const dead = await screen.findByRole("region", { name: "Dead letters" })
  expect((await within(dead).findByText(/^It cannot be put back/)).textContent).toContain("readmodel rebuild")
  expect(within(dead).queryByRole("button", { name: "Retry dead letter 12" })).toBeNull()
  fireEvent.click(within(dead).getByRole("button", { name: "Drop dead letter 12" }))
  fireEvent.click(within(dead).getByRole("button", { name: "Press again to erase it" }))
  await waitFor(() => expect(view.sent.some(({ path }) => path === "/api/dead/12/drop")).toBe(true))
  await waitFor(() => expect(within(dead).queryByText(/^It cannot be put back/)).toBeNull())
})

it("opens a dead letter's body, which stays open when the list is asked for again", async () => {
  const view = renderConsole("/system")
  const dead = await screen.findByRole("region", { name: "Dead letters" })
  const name = await within(dead).findByRole("button", { name: /session s02kq4/ })
  fireEvent.click(name)
  expect(await within(dead).findByText(/"commandId":"t4k2\/ended"/)).toBeTruthy()
  const answered = view.answered()
  view.mock().goOffline()
  view.mock().comeBack()
  await waitFor(() => expect(view.answered()).toBeGreaterThanOrEqual(answered + 4))
  expect(within(dead).getByText(/"commandId":"t4k2\/ended"/)).toBeTruthy()
  expect(within(dead).getByRole("button", { name: /session s02kq4/ })).toBe(name)
})

it("says why a dead letter was not put back, and keeps it", async () => {
  const view = renderConsole("/system")
  const dead = await screen.findByRole("region", { name: "Dead letters" })
  fireEvent.click(await within(dead).findByRole("button", { name: "Retry dead letter 46" }))
  view.cut(true)
  fireEvent.click(within(dead).getByRole("button", { name: "Press again to put it back" }))
  expect(await screen.findAllByText(/The server cannot be reached/)).not.toHaveLength(0)
  view.cut(false)
  expect(await within(dead).findByRole("button", { name: "Retry dead letter 46" })).toBeTruthy()
})
