// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from "@solidjs/testing-library"
import { afterEach, describe, expect, it } from "vitest"
import { renderConsole } from "../testing/renderConsole.tsx"

afterEach(cleanup)

const cards = () => within(screen.getByRole("list", { name: "Questions" })).getAllByRole("article")
const card = (name: string) => screen.findByRole("article", { name })
const opened = async (mode = "agents") => {
  const view = renderConsole("/needs-you", mode)
  await screen.findByRole("list", { name: "Questions" })
  await waitFor(() => expect(screen.getAllByText("Live").length).toBeGreaterThan(0))
  return view
}
const answers = (view: ReturnType<typeof renderConsole>) =>
  view.sent
    .filter((call) => call.method === "POST" && call.path.startsWith("/api/approvals/"))
    .map((call) => [call.path.split("/").at(-1), JSON.parse(call.body)] as const)

describe("what is shown", () => {
  it("has the questions oldest first, with what cannot be seen as escapes", async () => {
    await opened()
    expect(cards().map((one) => one.querySelector("h2")?.textContent)).toEqual([
      "Deletes outside the workspace",
      "Destroys data of a database",
      "Pushes to a git server",
    ])
    const spool = await card("Deletes outside the workspace")
    const command = within(spool).getByLabelText("What will run").textContent ?? ""
    expect(command).toContain(
      '"/srv/shared/fix\\u{200b}tures/\\u{202e}dlo\\u{202c}" \\x1b[8m# nothing to see',
    )
    expect(command).not.toMatch(/[\u200b\u202e\u001b]/)
    expect(
      within(spool).getByText("5 characters of it cannot be seen; they are shown as escapes."),
    ).toBeTruthy()
    expect(spool.textContent).toMatch(/Claude Code wants to run this.*Bash.*in \/workspace\/checkout-service/)
    await within(spool).findByText("Email")
  })

  it("counts them in the navigation and in the title", async () => {
    await opened()
    await waitFor(() => expect(document.title).toBe("(3) Needs you · maillm"))
    expect(screen.getByRole("link", { name: /Needs you\s*3\s*waiting/ })).toBeTruthy()
  })

  it("says what will appear when nothing waits", async () => {
    renderConsole("/needs-you", "empty")
    await screen.findByRole("heading", { name: "Nothing needs you" })
    expect(document.title).toBe("Needs you · maillm")
  })

  it("lists what was answered lately, with by whom and how", async () => {
    await opened()
    const lately = screen.getByRole("region", { name: "Answered lately" })
    const denied = within(lately).getByRole("link", { name: /npm publish/ })
    expect(denied.textContent).toMatch(/^Denied.*ada@example\.org by link/)
    expect(denied.getAttribute("href")).toBe("/approvals/a012m2")
  })
})

describe("answering", () => {
  it("allows what is not grave with one press, and says so when the server has it, not before", async () => {
    const view = await opened()
    const push = await card("Pushes to a git server")
    const resume = view.pause((path) => path.startsWith("/api/approvals/"))
    fireEvent.click(within(push).getByRole("button", { name: "Allow" }))
    await within(push).findByText("Sending the answer…")
    expect(push.textContent).not.toContain("Allowed")
    resume()
    await within(push).findByText(/^Allowed: the server has it/)
    await within(push).findByText(/^by ada@example.org in the console/)
    expect(answers(view)).toEqual([["a006m2", { decision: "allow" }]])
    await waitFor(() => expect(document.title).toBe("(2) Needs you · maillm"))
  })

  it("asks once more before it allows what is grave, and takes no double click for that", async () => {
    const view = await opened()
    const spool = await card("Deletes outside the workspace")
    const allow = within(spool).getByRole("button", { name: "Allow" })
    fireEvent.click(allow)
    fireEvent.click(within(spool).getByRole("button", { name: "Press again to allow" }))
    expect(answers(view)).toEqual([])
    await new Promise((resolve) => setTimeout(resolve, 550))
    fireEvent.click(within(spool).getByRole("button", { name: "Press again to allow" }))
    await waitFor(() => expect(answers(view)).toEqual([["a003m2", { decision: "allow" }]]))
  })

  it("allows for the rest of the session after a second press, where the class may be", async () => {
    const view = await opened()
    const push = await card("Pushes to a git server")
    fireEvent.click(within(push).getByRole("button", { name: "Allow in this session" }))
    await new Promise((resolve) => setTimeout(resolve, 550))
    fireEvent.click(within(push).getByRole("button", { name: /^Press again: not asked again/ }))
    await waitFor(() => expect(answers(view)).toEqual([["a006m2", { decision: "allow", remember: true }]]))
    const drop = await card("Destroys data of a database")
    expect(within(drop).queryByRole("button", { name: "Allow in this session" })).toBeNull()
  })

  it("goes by keyboard: j to it, d and a note and Enter", async () => {
    const view = await opened()
    view.press("j")
    view.press("j")
    expect(document.activeElement).toBe(cards()[1])
    view.press("d")
    const note = await screen.findByLabelText("Why not, for the agent (optional)")
    await waitFor(() => expect(document.activeElement).toBe(note))
    fireEvent.input(note, { target: { value: "Keep it until Friday." } })
    fireEvent.submit(note)
    await waitFor(() =>
      expect(answers(view)).toEqual([["a005m2", { decision: "deny", note: "Keep it until Friday." }]]),
    )
    const drop = await card("Destroys data of a database")
    await within(drop).findByText("Keep it until Friday.")
    // It keeps the focus, and so its place.
    expect(document.activeElement).toBe(cards()[1])
  })

  it("gives the first question the focus, and no answer, when a is pressed with none in focus", async () => {
    const view = await opened()
    view.press("a")
    expect(document.activeElement).toBe(cards()[0])
    expect(answers(view)).toEqual([])
  })

  it("Esc leaves the note and comes back to its question", async () => {
    const view = await opened()
    view.press("j")
    view.press("d")
    const note = await screen.findByLabelText("Why not, for the agent (optional)")
    await waitFor(() => expect(document.activeElement).toBe(note))
    view.press("Escape")
    expect(document.activeElement).toBe(cards()[0])
    expect(screen.queryByLabelText("Why not, for the agent (optional)")).toBeNull()
    expect(answers(view)).toEqual([])
  })
})

