// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library"
import { afterEach, expect, it } from "vitest"
import { renderConsole } from "../testing/renderConsole.tsx"

afterEach(cleanup)

const rowOf = (text: string) => {
  const row = screen.getByText(text).closest("li")
  if (row === null) throw new Error(`${text} is in no row`)
  return within(row)
}
const press = (button: HTMLElement) => {
  fireEvent.click(button)
  fireEvent.click(button)
}

it("shows which private addresses take mail; one on its way out can be revoked, the one given out cannot", async () => {
  const view = renderConsole("/addresses")
  const card = within(await screen.findByRole("region", { name: "Where you send requests" }))
  const [current, ending, ended] = card.getAllByRole("listitem")
  expect(current?.textContent).toContain("In use")
  expect(ending?.textContent).toMatch(/Ends .*UTC/)
  expect(ended?.textContent).toContain("Ended")
  expect(card.getAllByRole("button", { name: /^Revoke/ })).toHaveLength(1)
  press(card.getByRole("button", { name: /^Revoke/ }))
  await waitFor(() => expect(ending?.textContent).toContain("Revoked"))
  expect(view.sent.filter(({ path }) => path === "/api/addresses/revoke")).toHaveLength(1)
})

it("makes a new address after a second press, with the grace that is chosen", async () => {
  const view = renderConsole("/addresses")
  const card = within(await screen.findByRole("region", { name: "Where you send requests" }))
  fireEvent.change(card.getByRole("combobox"), { target: { value: "0" } })
  const button = card.getByRole("button", { name: "Make a new private address" })
  fireEvent.click(button)
  expect(view.sent.some(({ path }) => path === "/api/addresses/rotate")).toBe(false)
  fireEvent.click(button)
  await waitFor(() => expect(card.getAllByRole("listitem")).toHaveLength(4))
  const sent = view.sent.find(({ path }) => path === "/api/addresses/rotate")
  expect(sent?.body).toBe('{"graceDays":0}')
})

it("asks another address by mail, says why one is not asked, and makes a confirmed one the primary", async () => {
  renderConsole("/addresses")
  const card = within(await screen.findByRole("region", { name: "Where your requests come from" }))
  const field = card.getByRole("textbox", { name: "Another address of yours" })
  const ask = card.getByRole("button", { name: "Send a confirmation" })
  fireEvent.input(field, { target: { value: "ada@home.example" } })
  fireEvent.click(ask)
  await screen.findByText("ada@home.example")
  expect(rowOf("ada@home.example").getByText(/^To confirm by/)).toBeTruthy()
  fireEvent.input(field, { target: { value: "ada@work.example" } })
  fireEvent.click(ask)
  await screen.findByText(/ada@work.example is confirmed already/)
  fireEvent.click(rowOf("ada@work.example").getByRole("button", { name: "Make primary" }))
  await waitFor(() => expect(rowOf("ada@work.example").getByText(/^primary/)).toBeTruthy())
})

it("opening the link of a confirmation does nothing; the button confirms", async () => {
  const view = renderConsole("/addresses/confirm/cuni.token")
  const button = await screen.findByRole("button", { name: "It is mine" })
  expect(view.sent.filter(({ method }) => method === "POST")).toEqual([])
  fireEvent.click(button)
  await screen.findByText(/is one of your addresses/)
  expect(view.sent.find(({ path }) => path === "/api/senders/confirm")?.body).toBe('{"token":"cuni.token"}')
})

it("says so of a link that confirms nothing", async () => {
  renderConsole("/addresses/confirm/cnone.token")
  await screen.findByText(/confirms none of your addresses/)
  expect(screen.queryByRole("button", { name: "It is mine" })).toBeNull()
})
