// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@solidjs/testing-library"
import type { Files as FilesOf } from "@maillm/schema/Files"
import { afterEach, expect, it } from "vitest"
import { Files } from "./Files.tsx"

afterEach(cleanup)

const file = (name: string, type: string, seed: string): FilesOf["sent"][number] => ({
  name,
  type,
  blob: { sha256: seed.repeat(32), sizeBytes: 31_000 },
  from: "outbox",
})
const show = (files: Partial<FilesOf>) =>
  render(() => <Files files={{ sent: [], left: [], leftCount: 0, ...files }} requestId="r1" />)

it("shows pictures, and nothing else, in place; all are downloads", () => {
  show({
    sent: [
      file("plot.png", "image/png", "ab"),
      file("page.svg", "image/svg+xml", "cd"),
      file("a.html", "text/html", "ef"),
    ],
  })
  const pictures = screen.getAllByRole("img")
  expect(pictures.map((picture) => picture.getAttribute("src"))).toEqual([
    `/api/blobs/${"ab".repeat(32)}?requestId=r1`,
  ])
  const list = screen.getByRole("list", { name: "Files to download" })
  const links = within(list).getAllByRole("link")
  expect(links.map((link) => link.getAttribute("download"))).toEqual(["plot.png", "page.svg", "a.html"])
  expect(links[0]?.textContent).toContain("30 KiB")
})

it("names what was not sent, with the reason and nothing hidden", () => {
  show({ left: [{ name: "a\u202efdp.exe", reason: "it is a link" }], leftCount: 3 })
  const list = screen.getByRole("list", { name: "Files that were not sent" })
  expect(list.textContent).toContain("a\\u{202e}fdp.exe was not sent: it is a link")
  expect(list.textContent).toContain("and 2 more")
  expect(screen.queryByRole("img")).toBeNull()
})
