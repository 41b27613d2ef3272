// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library"
import { afterEach, describe, expect, it } from "vitest"
import { renderConsole } from "../testing/renderConsole.tsx"

afterEach(cleanup)

const rows = () => within(screen.getByRole("list", { name: "Requests" })).getAllByRole("link")
const opened = async (path = "/requests", mode?: string) => {
  const view = renderConsole(path, mode)
  await screen.findByRole("list", { name: "Requests" })
  return view
}

describe("the list", () => {
  it("shows each request with its state as a word, its outcome, session, channel and time", async () => {
    await opened()
    const first = rows()[0]
    expect(first?.textContent).toMatch(
      /Done.*How full is the disk.*Done in 3 s.*Disk space on build-03.*Email.*3\.2 s/,
    )
    expect(rows()).toHaveLength(40)
  })

  it("takes its filter from the URL and puts it there", async () => {
    const view = await opened("/requests?state=failed")
    expect(rows().every((row) => row.textContent?.includes("Failed"))).toBe(true)
    expect(view.sent.some((call) => call.path.includes("state=failed"))).toBe(true)
    fireEvent.click(screen.getByRole("button", { name: "Done" }))
    await waitFor(() => expect(window.location.search).toBe("?state=done"))
    await waitFor(() => expect(rows().every((row) => row.textContent?.includes("Done in"))).toBe(true))
    expect(screen.getByRole("button", { name: "Done" }).getAttribute("aria-pressed")).toBe("true")
  })

  it("searches on the server when the typing rests", async () => {
    const view = await opened()
    fireEvent.input(screen.getByRole("searchbox"), { target: { value: "certificates" } })
    await waitFor(() => expect(window.location.search).toBe("?q=certificates"))
    await waitFor(() => expect(rows()).toHaveLength(5))
    expect(view.sent.filter((call) => call.path.includes("search=certificates")).length).toBeGreaterThan(0)
  })

  it("says what to do when nothing matches", async () => {
    renderConsole("/requests?q=zzzz")
    fireEvent.click(await screen.findByRole("button", { name: "Show all requests" }))
    await waitFor(() => expect(rows()).toHaveLength(40))
  })

  it("shows the private address to copy and to write to when it is empty", async () => {
    renderConsole("/requests", "empty")
    await screen.findByRole("heading", { name: "No requests yet" })
    expect(screen.getByRole("button", { name: "Copy your private address" })).toBeTruthy()
    expect(screen.getByRole("link", { name: "Write a mail" }).getAttribute("href")).toMatch(/^mailto:ada\./)
  })
})

describe("live", () => {
  it("shows a new request at once when nobody points at the list", async () => {
    const view = await opened()
    await waitFor(() => expect(screen.getAllByText("Live").length).toBeGreaterThan(0))
    view.mock().tick()
    await waitFor(() => expect(rows()).toHaveLength(41))
    expect(rows()[0]?.textContent).toContain("Queued")
  })

  it("keeps the list still under the pointer and lets in what waits on a press", async () => {
    const view = await opened()
    await waitFor(() => expect(screen.getAllByText("Live").length).toBeGreaterThan(0))
    const first = rows()[0]?.textContent
    fireEvent.pointerEnter(screen.getByRole("list", { name: "Requests" }), { pointerType: "mouse" })
    view.mock().tick()
    const pill = await screen.findByRole("button", { name: "1 new" })
    expect(rows()).toHaveLength(40)
    expect(rows()[0]?.textContent).toBe(first)
    fireEvent.click(pill)
    await waitFor(() => expect(rows()).toHaveLength(41))
    expect(screen.queryByRole("button", { name: "1 new" })).toBeNull()
  })

  it("notices a lost change and mends it by fetching", async () => {
    const view = await opened()
    await waitFor(() => expect(screen.getAllByText("Live").length).toBeGreaterThan(0))
    view.mock().tick()
    await waitFor(() => expect(rows()).toHaveLength(41))
    // The request begins to run, and the change that says so is lost on the way.
    view.mock().loseNext()
    view.mock().tick()
    expect(rows()[0]?.textContent).toContain("Queued")
    const before = view.sent.length
    for (let turn = 0; turn < 2; turn += 1) view.mock().tick()
    await waitFor(() => expect(rows()[0]?.textContent).toMatch(/Running|Done|Failed/))
    await waitFor(() => expect(view.sent.length).toBeGreaterThan(before))
  })

  it("says that it is offline at once, and fetches again when it is back", async () => {
    const view = await opened()
    await waitFor(() => expect(screen.getAllByText("Live").length).toBeGreaterThan(0))
    view.mock().goOffline()
    expect(screen.getAllByText("Offline").length).toBeGreaterThan(0)
    expect(screen.getByText(/^Offline: shown as of/)).toBeTruthy()
    const before = view.sent.length
    view.mock().comeBack()
    await waitFor(() => expect(view.sent.length).toBeGreaterThan(before))
    expect(screen.queryAllByText(/^Offline/)).toEqual([])
  })
})

describe("by keyboard", () => {
  it("moves with j and k, opens, and Esc comes back to the same row and filter", async () => {
    const view = await opened("/requests?state=failed")
    view.press("j")
    view.press("j")
    view.press("k")
    view.press("j")
    const second = rows()[1]
    expect(document.activeElement).toBe(second)
    const title = second?.querySelector(".row-title")?.textContent ?? "?"
    second?.click()
    await screen.findByRole("heading", { level: 1, name: title })
    await waitFor(() => expect(window.location.pathname).toMatch(/^\/requests\/r/))
    view.press("Escape")
    await screen.findByRole("list", { name: "Requests" })
    await waitFor(() => expect(window.location.search).toBe("?state=failed"))
    await waitFor(() => expect(document.activeElement).toBe(rows()[1]))
  })

  it("goes to the rooms with g and a letter", async () => {
    const view = await opened()
    view.press("g")
    view.press("m")
    await screen.findByRole("list", { name: "Messages" })
    view.press("g")
    view.press("s")
    await screen.findByRole("list", { name: "Sessions" })
  })
})

describe("at the door", () => {
  it("says how to sign in when there is no credential", async () => {
    renderConsole("/requests/r0040x7", "signed-out")
    await screen.findByRole("heading", { name: "You are not signed in" })
    expect(screen.getByText("npm start")).toBeTruthy()
    expect(window.location.pathname).toBe("/requests/r0040x7")
  })

  it("trades the link's token for the cookie and takes it out of the address", async () => {
    const view = renderConsole("/sign-in#token=good-token", "signed-out")
    await waitFor(() => expect(window.location.pathname).toBe("/requests"))
    await screen.findByRole("list", { name: "Requests" })
    expect(window.location.href).not.toContain("good-token")
    expect(view.sent.find((call) => call.path === "/api/auth/sign-in")?.body).toBe('{"token":"good-token"}')
  })

  it("says that a used link is used, and takes it out of the address", async () => {
    renderConsole("/sign-in#token=used", "signed-out")
    await screen.findByRole("heading", { name: "This link does not sign in any more" })
    expect(window.location.hash).toBe("")
  })

  it("says so when the server is away, and tries again", async () => {
    renderConsole("/requests", "unreachable")
    await screen.findByRole("heading", { name: "The server cannot be reached." })
    expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy()
  })
})
