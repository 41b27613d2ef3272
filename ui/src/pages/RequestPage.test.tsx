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

it("sets an agent's answer as Markdown, and shows it as it was written on a press", async () => {
  renderConsole("/requests/rfix01", "agents")
  await screen.findByRole("heading", { level: 4, name: "What I changed" })
  const link = screen.getByRole("link", { name: /its own pages/ })
  expect(link.getAttribute("rel")).toContain("noopener")
  expect(link.textContent).toBe("its own pages (provider.example)")
  fireEvent.click(screen.getByRole("button", { name: "As it was written" }))
  expect((await screen.findByLabelText("Answer", { selector: "pre" })).textContent).toContain(
    "## What I changed",
  )
})

it("shows what was changed, the patch by file, what it cost and who allowed what", async () => {
  renderConsole("/requests/rfix01", "agents")
  const files = await screen.findByRole("list", { name: "Files changed" })
  expect(within(files).getAllByRole("listitem")).toHaveLength(4)
  const patch = await screen.findByRole("region", { name: "Changes of src/payment/webhook.ts" })
  expect(patch.querySelectorAll('[data-kind="added"]')).toHaveLength(6)
  expect(patch.querySelectorAll('[data-kind="removed"]')).toHaveLength(5)
  const download = screen.getByRole("link", { name: /^Download the patch/ })
  expect(download.getAttribute("href")).toMatch(/^\/api\/blobs\/[0-9a-f]{64}\?requestId=rfix01$/)
  expect(screen.getByText("Cost").nextElementSibling?.textContent).toBe("$0.538")
  const asked = screen.getByRole("link", { name: /Publishes.*Denied.*npm publish/ })
  expect(asked.getAttribute("href")).toBe("/approvals/a012m2")
  fireEvent.click(asked)
  const history = await screen.findByRole("region", { name: "History" })
  await within(history).findByText(/^Denied: ada@example\.org, by link/)
  expect(within(history).queryByText(/sends commits/)).toBeNull()
})

it("has the files that came with the answer, and says what did not come", async () => {
  renderConsole("/requests/rfix01", "agents")
  const files = await screen.findByRole("region", { name: "Files" })
  const link = within(files).getByRole("link", { name: /webhook-age\.md/ })
  expect(link.getAttribute("href")).toMatch(/^\/api\/blobs\/[0-9a-f]{64}\?requestId=rfix01$/)
  expect(within(files).getByText(/it is a folder/)).toBeTruthy()
})

it("has the question that waits at its top, to be answered there", async () => {
  const view = renderConsole("/requests/rprice", "agents")
  const drop = await screen.findByRole("article", { name: "Destroys data of a database" })
  fireEvent.click(within(drop).getByRole("button", { name: /^Deny/ }))
  fireEvent.submit(await screen.findByLabelText("Why not, for the agent (optional)"))
  await within(drop).findByText(/^by ada@example.org in the console/)
  expect(view.sent.find((call) => call.method === "POST")?.path).toBe("/api/approvals/a005m2")
})

it("says why it is parked, with the way to withdraw it", async () => {
  renderConsole("/requests/rpark1", "agents")
  const reason = await screen.findByText(/The provider's limit is reached\. It goes on by itself/, {
    selector: ".card-pending p",
  })
  const card = reason.closest("section")
  if (card === null) throw new Error("no card")
  expect(within(card).getByRole("button", { name: "Cancel" })).toBeTruthy()
  expect(screen.getAllByRole("button", { name: "Cancel" })).toHaveLength(1)
})
