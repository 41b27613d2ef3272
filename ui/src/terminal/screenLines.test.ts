import xtermHeadless from "@xterm/headless"
import { expect, it } from "vitest"
import { screenLines } from "./screenLines.ts"

const drawn = async (text: string, count = 3) => {
  const terminal = new xtermHeadless.Terminal({ cols: 20, rows: 6, scrollback: 50, allowProposedApi: true })
  await new Promise<void>((resolve) => terminal.write(text.replaceAll("\n", "\r\n"), resolve))
  const lines = screenLines(terminal.buffer.active, terminal.rows, 20, count)
  terminal.dispose()
  return lines
}
const texts = async (text: string, count?: number) =>
  (await drawn(text, count)).map((line) => line.map((span) => span.text).join(""))

it.each([
  ["the last lines, without the blanks below", "one\ntwo\nthree\nfour", ["two", "three", "four"]],
  ["blank lines up to the cursor", "one\n\n", ["one", "", ""]],
  ["what a program has drawn over", "loading\rdone   \n$", ["done", "$"]],
  ["nothing of what was cleared away", "one\ntwo\nthree\nfour\nfive\nsix\nseven\u001b[H\u001b[J$", ["$"]],
  ["wide characters once", "日本 ok", ["日本 ok"]],
  ["the other screen of a full-screen program alone", "shell\n\u001b[?1049h\u001b[Htop", ["top"]],
])("shows %s", async (_name, text, expected) => {
  expect(await texts(text)).toEqual(expected)
})

it("keeps what the cells look like", async () => {
  const [line] = await drawn("\u001b[1;31mred\u001b[0;92;44mgreen\u001b[0m \u001b[7minverse\u001b[0m")
  expect(line?.map(({ text, colour, background, bold }) => [text, colour, background, bold])).toEqual([
    ["red", "var(--ansi-red)", null, true],
    ["green", "var(--ansi-bright-green)", "var(--ansi-blue)", false],
    [" ", null, null, false],
    ["inverse", "var(--color-terminal)", "var(--color-terminal-text)", false],
  ])
})

it.each([
  ["38;5;196", "rgb(255 0 0)"],
  ["38;5;244", "rgb(128 128 128)"],
  ["38;2;10;20;30", "rgb(10 20 30)"],
])("draws colour %s to the text's own", async (code, colour) => {
  const [line] = await drawn(`\u001b[${code}mx`)
  expect(line?.[0]?.colour).toBe(`color-mix(in oklab, ${colour} 75%, var(--color-terminal-text))`)
})