describe("beaten by another", () => {
  it("tells who answered first when the server refuses", async () => {
    const view = await opened()
    const push = await card("Pushes to a git server")
    view.mock().answerElsewhere("a006m2", "deny", "link", false)
    fireEvent.click(within(push).getByRole("button", { name: "Allow" }))
    await within(push).findByText(/Already denied by link at \d\d:\d\d\. Your answer came later\./)
    expect(screen.getAllByText(/Already denied by link/).length).toBe(2)
  })

  it("tells who answered first when the server had stored it", async () => {
    const view = await opened()
    const push = await card("Pushes to a git server")
    fireEvent.click(within(push).getByRole("button", { name: "Allow" }))
    await within(push).findByText(/^Allowed: the server has it/)
    view.mock().answerElsewhere("a006m2", "deny", "email", true)
    await within(push).findByText(/Already denied by email at/)
  })

  it("shows what another way answered, without a word of being late", async () => {
    const view = await opened()
    view.mock().answerElsewhere("a006m2", "deny", "email", true)
    const push = await card("Pushes to a git server")
    await within(push).findByText(/^by ada@example.org by email/)
    expect(push.textContent).not.toContain("later")
  })

  it("keeps the card when the server is away, and says so", async () => {
    const view = await opened()
    const push = await card("Pushes to a git server")
    view.cut(true)
    fireEvent.click(within(push).getByRole("button", { name: "Allow" }))
    await screen.findByText(/^Not answered: The server cannot be reached/)
    expect(within(push).getByRole("button", { name: "Allow" })).toBeTruthy()
  })
})

describe("an address that mail does not reach", () => {
  it("is shown with what its server said, until the user has it tried again", async () => {
    const view = renderConsole("/needs-you", "empty-bounced")
    const list = await screen.findByRole("list", { name: "Addresses that mail does not reach" })
    expect(list.textContent).toMatch(/No mail reaches ada@example\.org.*5\.1\.1.*User unknown/)
    expect(within(list).getByRole("link", { name: "the mail that came back" }).getAttribute("href")).toBe(
      "/messages/mr01",
    )
    expect(screen.queryByRole("heading", { name: "Nothing needs you" })).toBeNull()
    expect(screen.getByRole("link", { name: /Needs you\s*1\s*waiting/ })).toBeTruthy()
    fireEvent.click(within(list).getByRole("button", { name: "Try again" }))
    await screen.findByRole("heading", { name: "Nothing needs you" })
    await waitFor(() => expect(screen.queryByRole("link", { name: /Needs you\s*1\s*waiting/ })).toBeNull())
    expect(view.sent.filter(({ method }) => method === "POST").map(({ body, path }) => [path, body])).toEqual(
      [["/api/me/addresses/retry", JSON.stringify({ address: "ada@example.org" })]],
    )
  })

  it("stays when the server is away, and says so", async () => {
    const view = renderConsole("/needs-you", "empty-bounced")
    const list = await screen.findByRole("list", { name: "Addresses that mail does not reach" })
    view.cut(true)
    fireEvent.click(within(list).getByRole("button", { name: "Try again" }))
    await within(list).findByText(/^Not changed: The server cannot be reached/)
  })
})

describe("live", () => {
  it("appends a new question and moves none under the pointer, answered ones too", async () => {
    const view = await opened()
    fireEvent.pointerEnter(screen.getByRole("list", { name: "Questions" }), { pointerType: "mouse" })
    view.mock().ask("rspool", "kill -9 1", "process", 60_000)
    await waitFor(() => expect(cards()).toHaveLength(4))
    view.mock().answerElsewhere("a003m2", "deny", "email", true)
    await within(await card("Deletes outside the workspace")).findByText(/by email/)
    expect(cards()[0]?.textContent).toContain("Deletes outside the workspace")
    expect(cards()[3]?.textContent).toContain("kill -9 1")
  })

  it("counts down, and what runs out takes no answer any more", async () => {
    const view = await opened()
    view.mock().ask("rspool", "kill -9 1", "process", 1_500)
    const short = await card("Ends processes")
    expect(within(short).getByRole("button", { name: "Allow" })).toBeTruthy()
    await within(short).findByText("Expired: denied")
    expect(within(short).queryByRole("button", { name: "Allow" })).toBeNull()
    expect(answers(view)).toEqual([])
  })

  it("mends an answer that was lost on the way when it comes back", async () => {
    const view = await opened()
    view.mock().answerElsewhere("a006m2", "allow", "email", false)
    view.mock().goOffline()
    view.mock().comeBack()
    await within(await card("Pushes to a git server")).findByText(/^by ada@example.org by email/)
  })

  it("says on other pages that something is asked", async () => {
    const view = renderConsole("/messages", "agents")
    await screen.findByRole("list", { name: "Messages" })
    await waitFor(() => expect(screen.getAllByText("Live").length).toBeGreaterThan(0))
    view.mock().ask("rspool", "kill -9 1", "process", 60_000)
    await screen.findByText(/^Needs you: Ends processes, in “Clear the spool/)
  })
})
