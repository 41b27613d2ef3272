// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from "@solidjs/testing-library"
import { afterEach, beforeEach, expect, it } from "vitest"
import { renderConsole } from "../testing/renderConsole.tsx"

beforeEach(() => localStorage.clear())
afterEach(cleanup)

const field = () => screen.findByLabelText("What is to be done")
const write = async (text: string) => fireEvent.input(await field(), { target: { value: text } })
const posts = (view: ReturnType<typeof renderConsole>) =>
  view.sent.filter((call) => call.method === "POST" && call.path === "/api/requests")

it("sends on Ctrl-Enter to the session chosen in the URL, and opens the request", async () => {
  const view = renderConsole("/new?session=s03kq4")
  await write("df -h")
  fireEvent.keyDown(await field(), { key: "Enter", ctrlKey: true })
  await waitFor(() => expect(window.location.pathname).toMatch(/^\/requests\/r/))
  await screen.findByRole("heading", { level: 1, name: "df -h" })
  expect(JSON.parse(posts(view)[0]?.body ?? "")).toEqual({ text: "df -h", sessionId: "s03kq4" })
  expect(localStorage.getItem("maillm.draft")).toBeNull()
})

it("keeps what was typed through a reload", async () => {
  renderConsole("/new")
  await write("a long thought")
  renderConsole("/new")
  const again = await field()
  expect(again instanceof HTMLTextAreaElement ? again.value : "").toBe("a long thought")
})

it("loses nothing while offline, and repeats with the same key until it is taken", async () => {
  const view = renderConsole("/new")
  await write("df -h")
  view.cut(true)
  fireEvent.click(screen.getByRole("button", { name: "Send" }))
  expect((await screen.findByRole("alert")).textContent).toContain("Nothing typed is lost")
  const kept = await field()
  expect(kept instanceof HTMLTextAreaElement ? kept.value : "").toBe("df -h")
  view.cut(false)
  fireEvent.click(screen.getByRole("button", { name: "Send" }))
  await waitFor(() => expect(window.location.pathname).toMatch(/^\/requests\/r/))
  const keys = posts(view).map((call) => call.headers.get("idempotency-key"))
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
})

it("does not send what is empty or too long, and says why", async () => {
  renderConsole("/new")
  await field()
  const send = screen.getByRole("button", { name: "Send" })
  expect(send.hasAttribute("disabled")).toBe(true)
  await write("x".repeat(32_769))
  expect(send.hasAttribute("disabled")).toBe(true)
  expect(screen.getByText(/32769 of 32768 characters: too long/)).toBeTruthy()
})

it("c opens it from anywhere, Esc leaves the field and then the page", async () => {
  const view = renderConsole("/messages")
  await screen.findByRole("list", { name: "Messages" })
  view.press("c")
  const area = await field()
  await waitFor(() => expect(document.activeElement).toBe(area))
  view.press("Escape")
  expect(document.activeElement).not.toBe(area)
  view.press("Escape")
  await screen.findByRole("list", { name: "Requests" })
})

it("asks for the agent and the repository that were chosen", async () => {
  const view = renderConsole("/new", "agents")
  await write("Fix the flaky test")
  fireEvent.click(await screen.findByRole("radio", { name: "Codex" }))
  fireEvent.input(screen.getByLabelText("Repository"), {
    target: { value: "https://git.example.org/checkout.git" },
  })
  fireEvent.input(screen.getByLabelText("Branch"), { target: { value: "main" } })
  fireEvent.click(screen.getByRole("button", { name: "Send" }))
  await waitFor(() => expect(window.location.pathname).toMatch(/^\/requests\/r/))
  expect(JSON.parse(posts(view)[0]?.body ?? "")).toEqual({
    text: "Fix the flaky test",
    driver: "codex",
    repository: { url: "https://git.example.org/checkout.git", branch: "main" },
  })
})

it("sends no repository with a password in it, and says why", async () => {
  renderConsole("/new", "agents")
  await write("Fix it")
  fireEvent.input(screen.getByLabelText("Repository"), {
    target: { value: "https://ada:secret@git.example.org/checkout.git" },
  })
  await screen.findByText(/^Leave user name and password out/)
  expect(screen.getByRole("button", { name: "Send" }).hasAttribute("disabled")).toBe(true)
})

it("asks for no repository in a session that is there, and names its agent", async () => {
  renderConsole("/new?session=s07kq4", "agents")
  await screen.findByRole("radio", { name: "As before: Claude Code" })
  expect(screen.queryByLabelText("Repository")).toBeNull()
})

it("says which agents wait for their provider", async () => {
  renderConsole("/new", "agents")
  const waits = await screen.findByRole("radio", { name: /^OpenCode\s*waits \d+:\d\d$/ })
  fireEvent.click(waits)
  await screen.findByText(/^Its provider takes no more for \d+:\d\d; the request waits/)
})

it("puts a command before what is written, in the place of another", async () => {
  renderConsole("/new", "agents")
  await write("/stop now")
  fireEvent.click(screen.getByRole("button", { name: /^\/new/ }))
  const area = await field()
  expect(area instanceof HTMLTextAreaElement ? area.value : "").toBe("/new now")
  expect(screen.getByRole("button", { name: /^\/new/ }).getAttribute("aria-pressed")).toBe("true")
})
