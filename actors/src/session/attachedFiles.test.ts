import { describe, expect, test } from "vitest"
import type { SentFile } from "@maillm/schema/Files"
import { attachedFiles, mailFilesLimitBytes } from "./attachedFiles.ts"
import type { ToAttach } from "./attachedFiles.ts"

const file = (name: string, sizeBytes: number, type = "application/pdf"): SentFile => ({
  name,
  type,
  blob: { sha256: "ab".repeat(32), sizeBytes },
  from: "outbox",
})
const attach = (sent: ReadonlyArray<SentFile>, more: Partial<ToAttach> = {}) =>
  attachedFiles({
    files: { sent, left: [], leftCount: 0 },
    recording: null,
    takenBytes: 0,
    link: "http://console/requests/r1#files-heading",
    ...more,
  })
const mib = 1024 * 1024

test("nothing to say, nothing said", () => {
  expect(attach([])).toEqual({ attachments: [] })
  expect(attachedFiles({ files: null, recording: null, takenBytes: 0, link: "" })).toEqual({
    attachments: [],
  })
})

test("what fits goes along, what does not is named with its reason and link, whatever its place", () => {
  const { attachments, files } = attach([
    file("a.pdf", 3 * mib),
    file("b.mp4", 80_000_000),
    file("c.pdf", 3 * mib),
    file("d.pdf", 2 * mib),
    file("e.pdf", 10),
  ])
  expect(attachments.map(({ name }) => name)).toEqual(["a.pdf", "c.pdf", "e.pdf"])
  expect(files?.attached).toEqual([
    { name: "a.pdf", sizeBytes: 3 * mib },
    { name: "c.pdf", sizeBytes: 3 * mib },
    { name: "e.pdf", sizeBytes: 10 },
  ])
  const link = "http://console/requests/r1#files-heading"
  expect(files?.left).toEqual([
    { name: "b.mp4", reason: "76 MiB, more than the 7 MiB that a mail carries", link },
    { name: "d.pdf", reason: "2 MiB, and the others leave no room for it in one mail", link },
  ])
})

test("a file of the very limit goes along, one byte more does not; output and patch count", () => {
  expect(attach([file("a", mailFilesLimitBytes)]).attachments).toHaveLength(1)
  expect(attach([file("a", mailFilesLimitBytes + 1)]).attachments).toHaveLength(0)
  expect(attach([file("a", mailFilesLimitBytes)], { takenBytes: 1 }).attachments).toHaveLength(0)
})

describe("pictures", () => {
  const shown = (sent: ReadonlyArray<SentFile>) =>
    attach(sent).attachments.flatMap(({ inline, name }) => (inline === true ? [name] : []))
  test("are shown when they are of a type that is, and small", () => {
    expect(
      shown([
        file("a.png", 1_000, "image/png"),
        file("b.svg", 1_000, "image/svg+xml"),
        file("c.html", 1_000, "text/html"),
        file("d.jpg", 2 * mib + 1, "image/jpeg"),
        file("e.webp", 2 * mib, "image/webp"),
      ]),
    ).toEqual(["a.png", "e.webp"])
  })
  test("at most eight, and 4 MiB together; the others are attached", () => {
    expect(shown(Array.from({ length: 12 }, (_, i) => file(`${i}.gif`, 10, "image/gif")))).toHaveLength(8)
    const large = Array.from({ length: 3 }, (_, i) => file(`${i}.gif`, 2 * mib, "image/gif"))
    expect(shown(large)).toHaveLength(2)
    expect(attach(large).attachments).toHaveLength(3)
  })
})

test("what the node has left out is said, and how many more there are", () => {
  const left = [{ name: "build", reason: "it is a folder" }]
  const { files } = attach([], { files: { sent: [], left, leftCount: 41 } })
  expect(files?.left).toEqual([
    { name: "build", reason: "it is a folder", link: "" },
    { name: "40 more", reason: "too many to name", link: "" },
  ])
})

test("a recording comes along when it is asked for and small; else it is said why not", () => {
  const blob = { sha256: "cd".repeat(32), sizeBytes: 40_000 }
  expect(attach([], { recording: { blob } }).attachments).toEqual([
    { name: "recording.cast", type: "application/x-asciicast", blob },
  ])
  expect(attach([], { recording: { blob: { ...blob, sizeBytes: 2 * mib } } })).toMatchObject({
    attachments: [],
    files: { left: [{ name: "The recording", link: "http://console/requests/r1#files-heading" }] },
  })
  expect(attach([], { recording: { blob: null } }).files?.left).toHaveLength(1)
})
