// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library"
import { afterEach, expect, it } from "vitest"
import { renderConsole } from "../testing/renderConsole.tsx"

afterEach(cleanup)

it("shows the request, its answer in full, its steps with the time between them, and its messages", async () => {
  renderConsole("/requests/r0040x7")
  await screen.findByRole("heading", { level: 1, name: "How full is the disk on build-03?" })
  expect(screen.getByLabelText("Answer", { selector: "pre" }).textContent).toContain("/dev/nvme0n1p3  394G")
  const timeline = await screen.findByText("The shell took it (docker)")
  expect(timeline.closest("li")?.textContent).toMatch(/after \+616 ms/)
  expect(screen.getByText("Exit code").nextElementSibling?.textContent).toBe("0")
  const messages = screen.getByRole("region", { name: "Messages" })
  expect(within(messages).getByText("Accepted")).toBeTruthy()
  expect(within(messages).getByText("Kept here")).toBeTruthy()
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull()
})

it("links the whole output when the answer shows only part of it", async () => {
  renderConsole("/requests/r0040x7")
  const link = await screen.findByRole("link", { name: "Whole output" })
  expect(link.getAttribute("href")).toMatch(/^\/api\/blobs\/[0-9a-f]{64}\?requestId=r0040x7$/)
})

it("cancels a request that has not ended, after asking once more", async () => {
  const view = renderConsole("/requests")
  await screen.findByRole("list", { name: "Requests" })
  await waitFor(() => expect(screen.getAllByText("Live").length).toBeGreaterThan(0))
  view.mock().tick()
  const row = await screen.findByRole("link", { name: /Queued/ })
  fireEvent.click(row)
  fireEvent.click(await screen.findByRole("button", { name: "Cancel" }))
  expect(view.sent.some((call) => call.path.endsWith("/cancel"))).toBe(false)
  fireEvent.click(screen.getByRole("button", { name: "Press again to cancel" }))
  await screen.findByText("Cancelled")
  expect(screen.queryByRole("button", { name: /ancel/ })).toBeNull()
})

it("says what is wrong when there is no such request", async () => {
  renderConsole("/requests/nothing")
  await screen.findByRole("heading", { name: "There is no such thing here." })
})
