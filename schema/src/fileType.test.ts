import { expect, test } from "vitest"
import { fileType, pictureType, safeType } from "./fileType.ts"

const bytes = (start: string) => Buffer.from(start.padEnd(64, "\0"), "latin1")
const png = bytes("\u0089PNG\r\n\u001a\n")

test.each([
  [png, "image/png"],
  [bytes("\u00ff\u00d8\u00ff\u00e0"), "image/jpeg"],
  [bytes("GIF89a"), "image/gif"],
  [bytes("RIFF1234WEBPVP8 "), "image/webp"],
  [bytes("<svg xmlns="), null],
  [bytes("<!DOCTYPE html>"), null],
  [bytes("\u0089PNG"), null],
  [bytes("RIFF1234WAVE"), null],
  [new Uint8Array(0), null],
])("%o", (content, type) => {
  expect(pictureType(content)).toBe(type)
})

test.each([
  ["plot.png", png, "image/png"],
  ["plot.txt", png, "image/png"],
  ["plot.png", bytes("<html>"), "application/octet-stream"],
  ["report.pdf", bytes("%PDF-1.7"), "application/pdf"],
  ["report.pdf", bytes("<html>"), "application/octet-stream"],
  ["page.html", bytes("<html>"), "application/octet-stream"],
  ["image.svg", bytes("<svg>"), "application/octet-stream"],
  ["run.js", bytes("alert(1)"), "application/octet-stream"],
  ["Notes.MD", bytes("# x"), "text/markdown"],
  ["a.constructor", bytes("x"), "application/octet-stream"],
  ["a", bytes("x"), "application/octet-stream"],
])("%s", (name, content, type) => {
  expect(fileType(name, content)).toBe(type)
})

test("a type that is not on the list is any bytes", () => {
  expect(safeType("image/png")).toBe("image/png")
  for (const type of [
    "text/html",
    "image/svg+xml",
    "application/javascript",
    "text/plain\r\nX: y",
    "message/rfc822",
    "",
  ])
    expect(safeType(type)).toBe("application/octet-stream")
})
