// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library"
import { afterEach, expect, it } from "vitest"
import { renderConsole } from "../testing/renderConsole.tsx"

afterEach(cleanup)

const opened = async () => {
  const view = renderConsole("/system")
  await screen.findByRole("heading", { name: "Components" })
  view.press("k", { ctrlKey: true })
  const input = await screen.findByRole("combobox")
  return { view, input }
}
const options = () => within(screen.getByRole("listbox")).getAllByRole("option")

it("opens with the focus in its field, lists rooms and actions first", async () => {
  const { input } = await opened()
  await waitFor(() => expect(document.activeElement).toBe(input))
  expect(options()[0]?.textContent).toContain("New request")
})

it("opens a session by its name with Enter", async () => {
  const { input } = await opened()
  fireEvent.input(input, { target: { value: "invoices" } })
  await waitFor(() => expect(options()[0]?.textContent).toContain("Import of the March invoices"))
  expect(input.getAttribute("aria-activedescendant")).toBe(options()[0]?.id)
  fireEvent.keyDown(input, { key: "Enter" })
  await waitFor(() => expect(window.location.pathname).toBe("/sessions/s05kq4"))
  expect(screen.queryByRole("combobox")).toBeNull()
})

it("finds requests that were never shown, by asking the server", async () => {
  const { view, input } = await opened()
  fireEvent.input(input, { target: { value: "certificates expire within" } })
  const found = await screen.findAllByRole("option", {
    name: /Request\s*Which certificates expire within 30 days/,
  })
  expect(view.sent.some((call) => call.path.startsWith("/api/requests?search=certificates"))).toBe(true)
  const [first] = found
  if (first !== undefined) fireEvent.click(first)
  await waitFor(() => expect(window.location.pathname).toMatch(/^\/requests\/r/))
})

it("moves with the arrows, around the end, and closes with Esc", async () => {
  const { input } = await opened()
  const selected = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true")
  fireEvent.keyDown(input, { key: "ArrowDown" })
  expect(selected()).toBe(1)
  fireEvent.keyDown(input, { key: "ArrowUp" })
  fireEvent.keyDown(input, { key: "ArrowUp" })
  expect(selected()).toBe(options().length - 1)
  fireEvent.keyDown(input, { key: "Escape" })
  await waitFor(() => expect(screen.queryByRole("combobox")).toBeNull())
  expect(window.location.pathname).toBe("/system")
})

it("opens a question by what would run", async () => {
  const view = renderConsole("/system", "agents")
  await screen.findByRole("heading", { name: "Components" })
  await waitFor(() => expect(document.title).toBe("(3) System · maillm"))
  view.press("k", { ctrlKey: true })
  const input = await screen.findByRole("combobox")
  fireEvent.input(input, { target: { value: "spool -delete" } })
  await waitFor(() =>
    expect(options()[0]?.textContent).toMatch(/^Question\s*Deletes outside the workspace: find/),
  )
  fireEvent.keyDown(input, { key: "Enter" })
  await waitFor(() => expect(window.location.pathname).toBe("/approvals/a003m2"))
})

it("says that nothing was found", async () => {
  const { input } = await opened()
  fireEvent.input(input, { target: { value: "qqqq" } })
  await screen.findByText("Nothing has all of these words.")
})

it("? shows the keys", async () => {
  const view = renderConsole("/system")
  await screen.findByRole("heading", { name: "Components" })
  view.press("?", { shiftKey: true })
  const dialog = await screen.findByRole("dialog", { name: "Keys" })
  expect(within(dialog).getByText("Leave the terminal").parentElement?.textContent).toContain("ShiftF6")
})
